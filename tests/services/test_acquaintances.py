"""Who got it before: verified buyers, and those whom somebody knows, if they agreed to be counted."""

from collections.abc import Sequence

from bot.rules.acquaintances import Proof
from bot.services.acquaintances import may_be_counted, proof_for
from bot.services.notices import show_purchases
from bot.services.picks import repost_pick
from bot.shop import Shop
from storage.models import Order, Review
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_twin
from tests.services.rewards import gets, joins
from tests.services.rows import rows_of


async def buys(shop: Shop, posted: PostedPick, people: Sequence[Seen]) -> None:
    """They order it and, when the pick is over, get it."""
    for person in people:
        await make_order(shop, pick=posted, person=person)
    who = {person.id for person in people}
    orders = [order for order in await rows_of(shop, Order) if order.pick_id == posted.id]
    await gets(shop, posted, *(order.id or 0 for order in orders if order.person_id in who))


async def agree(shop: Shop, *people: Seen, shows: bool = True) -> None:
    async with shop.writing() as uow:
        for person in people:
            await show_purchases(uow, person.id, shows=shows)


async def would_again(shop: Shop, posted: PostedPick, *people: Seen, would: bool = True) -> None:
    orders = {order.person_id: order for order in await rows_of(shop, Order) if order.pick_id == posted.id}
    async with shop.writing() as uow:
        for person in people:
            review = Review(
                order_id=orders[person.id].id or 0,
                variant_id=posted.variants[0].id or 0,
                pick_id=posted.id,
                origin_id=posted.offer.first_round_id,
                group_id=posted.pick.group_id,
                person_id=person.id,
                stars=5,
                would_again=would,
                created_at=shop.now(),
            )
            await uow.reviews.save(review)


async def sees(shop: Shop, posted: PostedPick, person: Seen) -> Proof:
    async with shop.reading() as uow:
        return await proof_for(uow, person.id, posted.pick.group_id, posted.offer)


async def test_people_one_knows_are_counted_if_they_agreed_and_got_it(shop: Shop) -> None:
    group = await make_group(shop)
    vera, brought_her, brought_by_her, left, shy, stranger, waits = (
        make_person(name) for name in ("Vera", "Ann", "Bea", "Cat", "Dee", "Eve", "Fay")
    )
    await joins(shop, group, brought_her)
    await joins(shop, group, vera, by=brought_her)
    await joins(shop, group, brought_by_her, by=vera)
    answered = [make_person("Gil"), make_person("Hal")]
    for person in (left, shy, stranger, waits, *answered):
        await joins(shop, group, person)
    known = [left, shy, waits, *answered]
    async with shop.writing() as uow:
        replies = [(group.id or 0, vera.id, person.id) for person in known]
        # That somebody answers her does not mean that she knows her.
        await uow.acquaintances.count_replies(
            [*replies, (group.id or 0, stranger.id, vera.id)], now=shop.now()
        )
    honey = await make_pick(shop, group=group)
    buyers = [brought_her, brought_by_her, left, shy, stranger, *answered]
    await make_order(shop, pick=honey, person=waits)
    await agree(shop, brought_her, brought_by_her, left, stranger, waits, *answered)
    await buys(shop, honey, buyers)
    assert await sees(shop, honey, vera) == Proof(known_bought=5, known_again=0, here=7)

    async with shop.writing() as uow:
        await uow.members.leave(group.id or 0, left.id, now=shop.now())
    await would_again(shop, honey, brought_her, answered[0], shy, stranger)
    assert await sees(shop, honey, vera) == Proof(known_bought=4, known_again=2, here=7)

    async with shop.writing() as uow:
        again = await repost_pick(uow, honey.id, closes_at=None, by_id=MEI_ID, now=shop.now())
        second = await uow.picks.get(again.id or 0)
    await buys(shop, second, [brought_her])
    await would_again(shop, second, brought_her, would=False)
    assert (await sees(shop, honey, vera)).known_again == 0, "what she said last counts, and one is too few"

    await agree(shop, answered[0], answered[1], shows=False)
    assert await sees(shop, honey, vera) == Proof(here=7), "of two, somebody would know who they are"
    assert await sees(shop, honey, stranger) == Proof(here=7)


async def test_all_rounds_and_groups_of_an_offer_count_each_person_once(shop: Shop) -> None:
    group = await make_group(shop)
    ann, bea, cat = (make_person(name) for name in ("Ann", "Bea", "Cat"))
    first = await make_pick(shop, group=group)
    twin = await make_twin(shop, first)
    await buys(shop, first, [ann, bea])
    await buys(shop, twin, [ann, cat])
    async with shop.writing() as uow:
        again = await repost_pick(uow, first.id, closes_at=None, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        second = await uow.picks.get(again.id or 0)
    await buys(shop, second, [ann])

    for posted in (first, second):
        assert await sees(shop, posted, cat) == Proof(here=2, elsewhere=2)
    async with shop.reading() as uow:
        assert await may_be_counted(uow, ann.id, group.id or 0, second.offer) is False
        assert await may_be_counted(uow, cat.id, group.id or 0, second.offer) is None
    await agree(shop, ann)
    async with shop.reading() as uow:
        assert await may_be_counted(uow, ann.id, group.id or 0, second.offer) is True
