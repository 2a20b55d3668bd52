"""Joining, and who brought whom: by the surest sign, once and for all, without loops."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from bot.rules.referrals import Attribution
from bot.services.chains import read_chain
from bot.services.members import introduce, join_group, leave_group, open_private, set_role
from bot.services.referrals import keep_link
from bot.shop import Shop
from storage.models import Group
from storage.repositories.members import Seen
from storage.states import Presence, ReferralSource, Role
from tests.factories import make_group, make_person


async def enters(shop: Shop, group: Group, *people: Seen) -> None:
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())


async def join(
    shop: Shop,
    group: Group,
    person: Seen,
    *,
    link_url: str | None = None,
    added_by: Seen | None = None,
) -> Attribution | None:
    async with shop.writing() as uow:
        return await join_group(
            uow, group.id or 0, person, link_url=link_url, added_by=added_by, now=shop.now()
        )


async def link(shop: Shop, group: Group, person: Seen) -> str:
    await enters(shop, group, person)
    async with shop.writing() as uow:
        return await keep_link(
            uow,
            group_id=group.id or 0,
            person_id=person.id,
            url=f"https://t.me/+{group.id}x{person.id}",
            now=shop.now(),
        )


async def is_introduced(shop: Shop, group: Group, person: Seen, *, by: Seen, source: ReferralSource) -> bool:
    async with shop.writing() as uow:
        return await introduce(uow, group.id or 0, person, referrer_id=by.id, source=source, now=shop.now())


async def referrer(shop: Shop, group: Group, person: Seen) -> int | None:
    async with shop.reading() as uow:
        edge = await uow.referrals.find(group.id or 0, person.id)
    return edge.referrer_id if edge else None


async def a_chain(shop: Shop, group: Group, length: int) -> list[Seen]:
    """So many people, each brought by the one before."""
    people = [make_person(f"Person {number}") for number in range(length)]
    await enters(shop, group, people[0])
    for above, below in pairwise(people):
        await join(shop, group, below, added_by=above)
    return people


async def test_who_joins_by_a_members_link_was_brought_by_her(shop: Shop) -> None:
    group, ann, bob = await make_group(shop), make_person("Ann"), make_person("Bob")
    how = await join(shop, group, bob, link_url=await link(shop, group, ann))
    assert how == Attribution(referrer_id=ann.id, source=ReferralSource.INVITE_LINK)
    assert await referrer(shop, group, bob) == ann.id


@pytest.mark.parametrize(
    ("signs", "wins"),
    [
        ({"link": "Ann", "added": "Bob", "start": "Cem", "request": "Dora"}, "Ann"),
        ({"added": "Bob", "start": "Cem", "request": "Dora"}, "Bob"),
        ({"start": "Cem", "request": "Dora"}, "Cem"),
        ({"request": "Dora"}, "Dora"),
        ({}, None),
    ],
)
async def test_the_surest_sign_decides(shop: Shop, signs: Mapping[str, str], wins: str | None) -> None:
    group, newcomer = await make_group(shop), make_person("Newcomer")
    people = {name: make_person(name) for name in ("Ann", "Bob", "Cem", "Dora")}
    await enters(shop, group, *people.values())
    for sign, source in (("request", ReferralSource.JOIN_REQUEST), ("start", ReferralSource.START)):
        if sign in signs:
            assert await is_introduced(shop, group, newcomer, by=people[signs[sign]], source=source)
    await join(
        shop,
        group,
        newcomer,
        link_url=await link(shop, group, people[signs["link"]]) if "link" in signs else None,
        added_by=people[signs["added"]] if "added" in signs else None,
    )
    assert await referrer(shop, group, newcomer) == (people[wins].id if wins else None)


async def test_the_first_touch_is_permanent(shop: Shop) -> None:
    group, ann, bob, cem = await make_group(shop), make_person("Ann"), make_person("Bob"), make_person()
    await enters(shop, group, ann, bob)
    await join(shop, group, cem, added_by=ann)
    async with shop.writing() as uow:
        await leave_group(uow, group.id or 0, cem, now=shop.now())
    assert await join(shop, group, cem, link_url=await link(shop, group, bob)) is None
    assert await referrer(shop, group, cem) == ann.id


async def test_the_first_introduction_of_a_kind_stands(shop: Shop) -> None:
    group, ann, bob, cem = await make_group(shop), make_person("Ann"), make_person("Bob"), make_person()
    await enters(shop, group, ann, bob)
    for sender in (ann, bob):
        await is_introduced(shop, group, cem, by=sender, source=ReferralSource.START)
    await join(shop, group, cem)
    assert await referrer(shop, group, cem) == ann.id


async def test_a_chain_of_each_group_is_its_own(shop: Shop) -> None:
    honey, tea = await make_group(shop), await make_group(shop)
    ann, bob = make_person("Ann"), make_person("Bob")
    await enters(shop, honey, ann, bob)
    await enters(shop, tea, ann, bob)
    await join(shop, honey, bob, added_by=ann)
    await join(shop, tea, ann, added_by=bob)
    assert await referrer(shop, honey, bob) == ann.id
    assert await referrer(shop, honey, ann) is None
    assert await referrer(shop, tea, ann) == bob.id


async def test_a_link_of_another_group_says_nothing(shop: Shop) -> None:
    honey, tea = await make_group(shop), await make_group(shop)
    ann, bob = make_person("Ann"), make_person("Bob")
    assert await join(shop, honey, bob, link_url=await link(shop, tea, ann)) is None
    assert await join(shop, honey, make_person(), link_url="https://t.me/+unknown") is None


async def test_nobody_brings_herself(shop: Shop) -> None:
    group, ann = await make_group(shop), make_person("Ann")
    own = await link(shop, group, ann)
    assert await join(shop, group, ann, link_url=own) is None
    assert await join(shop, group, ann, added_by=ann) is None
    assert not await is_introduced(shop, group, ann, by=ann, source=ReferralSource.START)


async def test_a_stranger_introduces_nobody(shop: Shop) -> None:
    group, stranger = await make_group(shop), make_person("Stranger")
    assert not await is_introduced(shop, group, make_person(), by=stranger, source=ReferralSource.START)


@pytest.mark.parametrize("length", [2, 3, 40])
async def test_no_loop_closes_however_long_the_chain(shop: Shop, length: int) -> None:
    group = await make_group(shop)
    people = await a_chain(shop, group, length)
    root, leaf = people[0], people[-1]
    assert await join(shop, group, root, added_by=leaf) is None
    assert await join(shop, group, root, link_url=await link(shop, group, leaf)) is None
    assert await referrer(shop, group, root) is None
    async with shop.reading() as uow:
        chain = await read_chain(uow, group, leaf.id)
    assert [above.person_id for above in chain.upline] == [person.id for person in people[-2::-1]]


async def test_a_chain_shows_everybody_above_and_the_numbers_below(shop: Shop) -> None:
    group = await make_group(shop)
    root, middle, leaf = await a_chain(shop, group, 3)
    other = make_person("Other")
    await join(shop, group, other, added_by=middle)
    async with shop.reading() as uow:
        chain = await read_chain(uow, group, middle.id)
        whole = await read_chain(uow, group, root.id)
    assert chain.source is ReferralSource.ADDED
    assert [(above.person_id, above.level) for above in chain.upline] == [(root.id, 1)]
    assert (chain.levels, chain.direct) == ({1: 2}, [leaf.name, other.name])
    assert (whole.source, whole.upline, whole.levels) == (None, [], {1: 1, 2: 2})


async def test_a_member_has_one_link_for_good(shop: Shop) -> None:
    group, ann = await make_group(shop), make_person("Ann")
    first = await link(shop, group, ann)
    async with shop.writing() as uow:
        second = await keep_link(
            uow, group_id=group.id or 0, person_id=ann.id, url="https://t.me/+second", now=shop.now()
        )
    assert second == first


async def test_who_left_comes_back_as_a_plain_member(shop: Shop) -> None:
    group, ann = await make_group(shop), make_person("Ann")
    async with shop.writing() as uow:
        await set_role(uow, group.id or 0, ann, Role.CURATOR, now=shop.now())
        await leave_group(uow, group.id or 0, ann, now=shop.now())
        member = await uow.members.find_member(group.id or 0, ann.id)
    assert member is not None
    assert (member.presence, member.role, member.left_at) == (Presence.LEFT, Role.MEMBER, shop.now())
    await join(shop, group, ann)
    async with shop.reading() as uow:
        member = await uow.members.find_member(group.id or 0, ann.id)
    assert member is not None
    assert (member.presence, member.role, member.left_at) == (Presence.JOINED, Role.MEMBER, None)


async def test_a_person_is_kept_as_she_looks_now_but_for_the_language_she_chose(shop: Shop) -> None:
    ann = make_person("Ann", language="en")
    async with shop.writing() as uow:
        await open_private(uow, ann, now=shop.now())
    renamed = make_person("Anna", person_id=ann.id, username="anna", language="es")
    async with shop.writing() as uow:
        await uow.members.meet([renamed], now=shop.now())
    async with shop.reading() as uow:
        known = await uow.members.get(ann.id)
    assert (known.name, known.username, known.language) == ("Anna", "anna", "es")
    assert known.private_is_open
    async with shop.writing() as uow:
        await uow.members.choose_language(ann.id, "ru")
    async with shop.writing() as uow:
        await uow.members.meet([make_person("Anna", person_id=ann.id, language="en")], now=shop.now())
    async with shop.reading() as uow:
        known = await uow.members.get(ann.id)
    assert (known.username, known.language, known.language_is_chosen) == (None, "ru", True)
