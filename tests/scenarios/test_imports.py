"""Curators send price lists in private: previews, faults, the confirming tap, and all that comes between."""

import csv
import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook, load_workbook

from bot.rules.price_list import read_price_list
from bot.rules.workbooks import read_workbook
from sandbox.people import SeenMessage
from storage.models import AuditEntry, Draft, Offer, OutboxEntry
from tests.scenarios.house import EXPECTED_SECONDS, Circle

LIST = """code;title;price;stock;photo
H-1;Yunnan honey;12,90;20 jars;a.jpg
T-1;Tea;4;;
S-1;Wool socks;3,50;5;
"""
MENDED = LIST.replace("12,90", "11,90") + "C-1;Cake;7;;\n"
FAULTY = LIST + "X-1;;cheap;lots;\n"


async def offered(friends: Circle) -> dict[str, int]:
    """What the catalogues hold, by title."""
    return {
        row.title: row.price_amount for row in await friends.house.rows(Offer) if row.group_id is not None
    }


async def sends(
    friends: Circle, content: str | bytes, *, name: str = "prices.csv", caption: str = ""
) -> SeenMessage:
    """Mei sends a file in private; what the bot shows to it comes back."""
    house, mei = friends.house, friends.mei
    await house.settles()
    before = len(house.posts_in(mei.private(house.account)))
    content = content.encode() if isinstance(content, str) else content
    await mei.sends_document(content, name=name, caption=caption, to=house.account)
    await house.settles()
    return house.posts_in(mei.private(house.account))[before]


async def taps(friends: Circle, words: str, on: SeenMessage) -> str:
    """Mei taps a button; the answer comes back, once all is quiet."""
    answer = await (await friends.mei.taps(words, on=on)).answered()
    await friends.house.settles()
    return answer.text


def files(friends: Circle) -> Sequence[SeenMessage]:
    """The files that Mei got."""
    posts = friends.house.posts_in(friends.mei.private(friends.house.account))
    return [post for post in posts if post.document is not None]


