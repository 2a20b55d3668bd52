"""Those who run the bot: who they are, what they look after, and that each act is asked for twice."""

from copy import deepcopy
from datetime import timedelta

from bot.i18n import Translator
from bot.jobs.dead_letters import DatabaseDeadLetters, retry_asked
from sandbox.people import Person, SeenMessage
from storage.models import Admin, AuditEntry, DeadLetter, OrderLine, OutboxEntry
from tests.factories import make_person
from tests.scenarios.house import Circle, House

REFUSED = "Only those who run the bot can do that."


def shown(friends: Circle, person: Person) -> SeenMessage:
    """The last thing that the bot has said to somebody in private."""
    return friends.house.posts_in(person.private(friends.house.account))[-1]


async def taps(friends: Circle, label: str, person: Person | None = None) -> str:
    """Mei, or somebody else, taps on what she was shown last; returns the toast."""
    person = person or friends.mei
    toast = await (await person.taps(label, on=shown(friends, person))).answered()
    await friends.house.settles()
    return toast.text


async def says(friends: Circle, person: Person, words: str) -> str:
    """Somebody writes to the bot in private; returns what it says to that."""
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return shown(friends, person).text


def mei_runs_the_bot(friends: Circle) -> None:
    friends.house.parts.shop.admin_ids = frozenset({friends.mei.id})


async def test_rights_are_given_in_two_steps_and_told_to_the_others(house: House, friends: Circle) -> None:
    mei, ann, ben = friends.mei, friends.ann, friends.ben
    for person in (ann, ben):
        await person.starts(house.account)
    assert await says(friends, mei, "/admin") == REFUSED
    mei_runs_the_bot(friends)
    await ben.says("/grant", reply_to=await ben.says("It is me", in_=friends.group))
    await house.settles()
    assert friends.posts[-1] == Translator("ru")(REFUSED)

    await mei.says("/grant", reply_to=await ann.says("Hello!", in_=friends.group))
    await house.settles()
    assert "Ann" in shown(friends, mei).text
    assert "No admin." in shown(friends, mei).text
    await taps(friends, "Make an admin")
    assert await house.rows(Admin) == [], "nothing yet: she was asked"
    assert "make others admins" in shown(friends, mei).text
    assert await taps(friends, "Yes, make an admin") == "Saved."
    assert "An admin since" in shown(friends, mei).text
    assert "You are an admin of this bot now" in shown(friends, ann).text

    assert "Groups: 1" in await says(friends, ann, "/admin")
    assert await taps(friends, "Who runs the bot", ann) == ""
    assert "Mei: by the settings of the bot" in shown(friends, ann).text
    assert "Ann: by Mei" in shown(friends, ann).text

    # Ann makes Ben one, and Mei hears of it; nobody takes away what the settings say.
    assert "I know nobody by" in await says(friends, ann, "/grant @nobody_here")
    assert "Whom do you mean?" in await says(friends, ann, "/grant")
    await says(friends, ann, f"/grant {ben.id}")
    await taps(friends, "Make an admin", ann)
    await taps(friends, "Yes, make an admin", ann)
    assert "Ann made Бен an admin" in shown(friends, mei).text
    assert "by the settings" in await says(friends, ann, "/revoke @MEI_TEA")
    forged = await ann.presses_data(f"ai:{mei.id}:revoke:1", on=shown(friends, ann))
    assert "VOUCH_ADMIN_IDS" in (await forged.answered()).text
    await says(friends, mei, f"/revoke {ann.id}")
    await taps(friends, "Take the rights back")
    await taps(friends, "Yes, take them back")
    assert [row.person_id for row in await house.rows(Admin)] == [ben.id]
    assert await says(friends, ann, "/admin") == REFUSED
    forged = await ann.presses_data("ll:1:discard:1", on=shown(friends, ann))
    assert (await forged.answered()).text == REFUSED
    acts = [entry.action for entry in await house.rows(AuditEntry)]
    assert acts == ["admin_granted", "admin_granted", "admin_revoked"]


