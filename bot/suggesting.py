"""Whether goods are suggested at all, by what buyers say of them: for all who suggest some."""

from bot.rules.recommendations import is_good_enough
from bot.rules.reviews import PLEASED_FROM
from storage.repositories.review_pages import Verdicts
from storage.unit_of_work import UnitOfWork

BothVerdicts = tuple[Verdicts, Verdicts]
"""What buyers say in a group, and elsewhere."""


async def good_verdicts(uow: UnitOfWork, origin_id: int, group_id: int) -> BothVerdicts | None:
    """What buyers say of an offer in a group and elsewhere; None where too many were disappointed."""
    here, elsewhere = await uow.review_pages.verdicts(origin_id, group_id, pleased_from=PLEASED_FROM)
    disputes = await uow.cases.disputes_of_offer(origin_id)
    is_good = is_good_enough(
        pleased=here.pleased + elsewhere.pleased,
        buyers=here.buyers + elsewhere.buyers,
        disputed=disputes.disputed,
        delivered=disputes.delivered,
    )
    return (here, elsewhere) if is_good else None
