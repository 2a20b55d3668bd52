"""What tests start from: people, groups, picks and orders, each with sensible defaults."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

from sqlalchemy import insert, select, update

from bot.posting import Place, Posting, share_offer
from bot.rules.orders import Ask
from bot.services.groups import Leader, SeenChat, name_leaders, welcome_group
from bot.services.orders.requests import OrderPlaced, OrderRequest
from bot.services.picks import NewPick, NewVariant, post_pick
from bot.shop import Shop
from storage.models import Carrying, Group, Listing, Pick
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import Role
from storage.tables import table

MEI_ID = 7_000_000_001
"""The owner where a test names none; like many ids of Telegram it does not fit into 32 bits."""

_ids = count(8_000_000_000)
_updates = count(1)
_messages = count(5_000)


def next_update() -> int:
    """The id of an update that was not seen before."""
    return next(_updates)


def next_message() -> int:
    """The id of a message that was not sent before."""
    return next(_messages)


def make_person(
    name: str = "Ann", *, person_id: int | None = None, username: str | None = None, language: str = "en"
) -> Seen:
    """Somebody, as an update would show her; nothing is stored."""
    return Seen(
        id=next(_ids) if person_id is None else person_id, name=name, username=username, language=language
    )


async def make_group(
    shop: Shop,
    *,
    chat_id: int | None = None,
    title: str = "Honey friends",
    username: str | None = None,
    owner: Seen | None = None,
    curators: Sequence[Seen] = (),
    language: str = "en",
    currency: str = "EUR",
    time_zone: str = "Europe/Berlin",
    is_forum: bool = False,
    bot_is_admin: bool = True,
    reads_plain_orders: bool = False,
) -> Group:
    """A group that the bot serves, with its owner."""
    owner = owner or make_person("Mei", person_id=MEI_ID)
    chat = SeenChat(
        id=chat_id or -1_000_000_000_000 - next(_ids), title=title, username=username, is_forum=is_forum
    )
    leaders = [Leader(person=owner, role=Role.OWNER)]
    leaders += [Leader(person=curator, role=Role.CURATOR) for curator in curators]
    async with shop.writing() as uow:
        group, _ = await welcome_group(
            uow, chat, language=language, bot_is_admin=bot_is_admin, now=shop.now()
        )
        group.currency, group.time_zone = currency, time_zone
        group.reads_plain_orders = reads_plain_orders
        await uow.groups.save(group)
        await name_leaders(uow, group, leaders, now=shop.now())
    return group


async def make_pick(
    shop: Shop,
    *,
    group: Group | None = None,
    title: str = "Yunnan honey",
    words: str = "",
    price_amount: int = 1290,
    unit: str = "jars",
    stock: int | None = 20,
    variants: Mapping[str, int | None] | None = None,
    lasts: timedelta = timedelta(hours=8),
    curator_id: int | None = MEI_ID,
    photo_id: str | None = None,
    topic_id: int | None = None,
    message_id: int | None = None,
    team_price_amount: int | None = None,
    team_size: int | None = None,
    team_hours: int | None = None,
    tiers: Mapping[int, int] | None = None,
    minimum_quantity: int | None = None,
    limit_per_person: int | None = None,
    category: str | None = None,
) -> PostedPick:
    """A live pick: one nameless variant, or variants by name; with a message its card is posted."""
    group = group or await make_group(shop)
    kinds = {"": stock} if variants is None else variants
    new = NewPick(
        title=title,
        words=words,
        price_amount=price_amount,
        currency=group.currency,
        unit=unit,
        variants=[NewVariant(name=name, stock=left) for name, left in kinds.items()],
        closes_at=shop.now() + lasts,
        curator_id=curator_id,
        photo_id=photo_id,
        topic_id=topic_id,
        team_price_amount=team_price_amount,
        team_size=team_size,
        team_hours=team_hours,
        tiers=tiers or {},
        minimum_quantity=minimum_quantity,
        limit_per_person=limit_per_person,
        category=category,
    )
    async with shop.writing() as uow:
        pick = await post_pick(uow, group, new, now=shop.now())
        assert pick.id is not None
        if message_id is not None:
            await uow.picks.set_message(pick.id, message_id)
    async with shop.reading() as uow:
        return await uow.picks.get(pick.id)


async def make_twin(
    shop: Shop, posted: PostedPick, *, group: Group | None = None, lasts: timedelta = timedelta(hours=8)
) -> PostedPick:
    """The same offer in another group, with which it shares stock and tiers."""
    group = group or await make_group(shop, title="Tea friends")
    posting = Posting(curator_id=posted.pick.curator_id, closes_at=shop.now() + lasts)
    async with shop.writing() as uow:
        [pick] = await share_offer(uow, posted.pick.offer_id, [Place(group=group)], posting, now=shop.now())
        assert pick.id is not None
    async with shop.reading() as uow:
        return await uow.picks.get(pick.id)


async def make_carrying(
    shop: Shop,
    supplied: PostedPick,
    *,
    group: Group | None = None,
    share_bps: int = 800,
    pieces_limit: int | None = None,
) -> PostedPick:
    """The pick of another group that sells what this pick's group supplies, and keeps a share of it."""
    carried = await make_twin(shop, supplied, group=group)
    async with shop.database.write.begin() as connection:
        listed = (
            await connection.execute(
                select(table(Listing).c.id).where(table(Listing).c.pick_id == supplied.id)
            )
        ).scalar()
        if listed is None:
            listing = insert(table(Listing)).values(
                pick_id=supplied.id,
                offer_id=supplied.pick.offer_id,
                group_id=supplied.pick.group_id,
                opened_by_id=supplied.pick.curator_id,
                share_bps=share_bps,
                opens_at=shop.now(),
                pieces_limit=pieces_limit,
                created_at=shop.now(),
            )
            listed = (await connection.execute(listing.returning(table(Listing).c.id))).scalar_one()
        await connection.execute(
            insert(table(Carrying)).values(
                pick_id=carried.id,
                listing_id=listed,
                group_id=carried.pick.group_id,
                supplier_id=supplied.pick.group_id,
                begun_by_id=carried.pick.curator_id,
                begun_at=shop.now(),
                share_bps=share_bps,
            )
        )
        await connection.execute(
            update(table(Pick))
            .where(table(Pick).c.id == carried.id)
            .values(is_carried=True, quantity_limit=pieces_limit)
        )
    async with shop.reading() as uow:
        return await uow.picks.get(carried.id)


def make_request(
    posted: PostedPick,
    ask: Ask,
    *,
    person: Seen | None = None,
    update_id: int | None = None,
    chat_id: int | None = None,
    message_id: int | None = None,
    is_edit: bool = False,
) -> OrderRequest:
    """Somebody's ask on a pick: a tap, or with a message something written."""
    return OrderRequest(
        update_id=next_update() if update_id is None else update_id,
        person=person or make_person(),
        chat_id=posted.group.chat_id if chat_id is None else chat_id,
        pick_id=posted.id,
        ask=ask,
        message_id=message_id,
        is_edit=is_edit,
    )


async def make_order(
    shop: Shop,
    *,
    pick: PostedPick | None = None,
    person: Seen | None = None,
    quantity: int = 1,
    variant: str | None = None,
    message_id: int | None = None,
) -> OrderPlaced:
    """An order of so many more; a pick with several variants needs the name of one."""
    pick = pick or await make_pick(shop)
    named = next((kind.id for kind in pick.variants if kind.name == variant), None)
    ask = Ask(action="change", items=((named, quantity),))
    return await shop.orders.submit(make_request(pick, ask, person=person, message_id=message_id))
