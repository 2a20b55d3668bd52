"""All scenes that the page offers."""

from sandbox.scenes.failed_buy import FAILED_BUY
from sandbox.scenes.flash_sale import FLASH_SALE
from sandbox.scenes.honey import HONEY
from sandbox.scenes.paying import PAYING
from sandbox.scenes.referral_chain import REFERRAL_CHAIN
from sandbox.scenes.sharing import SHARING
from sandbox.scenes.spared import SPARED
from sandbox.scenes.two_groups import TWO_GROUPS

SCENES = (FLASH_SALE, SPARED, TWO_GROUPS, REFERRAL_CHAIN, SHARING, PAYING, FAILED_BUY, HONEY)
