"""What is written where a payout is declined: why."""

from bot.errors import NotAllowed
from bot.payout_errors import PayoutSettled
from bot.rules.payouts import read_reason
from bot.services.payouts.deciding import decline_payout
from bot.shop import Shop
from handlers.conversation import Part, answering, written_for
from handlers.payouts import ASKED, payout_screen
from handlers.plans import require_rewarder
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft


async def _reason_written(said: Said, shop: Shop, asked: Draft) -> None:
    reason = read_reason(said.text)
    async with shop.handling(said.update_id) as uow:
        payout = await uow.payouts.get(int(asked.content["payout_id"]))
        await require_rewarder(uow, shop, payout.group_id, said.person.id)
        await decline_payout(uow, payout.id or 0, reason=reason, by_id=said.person.id, now=shop.now())
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await payout_screen(uow, shop, t, payout.id or 0))


PART = Part(
    finds=written_for(ASKED),
    handles=answering(ASKED, takes=_reason_written, in_vain=(NotAllowed, PayoutSettled)),
)
"""Takes the reason for which a payout is declined."""
