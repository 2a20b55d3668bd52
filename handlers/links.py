"""What a deep link into the private chat opens: `t.me/bot?start=board_12`."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.rules.campaigns import read_payload as read_campaign_payload
from bot.rules.coupons import linked_code
from bot.rules.handover import CODE_LINK
from bot.rules.shares import read_payload
from bot.shop import Shop
from handlers.admin_rights import rights_opened
from handlers.admins import admin_opened
from handlers.balances import accounts_opened, balance_opened
from handlers.boards import board_opened
from handlers.campaigns import campaign_opened, campaigns_asked
from handlers.carried_orders import partners_opened
from handlers.cases import case_opened, cases_opened
from handlers.chains import chain_opened
from handlers.coupons import code_opened as coupon_opened
from handlers.coupons import coupons_opened
from handlers.details import details_opened
from handlers.discrepancies import review_opened
from handlers.drafts import copy_opened, new_opened
from handlers.earnings import earnings_opened
from handlers.flags import flags_opened
from handlers.groups import settings_opened
from handlers.handover import code_opened
from handlers.listing_market import market_opened
from handlers.manage import manage_opened
from handlers.notices import notices_opened
from handlers.payment_claims import payments_asked
from handlers.payments import pay_asked, pay_opened
from handlers.payouts import payouts_opened
from handlers.pricing import price_opened
from handlers.privacy import forget_me_asked, my_data_asked, privacy_asked
from handlers.promotions import promotions_opened
from handlers.proposals import proposal_opened, recommend_opened
from handlers.prospects import prospects_opened
from handlers.questions import question_opened
from handlers.recalls import recall_opened, stop_opened
from handlers.receipts import my_orders_asked
from handlers.referrals import invite_opened, join_link_opened
from handlers.refunds import refunds_opened
from handlers.reviews import reviews_asked
from handlers.roles import audit_opened, curators_opened, person_opened
from handlers.shares import card_opened, share_opened, shares_asked
from handlers.statistics import statistics_opened
from handlers.suggestions import suggestions_opened
from handlers.teams import team_opened
from handlers.trust import trust_opened
from handlers.trust_slots import slot_opened
from handlers.updates import Said
from handlers.wish_needs import demand_opened
from handlers.wishes import wishes_opened

Opens = Callable[[Said, Shop, Any, int, int], Awaitable[None]]
"""Opens what a link names by one key, and perhaps a second one (else 0)."""

_ASKED_FOR: Mapping[str, Callable[[Said, Shop, Any], Awaitable[None]]] = {
    "forgetme": forget_me_asked,
    "my": my_orders_asked,
    "mydata": my_data_asked,
    "pay": pay_asked,
    "payments": payments_asked,
    "privacy": privacy_asked,
    "reviews": reviews_asked,
    "shares": shares_asked,
}
"""What a link asks for by a bare word."""

_LINK = re.compile(r"([a-z]+)_([0-9]{1,18})(?:_([0-9]{1,18}))?")

_OPENS: Mapping[str, Opens] = {
    "accounts": lambda said, shop, _bot, key, _more: accounts_opened(said, shop, key),
    "admin": lambda said, shop, _bot, key, _more: (
        rights_opened(said, shop, key) if key else admin_opened(said, shop)
    ),
    "audit": lambda said, shop, _bot, key, _more: audit_opened(said, shop, key),
    "balance": lambda said, shop, _bot, key, _more: balance_opened(said, shop, key),
    "board": lambda said, shop, _bot, key, _more: board_opened(said, shop, key),
    "campaigns": lambda said, shop, bot, _key, _more: campaigns_asked(said, shop, bot),
    "case": lambda said, shop, _bot, key, _more: case_opened(said, shop, key),
    "cases": lambda said, shop, _bot, _key, _more: cases_opened(said, shop),
    "chain": lambda said, shop, _bot, key, _more: chain_opened(said, shop, key),
    "copy": lambda said, shop, bot, key, _more: copy_opened(said, shop, bot, key),
    "coupon": lambda said, shop, _bot, _key, _more: coupons_opened(said, shop),
    "curators": lambda said, shop, _bot, key, _more: curators_opened(said, shop, key),
    "d": lambda said, shop, bot, key, _more: details_opened(said, shop, bot, key),
    "flags": lambda said, shop, _bot, _key, _more: flags_opened(said, shop),
    "earnings": lambda said, shop, _bot, key, _more: earnings_opened(said, shop, key),
    "foryou": lambda said, shop, _bot, _key, _more: suggestions_opened(said, shop),
    "invite": lambda said, shop, bot, key, _more: invite_opened(said, shop, bot, key),
    "join": join_link_opened,
    "manage": lambda said, shop, _bot, key, _more: manage_opened(said, shop, key),
    "market": lambda said, shop, _bot, key, _more: market_opened(said, shop, key),
    "new": new_opened,
    "next": lambda said, shop, _bot, key, _more: prospects_opened(said, shop, key),
    "notices": lambda said, shop, _bot, _key, _more: notices_opened(said, shop),
    "pay": lambda said, shop, _bot, key, _more: pay_opened(said, shop, key),
    "partners": lambda said, shop, _bot, key, _more: partners_opened(said, shop, key),
    "payouts": lambda said, shop, _bot, key, _more: payouts_opened(said, shop, key),
    "person": lambda said, shop, _bot, key, more: person_opened(said, shop, key, more),
    "promotions": lambda said, shop, _bot, key, _more: promotions_opened(said, shop, key),
    "proposal": lambda said, shop, _bot, key, _more: proposal_opened(said, shop, key),
    "question": lambda said, shop, _bot, key, _more: question_opened(said, shop, key),
    "refunds": lambda said, shop, _bot, key, _more: refunds_opened(said, shop, key),
    "recall": lambda said, shop, _bot, key, _more: recall_opened(said, shop, key),
    "recommend": lambda said, shop, _bot, key, _more: recommend_opened(said, shop, key),
    "price": lambda said, shop, _bot, key, _more: price_opened(said, shop, key),
    "review": lambda said, shop, _bot, _key, _more: review_opened(said, shop),
    "share": lambda said, shop, bot, key, _more: share_opened(said, shop, bot, key),
    "settings": lambda said, shop, _bot, key, _more: settings_opened(said, shop, key),
    "stop": lambda said, shop, _bot, key, _more: stop_opened(said, shop, key),
    "stats": lambda said, shop, _bot, key, _more: statistics_opened(said, shop, key),
    "slot": lambda said, shop, _bot, key, _more: slot_opened(said, shop, key),
    "trust": lambda said, shop, _bot, key, _more: trust_opened(said, shop, key),
    "demand": lambda said, shop, _bot, key, _more: demand_opened(said, shop, key),
    "wishes": lambda said, shop, _bot, _key, _more: wishes_opened(said, shop),
    "team": lambda said, shop, _bot, key, more: team_opened(said, shop, key, more),
}


def opened_by(payload: str, said: Said, shop: Shop, bot: Any) -> Awaitable[None] | None:
    """What a link's payload opens, ready to be awaited; None if it is no link of ours."""
    if payload in _ASKED_FOR:
        return _ASKED_FOR[payload](said, shop, bot)
    code = linked_code(payload)
    if code is not None:
        return coupon_opened(said, shop, code)
    if payload.startswith(CODE_LINK):
        return code_opened(said, shop, payload.removeprefix(CODE_LINK))
    token = read_payload(payload)
    if token is not None:
        return card_opened(said, shop, bot, token)
    campaign = read_campaign_payload(payload)
    if campaign is not None:
        return campaign_opened(said, shop, bot, *campaign)
    match = _LINK.fullmatch(payload)
    opens = _OPENS.get(match[1]) if match is not None else None
    if match is None or opens is None:
        return None
    return opens(said, shop, bot, int(match[2]), int(match[3] or 0))