async def test_what_failed_is_tried_again_or_given_up(house: House, friends: Circle) -> None:
    mei, ann = friends.mei, friends.ann
    await ann.starts(house.account)
    card = await friends.offers()
    await ann.says("+2", reply_to=card)
    await house.settles()
    mei_runs_the_bot(friends)

    # An order that could not be handled, and another that nobody will ever understand.
    shop = house.parts.shop
    ordered = next(
        update for update in reversed(house.updates) if update.get("message", {}).get("text") == "+2"
    )
    lost = deepcopy(ordered) | {"update_id": ordered["update_id"] + 10_000}
    lost["message"]["message_id"] += 10_000
    await DatabaseDeadLetters(shop).add(None, "rubbish", "ValueError: not an update")
    await DatabaseDeadLetters(shop).add(lost["update_id"], lost, "TimeoutError: the disk was full")
    assert "Updates that could not be handled: 2" in await says(friends, mei, "/admin")
    await taps(friends, "Updates put aside")
    rows = shown(friends, mei).buttons
    await taps(friends, rows[0][0])
    page = shown(friends, mei)
    assert "TimeoutError: the disk was full" in page.text
    assert str(ann.id) in page.text
    assert "+2" not in page.text, "what people write is nobody's business"
    await taps(friends, "Try it again")
    await taps(friends, "Yes, try it again")
    assert "It is being tried again." in shown(friends, mei).text
    assert await retry_asked(shop) == 1
    await house.settles()
    (line,) = await house.rows(OrderLine)
    assert line.quantity == 4
    (left,) = await house.rows(DeadLetter)
    await says(friends, mei, "/admin")
    await taps(friends, "Updates put aside")
    await taps(friends, shown(friends, mei).buttons[0][0])
    assert not any("Try it again" in row for row in shown(friends, mei).buttons)
    await taps(friends, "Discard it")
    assert await taps(friends, "Yes, discard it") == "Discarded."
    assert await house.rows(DeadLetter) == []
    assert left.update_id is None

    # A message that Telegram did not take.
    for reason in ("Bad Request: strange", "Bad Request: stranger"):
        house.world.faults.refuse(400, reason, times=1, method="sendMessage", chat_id=ann.id)
        await ann.says("/my", to=house.account)
        await house.settles()
    before = len(friends.private(ann))
    await says(friends, mei, "/admin")
    await taps(friends, "Not sent")
    assert "1 × Strange" in shown(friends, mei).text
    await taps(friends, "1 × Strange")
    await taps(friends, "Send them again")
    assert await taps(friends, "Yes, send them again") == "To be sent again: 1."
    assert len(friends.private(ann)) == before + 1
    await taps(friends, "1 × Stranger")
    await taps(friends, "Discard them")
    assert await taps(friends, "Yes, discard them") == "Discarded: 1."
    failed = [row.failure for row in await house.rows(OutboxEntry) if row.failed_at]
    assert failed == ["Message to react not found"], "Ann's copied order stands nowhere"
    assert len(friends.private(ann)) == before + 1

    # All of it is written down.
    await taps(friends, "‹ Overview")
    await taps(friends, "What was done")
    told = shown(friends, mei).text
    for act in (
        "the bot · Mei: had an update tried again",
        "Mei: discarded an update",
        "had messages sent again: 1, which failed with “Strange”",
        "Honey friends · Mei: posted #1",
    ):
        assert act in told
    await taps(friends, "‹ Overview")
    await taps(friends, "How the bot is")
    assert "All is well." in shown(friends, mei).text
    await says(friends, mei, "/admin honEY")
    await taps(friends, "Honey friends")
    assert "Orders so far: 1" in shown(friends, mei).text
    assert "Its owner: Mei" in shown(friends, mei).text
    await taps(friends, "What was done there")
    assert "Mei: posted #1" in shown(friends, mei).text
    assert "There is none." in await says(friends, mei, "/admin %")


async def test_nobody_has_links_made_without_end_and_strangers_none(house: House, friends: Circle) -> None:
    ann, thief = friends.ann, house.tg.person("Thief")
    for person in (ann, thief):
        await person.starts(house.account)
    await house.settles()
    shop = house.parts.shop
    others = [make_person(f"Member {n}") for n in range(30)]
    async with shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        await uow.members.meet(others, now=shop.now())
        for one in others:
            await uow.referrals.add_link(
                url=f"https://t.me/+{one.id}", group_id=group.id or 0, person_id=one.id, now=shop.now()
            )
    await ann.says("/invite", in_=friends.group)
    await house.settles()
    assert house.calls("createChatInviteLink") == []
    assert "Many invite links were made just now. Please try again in 1 minute." in friends.posts[-1]
    await house.passes(timedelta(minutes=1))
    await ann.says("/invite", in_=friends.group)
    await house.settles()
    assert len(house.calls("createChatInviteLink")) == 1

    # A private group's door is not for whoever puts together a link with a member's number.
    stranger = house.tg.person("Stranger")
    for sender in (thief, ann):
        await stranger.starts(house.account, payload=f"join_{group.id}_{sender.id}")
        await house.settles()
    for refused in house.posts_in(stranger.private(house.account))[-2:]:
        assert "https://t.me/+" not in str(refused.rows) + refused.text
        assert "Honey friends" not in refused.text
    assert len(house.calls("createChatInviteLink")) == 1
