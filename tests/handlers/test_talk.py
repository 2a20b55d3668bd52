"""What the bot says, to whom, where, and in which language."""

import re
from datetime import timedelta

import pytest

from bot import errors
from bot.i18n import LANGUAGES, Translator
from bot.money import Money
from bot.views.members import command_words, help_in_group, help_in_private, nothing_here
from bot.views.orders import order_toast
from bot.views.picks import pick_help
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.commands import FOR_CURATORS, FOR_MEMBERS, IN_PRIVATE
from storage.models import Group, Order, Pick, Variant
from tests.scenarios.house import Circle, House, honey_friends

ENGLISH, RUSSIAN, CHINESE = Translator("en"), Translator("ru"), Translator("zh_CN")


def _plain(screen: Screen) -> str:
    return (
        re.sub("<[^>]+>", "", str(screen.text))
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    )


# Languages


async def test_each_is_answered_in_her_own_language(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    readers = {friends.ann: ENGLISH, friends.ben: RUSSIAN, friends.lin: CHINESE}
    for member, t in readers.items():
        toast = await (await member.taps("Order", on=card)).answered()
        total = Money(amount=1290, currency="EUR")
        assert t.money(total) in toast.text
        (heard,) = await house.hears(member.says("/order 9", in_=friends.group))
        assert heard.text == refusal(t, errors.PickUnknown(9))
        await member.starts(house.account)
        (heard,) = await house.hears(member.says("/help", to=house.account))
        assert heard.text == _plain(help_in_private(t))
        (heard,) = await house.hears(member.says("how do you do", to=house.account))
        assert heard.text == str(nothing_here(t))


async def test_the_card_keeps_the_groups_language_whoever_orders(house: House) -> None:
    olga, ann = house.tg.person("Ольга", language="ru"), house.tg.person("Ann")
    await olga.starts(house.account)
    group = house.tg.group("Мёд", owner=olga, members=[ann])
    await olga.adds_bot(house.account, group, admin=True)
    await house.settles()
    (stored,) = await house.rows(Group)
    assert (stored.language, stored.currency, stored.time_zone) == ("ru", "RUB", "Europe/Moscow")
    await olga.says("/pick 500 Мёд | 20 банок | до 20:00", in_=group)
    card = await group.until_message(containing="Мёд\n", by=house.account.user)
    await house.settles()
    before = card.text
    await ann.taps("+1", on=card)
    await house.settles()

    assert card.text != before
    assert re.search("[а-я]", card.text.replace("Мёд", ""))
    assert "Open" not in card.text
    (pick,) = await house.rows(Pick)
    assert pick.closes_at.hour == 17, "20:00 in Moscow"


async def test_a_language_once_chosen_stays(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await ann.starts(house.account)
    await house.hears(ann.says("/language", to=house.account))
    question = ann.private(house.account).last_message
    assert question.buttons == [["English", "简体中文"], ["Русский", "Español"]]
    toast = await (await ann.taps("Español", on=question)).answered()
    assert toast.text
    await house.settles()
    (heard,) = await house.hears(ann.says("/order 9", in_=friends.group))
    assert heard.text == refusal(Translator("es"), errors.PickUnknown(9))
    card = await friends.offers()
    assert "€12.90" in card.text
    tap = await (await ann.taps("Order", on=card)).answered()
    assert Translator("es").money(Money(amount=1290, currency="EUR")) in tap.text


async def test_the_menu_of_commands_is_there_for_each_scope_and_language(house: House) -> None:
    scopes = {
        "all_group_chats": FOR_MEMBERS,
        "all_chat_administrators": FOR_CURATORS,
        "all_private_chats": IN_PRIVATE,
    }
    codes = {"en": "", "zh_CN": "zh", "ru": "ru", "es": "es"}
    assert codes.keys() == LANGUAGES.keys()
    menus = house.account.commands
    await house.world.until(lambda: len(menus) == len(scopes) * len(codes), 5, "all menus")
    for language, code in codes.items():
        words = command_words(Translator(language))
        for scope, names in scopes.items():
            shown = {entry["command"]: entry["description"] for entry in menus[scope, code]}
            assert shown == {name: words[name] for name in names}


# Settings


async def test_settings_are_changed_by_buttons(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await mei.says("/settings", in_=friends.group)
    await house.settles()
    card = house.posts_in(mei.private(house.account))[-1]
    for page, choice, field, value in (
        ("Currency", "CHF", "currency", "CHF"),
        ("Time zone", "Kolkata", "time_zone", "Asia/Kolkata"),
        ("Language", "Русский", "language", "ru"),
    ):
        await mei.taps(page, on=card)
        await card.until_button(choice)
        await (await mei.taps(choice, on=card)).answered()
        await house.settles()
        (stored,) = await house.rows(Group)
        assert getattr(stored, field) == value
    await mei.taps("Time zone", on=card)
    await card.until_button("Back")
    await mei.taps("Back", on=card)
    await card.until_button("Currency")
    heard = await house.hears(mei.taps("+2", on=card))
    assert heard == [], "the card itself changes"
    (stored,) = await house.rows(Group)
    assert stored.reads_plain_orders


async def test_settings_are_changed_by_command(friends: Circle) -> None:
    house = friends.house
    for text in ("currency jpy", "zone Lisbon", "language ru", "plain on"):
        await friends.mei.says(f"/settings {text}", in_=friends.group)
        await house.settles()
    (stored,) = await house.rows(Group)
    assert (stored.currency, stored.time_zone, stored.language, stored.reads_plain_orders) == (
        "JPY",
        "Europe/Lisbon",
        "ru",
        True,
    )
    card = await friends.offers("1290 茶 | 5")
    assert RUSSIAN.money(Money(amount=1290, currency="JPY")) in card.text


async def test_whoever_leads_several_groups_is_asked_which(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    other = house.tg.group("Tea friends", owner=mei, members=[friends.ann])
    await mei.adds_bot(house.account, other, admin=True)
    await house.settles()
    await mei.says("/settings", to=house.account)
    await house.settles()
    question = house.posts_in(mei.private(house.account))[-1]
    assert question.buttons == [["Honey friends"], ["Tea friends"]]
    await mei.taps("Tea", on=question)
    await mei.private(house.account).until_message(containing="Settings of Tea friends")


# Anonymous administrators, topics, several groups


async def test_an_anonymous_administrator_posts_and_closes(friends: Circle) -> None:
    house, group = friends.house, friends.group
    await friends.mei.speaks_anonymously("/pick 5 Honey | till 20:00", in_=group)
    card = await group.until_message(containing="#1 Honey", by=house.account.user)
    await house.settles()
    (pick,) = await house.rows(Pick)
    assert pick.curator_id is None
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    await friends.mei.speaks_anonymously("/close 1", in_=group)
    await card.until(contains="Closed")
    await house.settles()
    assert "Ann: 2" in friends.private(friends.mei)[-1], "the owner gets the list"


@pytest.mark.parametrize(
    ("command", "opens"), [("/refunds", "Money to give back"), ("/review", "money fits")]
)
async def test_an_anonymous_administrator_is_led_to_money_in_private(
    friends: Circle, command: str, opens: str
) -> None:
    house, mei = friends.house, friends.mei
    [door] = await house.hears(mei.speaks_anonymously(command, in_=friends.group))
    assert door.chat_id == friends.group.id
    [shown] = await house.hears(mei.opens(friends.group.last_message.rows[0][0]["url"]))
    assert shown.chat_id == mei.id
    assert opens in shown.text


async def test_an_anonymous_administrator_is_answered_in_the_groups_language(house: House) -> None:
    olga = house.tg.person("Ольга", language="ru")
    group = house.tg.group("Мёд", owner=olga)
    await olga.adds_bot(house.account, group, admin=True)
    await house.settles()
    (refused,) = await house.hears(olga.speaks_anonymously("/order 1 2", in_=group))
    assert refused.text == refusal(RUSSIAN, errors.PickUnknown(1))
    (door,) = await house.hears(olga.speaks_anonymously("/my", in_=group))
    assert door.text == "Отвечу вам в личном чате."


async def test_an_anonymous_order_is_kindly_refused(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    before = await house.dump()
    for deed in (
        friends.mei.speaks_anonymously("+1", in_=friends.group, reply_to=card),
        friends.mei.speaks_anonymously("/order 1 2", in_=friends.group),
    ):
        (heard,) = await house.hears(deed)
        assert heard.text == refusal(ENGLISH, errors.Anonymous())
    assert await house.dump() == before


async def test_in_a_forum_everything_stays_in_its_topic(house: House) -> None:
    friends = await honey_friends(house, title="Forum", forum=True)
    group, deals = friends.group, friends.group.topic("Deals")
    await friends.mei.says("/pick 5 Honey | till 20:00", in_=group, topic=deals)
    card = await group.until_message(containing="#1 Honey", by=house.account.user)
    await house.settles()
    assert card.thread_id == deals.thread_id
    chat = group.topic("Chat")
    told = await house.hears(
        friends.ann.says("/picks", in_=group, topic=deals),
        friends.ben.says("/order 9", in_=group, topic=chat),
        friends.ann.says("/invite", in_=group, topic=chat),
    )
    assert sorted(heard.thread_id or 0 for heard in told) == [
        deals.thread_id,
        chat.thread_id,
        chat.thread_id,
    ]
    assert await house.hears(friends.lin.says("nice honey", in_=group, topic=deals)) == []
    await friends.lin.says("+1", reply_to=card, topic=deals)
    await friends.mei.deletes(card)
    await friends.lin.says("/order 1 3", in_=group, topic=chat)
    again = await group.until_message(containing="#1 Honey", after=card, by=house.account.user)
    assert again.thread_id == deals.thread_id


async def test_each_group_has_its_own_numbers(friends: Circle) -> None:
    house = friends.house
    other = house.tg.group("Tea friends", owner=friends.lin, members=[friends.ann, friends.mei])
    await friends.lin.adds_bot(house.account, other, admin=True)
    await house.settles()
    honey = await friends.offers()
    await friends.lin.says("/pick 3 Tea | till 20:00", in_=other)
    tea = await other.until_message(containing="#1 Tea", by=house.account.user)
    await house.settles()
    await friends.ann.says("/order 1 2", in_=other)
    await friends.ann.says("/order 1 3", in_=friends.group)
    await tea.until(contains="2")
    await honey.until(contains="3 of 20")
    await house.settles()

    lines = {order.pick_id for order in await house.rows(Order)}
    assert len(lines) == 2
    await friends.ann.starts(house.account)
    await friends.ann.says("/my", to=house.account)
    await house.settles()
    mine = friends.private(friends.ann)[-1]
    for words in ("Yunnan honey", "Tea", "Honey friends", "Tea friends"):
        assert words in mine
    (heard,) = await house.hears(friends.mei.says("/close 1", in_=other))
    assert heard.text == refusal(ENGLISH, errors.NotACurator())


# Commands


async def test_picks_lists_what_is_open_with_a_way_to_each(friends: Circle) -> None:
    house, group = friends.house, friends.group
    (nothing,) = await house.hears(friends.ann.says("/picks", in_=group))
    honey = await friends.offers()
    await friends.offers("3 Tea")
    await friends.offers("4 Cake")
    await friends.mei.says("/close 2", in_=group)
    (heard,) = await house.hears(friends.ann.says("/picks", in_=group))
    assert heard.text != nothing.text
    assert "#1 Yunnan honey · €12.90" in heard.text
    assert "#3 Cake" in heard.text
    assert "Tea" not in heard.text
    links = [entity["url"] for entity in group.last_message.entities if entity["type"] == "text_link"]
    assert f"https://t.me/c/{str(group.id).removeprefix('-100')}/{honey.id}" in links


async def test_my_shows_own_orders_in_private_alone(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    (heard,) = await house.hears(friends.ann.says("/my", in_=friends.group))
    assert heard.chat_id == friends.group.id
    assert "Yunnan" not in heard.text
    await friends.ann.taps("", on=friends.group.last_message)
    shown = await friends.ann.private(house.account).until_message(containing="Yunnan honey")
    assert "€25.80" in shown.text
    (heard,) = await house.hears(friends.ann.says("/my", in_=friends.group))
    assert heard.chat_id == friends.ann.id


async def test_a_long_board_is_turned_page_by_page(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | dark, light")
    buyers = [house.tg.person(f"Buyer {number}") for number in range(1, 86)]
    await friends.ann.adds(*buyers, to=friends.group)
    await house.settles()
    for buyer in buyers:
        await buyer.taps("dark", on=card)
        await house.settles() if buyer is buyers[0] else None
    await house.settles()
    await friends.mei.says("/board 1", in_=friends.group)
    board = await friends.mei.private(house.account).until_message(containing="85")
    assert "dark: 85" in board.text
    assert "light: 0" in board.text
    assert len(re.findall("Buyer", board.text)) == 20
    assert board.buttons[0][0] == "1/5"
    for page in ("2/5", "3/5", "4/5"):
        await friends.mei.taps("More", on=board)
        await board.until_button(page)
        assert len(re.findall("Buyer", board.text)) == 20
    await friends.mei.taps("More", on=board)
    await board.until_button("5/5")
    assert len(re.findall("Buyer", board.text)) == 5
    await friends.mei.taps("‹ Back", on=board)
    await board.until_button("4/5")


async def test_the_board_is_asked_for_in_private_too(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    (heard,) = await house.hears(friends.mei.says("/board 1", to=house.account))
    assert "Ann: 2" in heard.text


async def test_a_deadline_is_put_off(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    (heard,) = await house.hears(friends.mei.says("/extend 1 in 20h", in_=friends.group))
    assert "#1" in heard.text
    await house.passes(timedelta(hours=11))
    await (await friends.ann.taps("Order", on=card)).answered()
    await card.until(contains="1 of 20")
    await house.passes(timedelta(hours=10))
    await card.until(contains="Closed")


async def test_help_knows_members_from_curators(friends: Circle) -> None:
    house = friends.house
    (members,) = await house.hears(friends.ann.says("/help", in_=friends.group))
    (curators,) = await house.hears(friends.mei.says("/help", in_=friends.group))
    assert members.text == _plain(help_in_group(ENGLISH, is_curator=False))
    assert curators.text == _plain(help_in_group(ENGLISH, is_curator=True))
    (heard,) = await house.hears(friends.mei.says("/pick", in_=friends.group))
    assert heard.text == _plain(pick_help(ENGLISH))


async def test_whoever_is_made_an_administrator_curates_from_then_on(friends: Circle) -> None:
    house = friends.house
    (heard,) = await house.hears(friends.ben.says("/pick 5 Tea", in_=friends.group))
    assert heard.text == refusal(RUSSIAN, errors.NotACurator())
    await friends.mei.promotes(friends.ben, friends.group)
    card = await friends.offers("5 Tea", by=friends.ben)
    assert "Бен" in card.text
    await friends.mei.demotes(friends.ben, friends.group)
    await house.settles()
    (heard,) = await house.hears(friends.ben.says("/close 1", in_=friends.group))
    assert heard.text == refusal(RUSSIAN, errors.NotACurator())


# Ordinary talk


@pytest.mark.parametrize(
    "text",
    [
        "see you at 2",
        "1. first, 2. second",
        "who knows?",
        "I had 2 of them last year and they were lovely",
        "+7 912 345 67 89",
        "спасибо!",
        "多谢",
        "/unknown",
        "/pick@other_bot 5 Tea",
    ],
)
async def test_ordinary_talk_is_left_alone(friends: Circle, text: str) -> None:
    house = friends.house
    card = await friends.offers()
    for member in (friends.ann, friends.mei):
        assert await house.hears(member.says(text, reply_to=card)) == []
        assert await house.hears(member.says(text, in_=friends.group)) == []
    assert await house.rows(Order) == []


async def test_a_plain_plus_counts_only_where_the_group_wants_it(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    card = await friends.offers()
    assert await house.hears(ann.says("+2", in_=friends.group)) == []
    assert await house.rows(Order) == []
    await friends.mei.says("/settings plain on", in_=friends.group)
    await house.settles()
    written = await ann.says("+2", in_=friends.group)
    await written.until_reaction("👌")
    await card.until(contains="2 of 20")
    await ann.edits(written, "+4")
    await card.until(contains="4 of 20")
    await house.settles()
    talk = await ann.says("+3", reply_to=await friends.ben.says("how many shall we be?", in_=friends.group))
    await house.settles()
    assert talk.reactions == {}
    await friends.offers("3 Tea")
    await ann.says("+2", in_=friends.group)
    await house.settles()
    (honey, tea) = await house.rows(Variant)
    assert (honey.sold, tea.sold) == (4, 0), "with two picks open nobody knows which is meant"


async def test_an_answer_to_any_other_message_of_the_bot_is_talk(friends: Circle) -> None:
    house = friends.house
    await friends.offers()
    hello = house.posts_in(friends.group)[0]
    assert await house.hears(friends.ann.says("+2", reply_to=hello)) == []
    assert await house.rows(Order) == []


async def test_a_command_may_name_the_bot(friends: Circle) -> None:
    card = await friends.offers()
    written = await friends.ann.says("/order@vouch_bot 1 2", in_=friends.group)
    await written.until_reaction("👌")
    await card.until(contains="2 of 20")


async def test_a_toast_says_the_whole_order(friends: Circle) -> None:
    card = await friends.offers("3 Socks | dark 10, light 5")
    await friends.ben.taps("dark", on=card)
    toast = await (await friends.ben.taps("light", on=card)).answered()
    assert "dark" in toast.text
    assert "light" in toast.text
    nothing = await (await friends.lin.taps("My order", on=card)).answered()
    expected = order_toast(CHINESE, title="Socks", order_lines=(), total=Money(amount=0, currency="EUR"))
    assert nothing.text == expected
