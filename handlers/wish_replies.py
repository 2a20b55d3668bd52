"""A curator asks in the group who wants something; who answers that she does has wished for it."""

from telegram import Bot

from bot.rules.wish_questions import goods_asked_about, wished_by
from bot.rules.wish_text import LONGEST_WISH, WishText
from bot.shop import Shop
from handlers.access import is_leader
from handlers.questions import member_answered
from handlers.updates import Said
from handlers.wishes import message_edited, wish_in_group


async def question_answered(said: Said, shop: Shop, bot: Bot) -> None:
    """A reply to somebody's question in the group: a wish, or what a reply to a member may be."""
    goods = goods_asked_about(said.reply_to_text)
    if goods is None or len(goods) > LONGEST_WISH or not said.has_face:
        await member_answered(said, shop, bot)
        return
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is None or group.id is None or not group.is_active:
            return
        asker = said.reply_to_person
        # Whoever speaks in the group's name has no face, and leads it.
        asks_for_group = asker is None or await is_leader(uow, group.id, asker.id)
    quantity = wished_by(said.text)
    if quantity is not None and asks_for_group:
        await wish_in_group(said, shop, group, WishText(words=goods, quantity=quantity))
    elif said.is_edit:
        await message_edited(said, shop)
        await member_answered(said, shop, bot)
    else:
        await member_answered(said, shop, bot)
