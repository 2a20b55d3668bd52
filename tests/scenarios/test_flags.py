"""Something looks odd about rewards: the owner sees the evidence and decides; whom it concerns is told."""

from datetime import timedelta

from storage.models import AuditEntry, Flag
from storage.states import FlagKind, FlagOutcome
from tests.scenarios.house import Circle, House
from tests.scenarios.test_admins import mei_runs_the_bot, says, shown, taps


async def noticed(friends: Circle) -> None:
    """The bot has noticed that Ann and Ben buy on each other's word, and that Mei brought many at once."""
    shop = friends.house.parts.shop
    ann, ben, mei = friends.ann.id, friends.ben.id, friends.mei.id
    pair = {"people": sorted((ann, ben)), "orders": 6, "weight": 6}
    many = {"brought": 12, "minutes": 9, "ordered": 1, "left": 10, "weight": 12}
    async with shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        for person_id, other_id, kind, evidence in (
            (ann, ben, FlagKind.CLOSED_PAIR, pair),
            (ben, ann, FlagKind.CLOSED_PAIR, pair),
            (mei, None, FlagKind.BURST, many),
        ):
            await uow.flags.raise_flag(
                kind,
                group_id=group.id or 0,
                person_id=person_id,
                other_id=other_id,
                order_id=None,
                evidence=evidence,
                merge_key=f"{kind}:{person_id}",
                now=shop.now(),
            )


async def test_rewards_are_withheld_with_words_and_paid_again(house: House, friends: Circle) -> None:
    mei, ann, ben = friends.mei, friends.ann, friends.ben
    for person in (ann, ben):
        await person.starts(house.account)
        await house.settles()
    assert "Nothing about rewards waits" in await says(friends, mei, "/flags")
    await noticed(friends)
    assert "Only the owner of this group" in await says(friends, ann, "/flags")

    told = await says(friends, mei, "/flags")
    assert "order almost only on each other's word" in told
    assert "Mei brought 12 people within 9 min." in told
    (pair,) = [row[0] for row in shown(friends, mei).buttons if "a pair" in row[0]]
    await taps(friends, pair)
    page = shown(friends, mei)
    assert "Orders in question: 6." in page.text
    assert "or two good friends" in page.text
    forged = await ann.presses_data(next(iter(page.rows[0]))["callback_data"], on=shown(friends, ann))
    assert "Only the owner" in (await forged.answered()).text

    await taps(friends, "Withhold…")
    assert "What you decide counts for everybody who is in it." in shown(friends, mei).text
    assert "Please write why" in await says(friends, mei, "…")
    await house.passes(timedelta(hours=3))
    assert "rewards are withheld" not in await says(friends, mei, "Good evening!"), "meant for something else"
    assert {row.outcome for row in await house.rows(Flag)} == {None}
    await says(friends, mei, "/flags")
    await taps(friends, pair)
    await taps(friends, "Withhold…")
    assert "rewards are withheld" in await says(friends, mei, "You are <one> person.")
    assert "Your rewards in Honey friends are withheld: You are <one> person." in shown(friends, ann).text
    assert "You are <one> person." in shown(friends, ben).text
    assert not any("reward" in post for post in friends.posts), "money is nobody else's business"

    # It can be lifted, from the list of what stands.
    await taps(friends, "‹ All of them")
    await taps(friends, "Watched and withheld ›")
    await taps(friends, next(row[0] for row in shown(friends, mei).buttons if "a pair" in row[0]))
    await taps(friends, "Lift it: nothing in it")
    assert await taps(friends, "Yes, nothing in it") == "Done: rewards are paid as usual."
    assert "no longer withheld" in shown(friends, ann).text
    outcomes = {row.person_id: row.outcome for row in await house.rows(Flag)}
    assert outcomes == {ann.id: FlagOutcome.FINE, ben.id: FlagOutcome.FINE, mei.id: None}

    # Mei decides nothing about herself, even where she runs the bot; Lin, another admin, does.
    mei_runs_the_bot(friends)
    await says(friends, mei, "/flags")
    await taps(friends, next(row[0] for row in shown(friends, mei).buttons if "many at once" in row[0]))
    assert "1 have ordered something and 10 have left" in shown(friends, mei).text
    await taps(friends, "Keep an eye on it")
    assert "about your own rewards" in await taps(friends, "Yes, keep an eye on it")
    lin = friends.lin
    house.parts.shop.admin_ids = frozenset({lin.id})
    await lin.starts(house.account)
    await says(friends, lin, "/language")
    await taps(friends, "English", lin)
    await says(friends, lin, "/flags")
    await taps(friends, next(row[0] for row in shown(friends, lin).buttons if "many at once" in row[0]), lin)
    await taps(friends, "Nothing in it", lin)
    # Somebody decides before she is sure.
    before = shown(friends, lin)
    async with house.parts.shop.writing() as uow:
        flag = await uow.flags.get(
            next(row.id or 0 for row in await house.rows(Flag) if row.person_id == mei.id)
        )
        flag.outcome, flag.settled_at, flag.settled_by_id = FlagOutcome.WATCH, house.now, ann.id
        await uow.flags.save(flag)
    toast = await (await lin.taps("Yes, nothing in it", on=before)).answered()
    assert toast.text == "Somebody else has decided this meanwhile."
    await house.settles()
    assert "it is watched" in shown(friends, lin).text
    await says(friends, mei, "/audit")
    told = shown(friends, mei).text
    assert "withheld the rewards of Ann: You are <one> person." in told
    assert "found nothing against paying Ann rewards" in told
    assert len([row for row in await house.rows(AuditEntry) if row.action == "flag_settled"]) == 4
