"""What a curator says of a pick that may be the same as an earlier one."""

from bot.callbacks.picks import RoundButton
from bot.services.pick_rounds import join_rounds, keep_apart
from bot.shop import Shop
from bot.views.pick_rounds import rounds_apart, rounds_joined
from handlers.manage import managed_by
from handlers.speaking import redraw, speaker
from handlers.updates import Tap


async def round_tapped(tap: Tap, shop: Shop) -> None:
    """It is the same; or it is not, perhaps after all."""
    button = RoundButton.read(tap.data)
    decide, told = (join_rounds, rounds_joined) if button.is_same else (keep_apart, rounds_apart)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        earlier = await managed_by(uow, button.earlier_id, tap.person.id)
        await decide(uow, posted.id, earlier.id, by_id=tap.person.id, now=shop.now())
        await redraw(uow, shop, tap, told(await speaker(uow, tap.person), posted, earlier))
    await tap.answer()
