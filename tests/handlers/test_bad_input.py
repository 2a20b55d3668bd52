"""The mistyped, the forged and the late get one clear sentence in their language and change nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot import edit_errors, errors
from bot.i18n import Translator
from bot.views.refusals import refusal
from bot.views.screens import shortened
from sandbox.people import Person, SeenMessage
from storage.models import Offer, Pick, Variant
from tests.scenarios.house import Circle

LANGUAGES = {"Mei": "en", "Ann": "en", "Бен": "ru", "小林": "zh_CN"}
_PICK = "12.90 Yunnan honey | 20 jars | till 20:00"
_FOREVER = "9" * 30


def _sentence(person: Person, error: errors.ShopError) -> str:
    return refusal(Translator(LANGUAGES[person.name]), error)


async def _curators(friends: Circle) -> tuple[Person, ...]:
    for friend in (friends.ben, friends.lin):
        await friends.mei.promotes(friend, friends.group)
    await friends.house.settles()
    return friends.mei, friends.ben, friends.lin


async def _talkers(friends: Circle) -> tuple[Person, ...]:
    """Members who are known by now: whoever says something is met, even if it is refused."""
    for friend in (friends.ann, friends.ben, friends.lin):
        await friend.says("good morning", in_=friends.group)
    await friends.house.settles()
    return friends.ann, friends.ben, friends.lin


async def _refuses(
    friends: Circle,
    deed: Awaitable[object],
    *,
    person: Person,
    error: errors.ShopError,
    chat_id: int | None = None,
) -> None:
    house = friends.house
    await house.settles()
    before = await house.dump()
    heard = await house.hears(deed)
    assert [answer.text for answer in heard] == [_sentence(person, error)]
    assert heard[0].chat_id == (chat_id or friends.group.id)
    assert await house.dump() == before


async def _refuses_tap(
    friends: Circle, data: str, *, on: SeenMessage, by: Person, error: errors.ShopError
) -> None:
    house = friends.house
    await house.settles()
    before = await house.dump()
    messages = len(house.heard)
    toast = await (await by.presses_data(data, on=on)).answered()
    await house.settles()
    assert toast.text == _sentence(by, error)
    assert toast.alert
    assert await house.dump() == before
    assert len(house.heard) == messages


PICKS: dict[str, tuple[str, Callable[[], errors.ShopError]]] = {
    "a price with an exponent": ("1e9 Honey", lambda: errors.PriceUnreadable("1e9")),
    "a price below nothing": ("-3 Honey", lambda: errors.PriceUnreadable("-3")),
    "a price in words": ("free Honey", lambda: errors.PriceUnreadable("free Honey")),
    "a price finer than a cent": ("12.999 Honey", lambda: errors.PriceUnreadable("12.999")),
    "a price of nothing": ("0 Honey", lambda: errors.PriceUnreadable("0")),
    "no title": ("12.90", errors.TitleMissing),
    "an empty title": ("12.90 | 20 jars", errors.TitleMissing),
    "a title of signs": ("12.90 ... | 20 jars", errors.TitleMissing),
    "a title of 4,000 emoji": ("5 " + "🍯" * 4000, lambda: errors.TitleTooLong(4000, 100)),
    "500 kinds": (
        "5 Scarf | " + ", ".join(f"k{n} 1" for n in range(500)),
        lambda: errors.TooManyVariants(500, 50),
    ),
    "a kind twice": ("5 Scarf | red 1, Red 2", lambda: errors.VariantRepeated("Red")),
    "a deadline in words that mean none": (
        "5 Honey | till whenever",
        lambda: errors.DeadlineUnreadable("till whenever"),
    ),
    "a stock of none": ("5 Honey | 0 jars", lambda: errors.StockUnreadable("0 jars")),
    "a stock of 10^12": (
        "5 Honey | 1000000000000 jars",
        lambda: errors.StockUnreadable("1000000000000 jars"),
    ),
    "a description without end": ("5 Honey | " + "so good. " * 90, lambda: errors.WordsTooLong(809, 600)),
}


async def test_a_pick_that_cannot_be_read_is_not_posted(friends: Circle, subtests: pytest.Subtests) -> None:
    curators = await _curators(friends)
    for case, (text, error) in PICKS.items():
        with subtests.test(case):
            for curator in curators:
                deed = curator.says(f"/pick {text}", in_=friends.group)
                await _refuses(friends, deed, person=curator, error=error())
    assert await friends.house.rows(Pick) == []


async def test_a_deadline_that_has_passed_is_named(friends: Circle) -> None:
    for curator in await _curators(friends):
        heard = await friends.house.hears(
            curator.says("/pick 5 Honey | till 1 January 2020 10:00", in_=friends.group)
        )
        assert len(heard) == 1
        assert "2020" in heard[0].text
    assert await friends.house.rows(Pick) == []


async def test_prices_as_people_write_them_are_understood(friends: Circle) -> None:
    prices = {
        "12,90": (1290, "EUR"),
        "¥12.90": (1290, "CNY"),
        "12.90": (1290, "EUR"),
        "€3": (300, "EUR"),
        "１２.９０": (1290, "EUR"),
    }
    for typed in prices:
        await friends.offers(f"{typed} Honey")
    offers = await friends.house.rows(Offer)
    assert [(offer.price_amount, offer.currency) for offer in offers] == list(prices.values())
    assert {offer.title for offer in offers} == {"Honey"}


ORDERS: dict[str, tuple[str, Callable[[], errors.ShopError]]] = {
    "no number": ("/order", errors.PickMissing),
    "a word for a number": ("/order abc", errors.PickMissing),
    "a number that no pick has": ("/order 7 2", lambda: errors.PickUnknown(7)),
    "a number beyond all": (f"/order {_FOREVER} 2", errors.PickMissing),
    "talk for a quantity": ("/order 1 abc", lambda: errors.OrderUnreadable("abc")),
    "a quantity of 10^12": ("/order 1 1000000000000", lambda: errors.QuantityTooLarge(1000)),
    "more than one may": ("/order 1 1001", lambda: errors.QuantityTooLarge(1000)),
    "more than there is": ("/order 1 21", lambda: errors.SoldOut("", 20)),
    "less than nothing": ("/order 1 -1", lambda: errors.NothingOrdered(1)),
    "nought of nothing": ("/order 1 0", lambda: errors.NothingOrdered(1)),
    "nothing to cancel": ("/cancel 1", lambda: errors.NothingOrdered(1)),
    "a cancel of nobody's": ("/cancel", errors.PickMissing),
}


async def test_an_order_that_cannot_be_taken_changes_nothing(
    friends: Circle, subtests: pytest.Subtests
) -> None:
    await friends.offers(_PICK)
    for case, (text, error) in ORDERS.items():
        with subtests.test(case):
            for member in (friends.ann, friends.ben, friends.lin):
                await _refuses(friends, member.says(text, in_=friends.group), person=member, error=error())


async def test_an_answer_to_the_card_that_asks_for_too_much_or_too_little(
    friends: Circle, subtests: pytest.Subtests
) -> None:
    answers = {
        "+21": errors.SoldOut("", 20),
        "+1000000000000": errors.QuantityTooLarge(1000),
        "-1": errors.NothingOrdered(1),
        "0": errors.NothingOrdered(1),
        "отмена": errors.NothingOrdered(1),
    }
    card = await friends.offers(_PICK)
    members = await _talkers(friends)
    for text, error in answers.items():
        with subtests.test(text):
            for member in members:
                await _refuses(friends, member.says(text, reply_to=card), person=member, error=error)


async def test_an_order_that_names_no_kind_or_an_unknown_one_is_asked_which(friends: Circle) -> None:
    card = await friends.offers("5 Scarf | red 3, blue 3")
    kinds = ("red", "blue")
    for member in await _talkers(friends):
        await _refuses(
            friends, member.says("+1", reply_to=card), person=member, error=errors.VariantMissing(kinds)
        )
        await _refuses(
            friends,
            member.says("/order 1 2 pink", in_=friends.group),
            person=member,
            error=errors.VariantUnknown("pink", kinds),
        )


async def test_a_kind_of_what_comes_in_one_is_told(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    for member in await _talkers(friends):
        told = errors.VariantUnknown("dark", ("",))
        await _refuses(friends, member.says("+1 dark", reply_to=card), person=member, error=told)


async def test_talk_under_the_card_is_left_alone(friends: Circle, subtests: pytest.Subtests) -> None:
    card = await friends.offers(_PICK)
    await _talkers(friends)
    before = await friends.house.dump()

    for text in ("🍯" * 4096, "<b>+2</b>", "=HYPERLINK(1)", "+7 912 345 67 89", "2 years ago"):
        with subtests.test(text[:20]):
            assert await friends.house.hears(friends.ann.says(text, reply_to=card)) == []
            assert await friends.house.dump() == before


NAMES = {
    "HTML": ("<b>Bold</b> & Co", "<b>Bold</b> & Co"),
    "marks that turn the writing": ("\u202egnorw\u200f", "gnorw"),
    "a formula": ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'),
    "braces": ("{name} %s", "{name} %s"),
    "emoji": ("😀" * 30, "😀" * 30),
}


async def test_any_name_is_shown_as_it_is(friends: Circle, subtests: pytest.Subtests) -> None:
    house = friends.house
    for number, (case, (name, shown)) in enumerate(NAMES.items(), start=1):
        with subtests.test(case):
            odd = house.tg.person(name)
            await odd.joins_directly(friends.group)
            card = await friends.offers(f"5 {name} | 20 jars")
            assert card.text.startswith(f"#{number} {shown}\n")
            await odd.says("+2", reply_to=card)
            await odd.says("/invite", in_=friends.group)
            await card.until(contains="2 of 20")
            await friends.mei.says(f"/board {number}", in_=friends.group)
            await house.settles()

            assert f"1. {shortened(shown, 40)}: 2 · €10.00" in friends.private(friends.mei)[-1]
            leads = [text for text in friends.posts if text.startswith(shown)]
            assert leads, "and in the line that leads to her link"


async def test_a_button_of_a_closed_pick_tells_so(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    buttons = [data for row in card.rows for button in row if (data := button.get("callback_data"))]
    await friends.mei.says("/close 1", in_=friends.group)
    await card.until(contains="Closed")
    for member in (friends.ann, friends.ben, friends.lin):
        for data in (buttons[0], buttons[-1]):
            await _refuses_tap(friends, data, on=card, by=member, error=errors.PickClosed(1))


FORGED = {
    "a pick that never was": "o:999:1:1",
    "a kind that the pick has not": "o:1:999:1",
    "a cancel of a pick that never was": "x:999",
    "an order of a pick that never was": "m:999",
    "a board of a pick that never was": "b:999:0",
    "a board in front of everybody": "b:1:0",
    "one's own orders in front of everybody": "mo:0",
    "a page beyond all": "mo:4611686018427387904",
    "a group's settings of nowhere": "v:1:owner:1001",
    "a language of nowhere": "l:tlh",
    "a number beyond all": f"o:{_FOREVER}:1:1",
    "a number in disguise": "o:１:1:1",
    "an unknown kind": "zz:1",
    "a field too many": "x:1:2",
    "no field": "o",
    "words": "DROP TABLE orders; --",
    "all 64 bytes": "o:" + "1" * 62,
}


async def test_a_forged_button_is_out_of_date(friends: Circle, subtests: pytest.Subtests) -> None:
    card = await friends.offers(_PICK)
    for case, data in FORGED.items():
        with subtests.test(case):
            for member in (friends.mei, friends.ben, friends.lin):
                await _refuses_tap(friends, data, on=card, by=member, error=errors.ButtonOutdated())


async def test_a_curators_button_in_a_members_hand(friends: Circle, subtests: pytest.Subtests) -> None:
    card = await friends.offers(_PICK)
    for data in ("s:1:home", "v:1:plain:on", "v:1:currency:USD"):
        with subtests.test(data):
            for member in (friends.ann, friends.ben, friends.lin):
                await _refuses_tap(friends, data, on=card, by=member, error=errors.NotACurator())


async def test_nobody_draws_her_own_order_over_the_card_of_a_group(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    await friends.ann.says("+1", reply_to=card)
    await friends.house.settles()
    shown = card.text
    for data in ("rc:1:0", "d:1:0"):
        await friends.ann.presses_data(data, on=card)
        await friends.house.settles()
        assert card.text == shown, data


async def test_an_order_for_a_thousand_million_by_a_forged_button(friends: Circle) -> None:
    card = await friends.offers("5 Honey")
    for change, error in ((10**12, errors.QuantityTooLarge(1000)), (-5, errors.NothingOrdered(1))):
        await _refuses_tap(friends, f"o:1:1:{change}", on=card, by=friends.ben, error=error)


async def test_a_button_of_another_groups_pick(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers(_PICK)
    other = house.tg.group("Tea friends", owner=friends.lin, members=[friends.ben])
    await friends.lin.adds_bot(house.account, other, admin=True)
    await house.settles()
    foreign = house.posts_in(other)[-1]

    button = card.rows[0][0]["callback_data"]
    for data in (button, "x:1", "m:1"):
        await _refuses_tap(friends, data, on=foreign, by=friends.ben, error=errors.ButtonOutdated())


async def test_a_button_of_a_card_that_was_deleted_still_counts(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    data = card.rows[0][0]["callback_data"]
    await friends.mei.deletes(card)

    toast = await (await friends.ann.presses_data(data, on=card)).answered()
    assert "€12.90" in toast.text


async def test_a_command_of_the_group_in_private_is_shown_the_way(
    friends: Circle, subtests: pytest.Subtests
) -> None:
    await friends.offers(_PICK)
    for member in (friends.mei, friends.ben, friends.lin):
        await member.starts(friends.house.account)
    for_all = ("/order 1 2", "/cancel 1", "/pick 5 Honey", "/picks")
    for text in (*for_all, "/close 1", "/extend 1 in 8h", "/board 1"):
        # Whoever leads a group may close, extend and list her picks from here, too.
        leads = text not in for_all
        with subtests.test(text):
            for member in (friends.ben, friends.lin, *([] if leads else [friends.mei])):
                deed = member.says(text, to=friends.house.account)
                await _refuses(friends, deed, person=member, error=errors.OnlyInGroup(), chat_id=member.id)


async def test_a_curators_command_by_a_member_is_refused(friends: Circle, subtests: pytest.Subtests) -> None:
    await friends.offers(_PICK)
    texts = ("/close 1", "/extend 1 in 8h", "/board 1", "/pick 5 Honey", "/settings")
    for text in (*texts, "/settings currency USD"):
        with subtests.test(text):
            for member in (friends.ann, friends.ben, friends.lin):
                deed = member.says(text, in_=friends.group)
                await _refuses(friends, deed, person=member, error=errors.NotACurator())


async def test_a_curators_slip_is_told(friends: Circle, subtests: pytest.Subtests) -> None:
    slips = {
        "/close": errors.PickMissing(),
        "/close 9": errors.PickUnknown(9),
        "/board x": errors.PickMissing(),
        "/extend 1": errors.DeadlineMissing(),
        "/extend 1 nonsense": errors.DeadlineUnreadable("nonsense"),
        "/extend 1 in 900 days": errors.DeadlineTooFar("in 900 days", 90),
        "/settings currency XXY": errors.SettingUnreadable("currency", "XXY"),
        "/settings zone Atlantis": errors.SettingUnreadable("zone", "Atlantis"),
        "/settings colour red": errors.SettingUnreadable("", "colour"),
    }
    await friends.offers(_PICK)
    curators = await _curators(friends)
    for text, error in slips.items():
        with subtests.test(text):
            for curator in curators:
                await _refuses(friends, curator.says(text, in_=friends.group), person=curator, error=error)


async def test_a_member_who_has_left_cannot_order_by_tapping(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    for member in (friends.ann, friends.ben, friends.lin):
        await member.says("+1", reply_to=card)
    await friends.house.settles()
    for member in (friends.ann, friends.ben, friends.lin):
        await member.leaves(friends.group)
    for member in (friends.ann, friends.ben, friends.lin):
        await _refuses_tap(friends, "o:1:1:1", on=card, by=member, error=errors.NotInGroup())


async def test_the_last_one_is_sold_once(friends: Circle) -> None:
    card = await friends.offers("5 Honey | 1")
    taps = [await member.taps("Order", on=card) for member in (friends.ben, friends.lin)]
    toasts = [await tap.answered() for tap in taps]

    assert [toast.alert for toast in toasts].count(True) == 1
    loser = next(who for who, toast in zip((friends.ben, friends.lin), toasts, strict=True) if toast.alert)
    told = next(toast.text for toast in toasts if toast.alert)
    assert told == _sentence(loser, errors.SoldOut("", 0))
    (variant,) = await friends.house.rows(Variant)
    assert variant.sold == 1


async def test_a_pick_closed_twice_is_closed_once(friends: Circle) -> None:
    await friends.offers(_PICK)
    await friends.mei.says("/close 1", in_=friends.group)
    for text in ("/close 1", "/extend 1 in 8h"):
        deed = friends.mei.says(text, in_=friends.group)
        await _refuses(friends, deed, person=friends.mei, error=edit_errors.PickOver(1, "closed"))
    deed = friends.ben.says("/order 1 2", in_=friends.group)
    await _refuses(friends, deed, person=friends.ben, error=errors.PickClosed(1))


async def test_after_the_deadline_nothing_is_taken_even_before_the_sweep(friends: Circle) -> None:
    card = await friends.offers(_PICK)
    await friends.house.passes(timedelta(hours=10))
    toast = await (await friends.ben.presses_data("o:1:1:1", on=card)).answered()

    assert toast.text == _sentence(friends.ben, errors.PickClosed(1))
    (variant,) = await friends.house.rows(Variant)
    assert variant.sold == 0


async def test_a_link_into_what_is_not_hers_is_refused(friends: Circle, subtests: pytest.Subtests) -> None:
    house = friends.house
    links: dict[str, errors.ShopError] = {
        "board_1": errors.NotACurator(),
        "board_999": errors.NotACurator(),
        "settings_1": errors.NotACurator(),
        "settings_999": errors.NotACurator(),
        "invite_999": errors.NotInGroup(),
        "chain_999": errors.NotInGroup(),
        "join_999_1": errors.NotInGroup(),
        "join_1_1": errors.NotInGroup(),
    }
    await friends.offers(_PICK)
    for member in (friends.ann, friends.ben, friends.lin):
        await member.starts(house.account)
    for payload, error in links.items():
        with subtests.test(payload):
            for member in (friends.ann, friends.ben, friends.lin):
                deed = member.starts(house.account, payload)
                await _refuses(friends, deed, person=member, error=error, chat_id=member.id)


async def test_a_link_with_nonsense_behind_it_opens_the_door_like_any_other(
    friends: Circle, subtests: pytest.Subtests
) -> None:
    house = friends.house
    (greeting,) = await house.hears(friends.ann.starts(house.account))
    for payload in ("abc", "join_", "join_x_y", "board_-1", f"board_{_FOREVER}", "join_1_1_1", "_", "1"):
        with subtests.test(payload):
            (answer,) = await house.hears(friends.ann.starts(house.account, payload))
            assert answer.text == greeting.text


async def test_a_link_that_brings_oneself_or_comes_from_a_stranger_names_nobody(friends: Circle) -> None:
    house = friends.house
    noor = house.tg.person("Noor")
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.get(1)
        group.username = "honey_friends"
        await uow.groups.save(group)
    for referrer in (noor.id, 999_999):
        (answer,) = await house.hears(noor.starts(house.account, f"join_1_{referrer}"))
        assert "Honey friends" in answer.text
    await noor.joins_directly(friends.group)
    await house.settles()
    assert (await house.dump())["referral"] == []


async def test_an_endless_text_in_private_is_answered_in_a_sentence(friends: Circle) -> None:
    house = friends.house
    await friends.lin.starts(house.account)
    (answer,) = await house.hears(friends.lin.says("🍯" * 4096, to=house.account))
    assert len(answer.text) < 200