async def test_a_price_list_is_previewed_and_imported_by_a_tap(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await mei.says("/import", to=house.account)
    asked = await mei.private(house.account).until_message(containing="A price list for Honey friends")
    await house.settles()
    assert asked.buttons == [["Send me a template"], ["Not now"]]
    shown = await sends(friends, LIST)
    for words in (
        "prices.csv",
        "Honey friends",
        "New: 3, changed: 0",
        "photo",
        "H-1 · Yunnan honey · €12.90 · 20 jars",
    ):
        assert words in shown.text
    assert shown.buttons == [["Import"], ["Not now"]]
    assert await offered(friends) == {}, "nothing before the tap"
    assert await taps(friends, "Import", shown) == "Imported."
    assert "is in the catalogue of Honey friends" in shown.text
    assert await offered(friends) == {"Yunnan honey": 1290, "Tea": 400, "Wool socks": 350}
    acts = [(act.action, act.person_id) for act in await house.rows(AuditEntry)]
    assert acts.count(("offers_imported", mei.id)) == 1


async def test_a_second_tap_changes_nothing(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    data = shown.rows[0][0]["callback_data"]
    await taps(friends, "Import", shown)
    before = await friends.house.dump()
    late = await (await friends.mei.presses_data(data, on=shown)).answered()
    assert late.text == "That is imported already."
    await friends.house.settles()
    assert await friends.house.dump() == before


async def test_two_taps_at_once_import_once(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    data = shown.rows[0][0]["callback_data"]
    first = await friends.mei.presses_data(data, on=shown)
    second = await friends.mei.presses_data(data, on=shown)
    await first.answered()
    await second.answered()
    await friends.house.settles()
    assert len(await offered(friends)) == 3
    assert [act.action for act in await friends.house.rows(AuditEntry)].count("offers_imported") == 1


async def test_a_spreadsheet_that_comes_by_itself_is_taken(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    assert "New: 3" in shown.text
    by_caption = await sends(friends, LIST, caption="/import", name="prices.txt")
    assert "New: 3" in by_caption.text


async def test_whoever_leads_several_groups_is_asked_which_one_it_is_for(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    other = house.tg.group("Tea friends", owner=mei, members=[friends.ann])
    await mei.adds_bot(house.account, other, admin=True)
    asked = await sends(friends, LIST)
    assert "Which group is the price list prices.csv for?" in asked.text
    assert asked.buttons == [["Honey friends"], ["Tea friends"], ["Not now"]]
    await taps(friends, "Tea", asked)
    assert "<b>" not in asked.text
    assert "prices.csv for Tea friends" in asked.text
    await taps(friends, "Import", asked)
    assert "is in the catalogue of Tea friends" in asked.text
    assert len(await offered(friends)) == 3


async def test_a_group_may_be_chosen_before_the_file_comes(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    other = house.tg.group("Tea friends", owner=mei, members=[friends.ann])
    await mei.adds_bot(house.account, other, admin=True)
    await house.settles()
    await mei.says("/import", to=house.account)
    asked = await mei.private(house.account).until_message(containing="Which group is the price list for?")
    await house.settles()
    await taps(friends, "Tea", asked)
    assert "A price list for Tea friends" in asked.text
    shown = await sends(friends, LIST)
    assert "prices.csv for Tea friends" in shown.text


async def test_the_same_list_again_doubles_nothing(friends: Circle) -> None:
    await taps(friends, "Import", await sends(friends, LIST))
    again = await sends(friends, LIST)
    assert "New: 0, changed: 0, unchanged: 3" in again.text
    assert again.buttons == [["Not now"]], "there is nothing to be done"
    mended = await sends(friends, MENDED)
    assert "New: 1, changed: 1, unchanged: 2" in mended.text
    await taps(friends, "Import", mended)
    assert await offered(friends) == {"Yunnan honey": 1190, "Tea": 400, "Wool socks": 350, "Cake": 700}


async def test_faults_are_told_by_row_and_column_and_the_good_rows_are_a_choice(friends: Circle) -> None:
    shown = await sends(friends, FAULTY)
    for words in (
        "1 row has errors",
        "Row 5, title: this must not be empty",
        "Row 5, price: I read “cheap”",
        "lots",
    ):
        assert words in shown.text
    assert shown.buttons == [["Import the good rows"], ["Not now"]]
    (told,) = files(friends)
    assert told.document is not None
    rows = list(csv.reader(io.StringIO(told.document.decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["Row", "Column", "Read"],
        ["5", "title", ""],
        ["5", "price", "cheap"],
        ["5", "stock", "lots"],
    ]
    draft_id = (await friends.house.rows(Draft))[-1].id
    forged = await (await friends.mei.presses_data(f"im:{draft_id}:all", on=shown)).answered()
    assert forged.alert
    assert await offered(friends) == {}, "nothing is imported half unless that is wanted"
    await taps(friends, "good rows", shown)
    assert "1 row with errors was left out" in shown.text
    assert len(await offered(friends)) == 3


async def test_five_thousand_rows_with_forty_faults(friends: Circle) -> None:
    rows = [f"N-{n};Offer {n};{'free' if n % 125 == 0 else n};{n}" for n in range(1, 5001)]
    shown = await sends(friends, "\n".join(["code;title;price;stock", *rows]))
    assert "Good rows: 4,960. New: 4,960" in shown.text
    assert "40 rows have errors" in shown.text
    assert shown.text.count("Row ") == 20
    assert "And 20 more" in shown.text
    (told,) = files(friends)
    assert told.document is not None
    assert len(told.document.decode("utf-8-sig").splitlines()) == 41
    posts = len(friends.house.posts_in(friends.mei.private(friends.house.account)))
    await friends.mei.taps("good rows", on=shown)
    house = friends.house
    await house.world.until(lambda: "is in the catalogue" in shown.text, EXPECTED_SECONDS, "the import")
    await house.settles()
    assert len(await offered(friends)) == 4960
    assert len(friends.house.posts_in(friends.mei.private(friends.house.account))) == posts, (
        "one message, edited"
    )
    await friends.mei.says("/offers Offer 4999", to=friends.house.account)
    await friends.mei.private(friends.house.account).until_message(
        containing="1 offer has “Offer 4999” in it"
    )


async def test_a_restart_between_preview_and_tap_loses_nothing(friends: Circle) -> None:
    house = friends.house
    shown = await sends(friends, LIST)
    await house.stops()
    await house.starts()
    await taps(friends, "Import", shown)
    assert len(await offered(friends)) == 3


async def test_a_role_that_was_lost_meanwhile_imports_nothing(friends: Circle) -> None:
    house, ben = friends.house, friends.ben
    await friends.mei.promotes(ben, friends.group)
    await ben.starts(house.account)
    await house.settles()
    await ben.sends_document(LIST.encode(), name="prices.csv", to=house.account)
    shown = await ben.private(house.account).until_message(containing="prices.csv")
    await house.settles()
    await friends.mei.demotes(ben, friends.group)
    await house.settles()
    refused = await (await ben.presses_data(shown.rows[0][0]["callback_data"], on=shown)).answered()
    assert refused.alert
    assert await offered(friends) == {}


async def test_somebody_else_cannot_use_the_button(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    await friends.ann.starts(friends.house.account)
    await friends.house.settles()
    refused = await (
        await friends.ann.presses_data(
            shown.rows[0][0]["callback_data"],
            on=friends.house.posts_in(friends.ann.private(friends.house.account))[-1],
        )
    ).answered()
    assert refused.alert
    assert await offered(friends) == {}


async def test_a_member_s_spreadsheet_is_no_price_list(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await ann.starts(house.account)
    await house.settles()
    (heard,) = await house.hears(ann.sends_document(LIST.encode(), name="prices.csv", to=house.account))
    assert "did not understand" in heard.text
    assert await house.rows(Draft) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("prices.xlsx", b"PK\x03\x04 but not for long", "damaged"),
        (
            "prices.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "neither an XLSX workbook nor a CSV",
        ),
        (
            "prices.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        ("prices.csv", b"title;amount due\nHoney;5\n", "no column for: price"),
        ("prices.csv", b"title;price\n", "nothing beneath them"),
        ("prices.csv", b'title;price\n"Honey;5\n', "From row 2 on, a quotation mark"),
        ("prices.csv", b"x" * (10 * 1024 * 1024 + 1), "too large"),
    ],
    ids=["broken", "old", "protected", "no price", "empty", "open mark", "too large"],
)
async def test_a_file_that_cannot_be_read_is_told_in_one_sentence_and_may_come_again(
    friends: Circle, name: str, content: bytes, reason: str
) -> None:
    shown = await sends(friends, content, name=name)
    assert reason in shown.text
    assert "Send the file again" in shown.text
    mended = await sends(friends, LIST)
    assert "New: 3" in mended.text
    (draft,) = await friends.house.rows(Draft)
    assert draft.content["state"] == "ready"


async def test_a_file_that_telegram_does_not_give_out_at_the_tap_can_be_tried_again(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    friends.house.world.faults.refuse(400, "Bad Request: wrong file_id", times=1, method="getFile")
    assert "Telegram does not give me that file" in await taps(friends, "Import", shown)
    assert await offered(friends) == {}
    await taps(friends, "Import", shown)
    assert len(await offered(friends)) == 3


async def test_a_stumbling_telegram_is_asked_for_the_file_again(friends: Circle) -> None:
    friends.house.world.faults.refuse(502, "Bad Gateway", times=2, method="getFile")
    shown = await sends(friends, LIST)
    assert "New: 3" in shown.text


async def test_the_template_comes_in_the_curators_language_and_can_be_imported(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await mei.says("/import", to=house.account)
    asked = await mei.private(house.account).until_message(containing="A price list")
    await house.settles()
    await taps(friends, "template", asked)
    (file,) = files(friends)
    assert file.document is not None
    assert file.file_name == "price-list.xlsx"
    assert load_workbook(io.BytesIO(file.document)).active is not None
    assert len(read_price_list(read_workbook(file.document).rows, currency="EUR").offers) == 2
    shown = await sends(friends, file.document, name="price-list.xlsx")
    assert "New: 2" in shown.text


async def test_a_workbook_is_imported(friends: Circle) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Название", "Цена", "Остаток"], ["Мёд", 12.9, 20], ["Чай", 4, None]):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    shown = await sends(friends, written.getvalue(), name="цены.xlsx")
    await taps(friends, "Import", shown)
    assert await offered(friends) == {"Мёд": 1290, "Чай": 400}


async def test_not_now_puts_the_list_aside(friends: Circle) -> None:
    shown = await sends(friends, LIST)
    data = shown.rows[0][0]["callback_data"]
    await taps(friends, "Not now", shown)
    assert shown.text == "All right, nothing was imported."
    late = await (await friends.mei.presses_data(data, on=shown)).answered()
    assert late.alert
    assert await offered(friends) == {}


async def test_a_preview_that_was_deleted_comes_again_with_the_result(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    asked = await sends(friends, LIST)
    data = asked.rows[0][0]["callback_data"]
    await mei.deletes(asked)
    (draft,) = await house.rows(Draft)
    other = await sends(friends, LIST)
    await (await mei.presses_data(data, on=other)).answered()
    await mei.private(house.account).until_message(containing="is in the catalogue")
    await house.settles()
    assert len(await offered(friends)) == 3
    assert draft.content["state"] == "ready"


# The catalogue


async def test_the_catalogue_is_searched_opened_and_made_a_pick_of(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await taps(friends, "Import", await sends(friends, LIST))
    await mei.says("/offers honey", to=house.account)
    page = await mei.private(house.account).until_message(containing="1 offer has “honey” in it")
    await house.settles()
    await taps(friends, "Yunnan", page)
    for words in ("Yunnan honey", "Code: H-1", "Price: €12.90", "Stock: 20 jars"):
        assert words in page.text
    assert page.buttons == [["Make a pick of it"], ["Archive it"], ["‹ Back"]]
    assert await taps(friends, "Make a pick", page) == "The draft is below."
    drafts = [draft for draft in await house.rows(Draft) if draft.step != "import"]
    assert [draft.content["code"] for draft in drafts] == ["H-1"]
    await taps(friends, "Archive", page)
    assert page.buttons[1] == ["Bring it back"]
    await mei.says("/offers", to=house.account)
    left = await mei.private(house.account).until_message(containing="2 offers")
    await house.settles()
    assert [row[0].split(" ·")[0] for row in left.buttons] == ["Tea", "Wool socks"]
    await taps(friends, "Bring it back", page)
    await taps(friends, "Back", page)
    assert "3 offers" in page.text


async def test_the_catalogue_is_turned_page_by_page(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    rows = "\n".join(f"Offer {n:02};{n}" for n in range(1, 26))
    shown = await sends(friends, f"title;price\n{rows}\n")
    await taps(friends, "Import", shown)
    await taps(friends, "Open the catalogue", shown)
    assert shown.buttons[-1] == ["‹", "1/3", "›"]
    await taps(friends, "›", shown)
    assert shown.buttons[0] == ["Offer 11 · €11.00"]
    await taps(friends, "›", shown)
    assert len(shown.buttons) == 6
    await taps(friends, "Offer 21", shown)
    await taps(friends, "Back", shown)
    assert shown.buttons[-1] == ["‹", "3/3", "›"]
    await mei.says("/offers nothing", to=house.account)
    await mei.private(house.account).until_message(containing="Nothing has “nothing”")


async def test_a_catalogue_is_nobody_else_s_business(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await taps(friends, "Import", await sends(friends, LIST))
    (first, *_) = [row for row in await house.rows(Offer) if row.group_id is not None]
    await ann.starts(house.account)
    await house.settles()
    hello = house.posts_in(ann.private(house.account))[-1]
    for data in (
        f"of:{first.group_id}:0:",
        f"oo:{first.id}:0:",
        f"od:{first.id}:pick",
        f"od:{first.id}:archive",
    ):
        answer = await (await ann.presses_data(data, on=hello)).answered()
        assert answer.alert, data
    (heard,) = await house.hears(ann.says("/offers", to=house.account))
    assert "You lead no group" in heard.text
    (heard,) = await house.hears(friends.mei.says("/offers", in_=friends.group))
    assert "in our private chat" in heard.text


async def test_nothing_of_an_import_is_left_undelivered(friends: Circle) -> None:
    await taps(friends, "good rows", await sends(friends, FAULTY))
    assert await friends.house.rows(OutboxEntry) == []


async def test_the_bot_goes_on_answering_while_it_reads_a_large_workbook(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    card = await friends.offers()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["code", "title", "price", "stock", "tiers"])
    for number in range(1, 9001):
        sheet.append([f"N-{number}", f"Offer {number}", number + 0.9, number + 100, "50: 0.80"])
    written = io.BytesIO()
    book.save(written)
    await mei.sends_document(written.getvalue(), name="large.xlsx", to=house.account)
    shown = await mei.private(house.account).until_message(containing="Reading large.xlsx")
    await (await friends.ann.taps("Order", on=card)).answered()
    assert shown.text.startswith("Reading large.xlsx"), "she did not wait for it"
    await house.world.until(lambda: "New: 9,000" in shown.text, EXPECTED_SECONDS, "the preview")
