"""python-telegram-bot reads every object that the sandbox sends."""

from collections.abc import AsyncIterator

import pytest
import telegram

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, button


@pytest.fixture
async def ptb(tg: Sandbox, bot: Bot) -> AsyncIterator[telegram.Bot]:
    base = tg.url
    async with telegram.Bot(bot.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as client:
        yield client


async def test_every_kind_of_update_is_read(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    await api.ok("sendMessage", chat_id=group.id, text="Honey", reply_markup=button())
    card = group.last_message
    said = await ann.says("/order@vouch_bot 1", reply_to=card)
    await ann.edits(said, "/order@vouch_bot 2")
    await ann.taps("Order", on=card)
    await ann.reacts("👍", to=card)
    await group.anonymous_reactions(card, {"🔥": 2})
    link = await api.ok("createChatInviteLink", chat_id=group.id, name="Ann", creates_join_request=True)
    await bob.requests_to_join(link["invite_link"])
    await mei.approves(bob, group)
    await mei.promotes(ann, group, title="Curator")
    await mei.removes(bob, group)
    await ann.speaks_anonymously("hello", in_=group)
    await ann.sends_photo(caption="Look", in_=group)
    await api.ok("deleteMessage", chat_id=group.id, message_id=card.id)
    await ann.presses_data("x", on=card)
    await mei.demotes_bot(bot, group)
    village = tg.group("Village", owner=mei, kind="group")
    await mei.adds_bot(bot, village)
    await mei.migrates(village)
    forum = tg.group("Forum", owner=mei, forum=True)
    await mei.adds_bot(bot, forum, admin=True)
    await mei.says("/picks", in_=forum, topic=forum.topic("Deals"))
    await mei.removes_bot(bot, forum)

    raw = await api.updates()
    read = [telegram.Update.de_json(update, None) for update in raw]
    kinds = {kind for update in raw for kind in update} - {"update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "message_reaction",
        "message_reaction_count",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
    }
    # Nothing was left over as an unknown field.
    for update, json in zip(read, raw, strict=True):
        [kind] = json.keys() - {"update_id"}
        assert not getattr(update, kind).api_kwargs, json
    pressed = [update.callback_query.message for update in read if update.callback_query]
    assert [message.is_accessible for message in pressed if message] == [True, False]


async def test_a_bot_on_ptb_works(ptb: telegram.Bot, ann: Person, group: Group) -> None:
    assert (await ptb.get_me()).username == "vouch_bot"
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Order", callback_data="o")]])
    sent = await ptb.send_photo(
        group.id, plain_picture(), caption="<b>Honey</b>", parse_mode="HTML", reply_markup=markup
    )
    assert sent.caption_html == "<b>Honey</b>"
    card = group.last_message
    tap = await ann.taps("Order", on=card)
    [update] = await ptb.get_updates(offset=-1)
    assert update.callback_query
    await update.callback_query.answer("1 jar", show_alert=True)
    assert (await tap.answered()).alert
    await update.callback_query.edit_message_caption("1 of 20", reply_markup=markup)
    await card.until(contains="1 of 20")
    with pytest.raises(telegram.error.BadRequest, match="not modified"):
        await update.callback_query.edit_message_caption("1 of 20", reply_markup=markup)
    file = await ptb.get_file(sent.photo[-1].file_id)
    assert await file.download_as_bytearray() == plain_picture()
    document = await ptb.send_document(group.id, b"a;b", filename="orders.csv")
    assert document.document
    assert document.document.file_name == "orders.csv"


async def test_ptb_reads_chats_members_and_links(
    ptb: telegram.Bot, mei: Person, ann: Person, group: Group
) -> None:
    chat = await ptb.get_chat(group.id)
    assert (chat.title, chat.permissions.can_send_messages if chat.permissions else None) == (
        "Honey friends",
        True,
    )
    admins = await ptb.get_chat_administrators(group.id)
    assert {type(admin) for admin in admins} == {telegram.ChatMemberOwner, telegram.ChatMemberAdministrator}
    assert isinstance(await ptb.get_chat_member(group.id, ann.id), telegram.ChatMemberMember)
    link = await ptb.create_chat_invite_link(group.id, name="Ann")
    assert link.creator.username == "vouch_bot"
    scope = telegram.BotCommandScopeChatAdministrators(group.id)
    await ptb.set_my_commands([("pick", "Post a pick")], scope=scope, language_code="ru")
    [command] = await ptb.get_my_commands(scope, "ru")
    assert command.command == "pick"
    assert await ptb.set_webhook("https://example.org/hook", allowed_updates=["message"])
    assert (await ptb.get_webhook_info()).allowed_updates == ("message",)
    await ptb.delete_webhook()


async def test_ptb_tells_the_refusals_apart(
    ptb: telegram.Bot, tg: Sandbox, bot: Bot, mei: Person, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without it PTB warns that retry_after will be a timedelta one day.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    group = tg.group("Village", owner=mei, kind="group")
    await mei.adds_bot(bot, group)
    old_id = group.id
    await mei.migrates(group)
    with pytest.raises(telegram.error.ChatMigrated) as migrated:
        await ptb.send_message(old_id, "x")
    assert migrated.value.new_chat_id == group.id
    await mei.removes_bot(bot, group)
    with pytest.raises(telegram.error.Forbidden, match="kicked"):
        await ptb.send_message(group.id, "x")
    await ann.starts(bot)
    tg.world.faults.too_many(retry_after=5)
    with pytest.raises(telegram.error.RetryAfter, match="Retry in 0:00:05"):
        await ptb.send_message(ann.id, "x")
