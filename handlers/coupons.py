"""Codes that people enter: by command, or by a link that holds one."""

from telegram import Bot

from bot.services.coupons import CodeTaken, codes_of, enter_code
from bot.shop import Shop
from bot.views.coupons import code_taken, code_unknown, own_codes
from handlers.speaking import send, show_door, speaker
from handlers.updates import Said

_MOST_SHOWN = 20


async def coupon_written(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/coupon SPRING-5`, in private: a code counts from now on; without one, the codes that I have."""
    if not said.is_private:
        # A code is its holder's: what to do with it is said in private alone.
        async with shop.handling(said.update_id) as uow:
            await show_door(uow, shop, said, payload="coupon_0")
        return
    if not said.arguments:
        await coupons_opened(said, shop)
        return
    await code_opened(said, shop, said.arguments)


async def code_opened(said: Said, shop: Shop, code: str) -> None:
    """A code, typed or in a link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        result = await enter_code(uow, said.person, code, now=shop.now())
        screen = code_taken(t, result, now=shop.now()) if isinstance(result, CodeTaken) else code_unknown(t)
        await send(uow, shop, said.person.id, screen)


async def coupons_opened(said: Said, shop: Shop) -> None:
    """The codes that I have entered."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        codes = await codes_of(uow, said.person.id, limit=_MOST_SHOWN, now=shop.now())
        await send(uow, shop, said.person.id, own_codes(t, codes, now=shop.now()))
