"""Price lists go into a catalogue whole, come again without doubling, and leave what a pick posts alone."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.errors import ButtonOutdated
from bot.posting import Place, Posting, share_offer
from bot.rules.price_files import read_text
from bot.rules.price_list import Plan, PriceList, read_price_list
from bot.services.imports import import_list
from bot.services.offers import archive_offer, catalogue_offer, restore_offer
from bot.services.picks import post_offer
from bot.shop import Shop
from storage.models import Group
from storage.repositories.offers import LineOffer, PastPick
from tests.factories import MEI_ID, make_group

HEADINGS = "code|title|price|stock|tiers|sizes"


def price_list(*rows: str, headings: str = HEADINGS) -> PriceList:
    return read_price_list([line.split("|") for line in (headings, *rows)], currency="EUR")


async def imports(shop: Shop, group: Group, listed: PriceList, *, good_rows_only: bool = False) -> Plan:
    assert group.id is not None
    async with shop.writing() as uow:
        return await import_list(
            uow, group.id, listed, by_id=MEI_ID, good_rows_only=good_rows_only, now=shop.now()
        )


async def search(shop: Shop, group: Group, words: str = "") -> list[str]:
    return [offer.title for offer in await offers(shop, group, words)]


async def offers(shop: Shop, group: Group, words: str = "") -> Sequence[LineOffer]:
    assert group.id is not None
    async with shop.reading() as uow:
        return (await uow.offers.search(group.id, words, limit=1000)).offers


async def test_a_list_fills_a_catalogue(shop: Shop) -> None:
    group = await make_group(shop)
    listed = price_list("A-1|Honey|12.90|20|10: 11.90|", "A-2|Socks|3.50|||S 5, M", "|Tea|4|||")
    planned = await imports(shop, group, listed)
    assert (len(planned.new), len(planned.changed), planned.unchanged) == (3, 0, 0)
    assert await search(shop, group) == ["Honey", "Socks", "Tea"]
    honey, socks, _ = await offers(shop, group)
    async with shop.reading() as uow:
        whole = await uow.posts.get_offer(honey.id)
        kinds = (await uow.posts.get_offer(socks.id)).variants
        acts = await uow.audit.list_newest(group.id or 0, limit=5)
    assert (whole.offer.code, whole.offer.price_amount, whole.offer.curator_id) == ("A-1", 1290, MEI_ID)
    assert [(kind.name, kind.stock) for kind in whole.variants] == [("", 20)]
    assert [(tier.quantity, tier.unit_amount) for tier in whole.tiers] == [(10, 1190)]
    assert [(kind.name, kind.stock, kind.sold) for kind in kinds] == [("S", 5, 0), ("M", None, 0)]
    assert [(act.action, act.details) for act in acts] == [
        ("offers_imported", {"new": 3, "changed": 0, "unchanged": 0})
    ]


async def test_the_same_list_again_changes_nothing_and_a_newer_one_by_code(shop: Shop) -> None:
    group = await make_group(shop)
    first = price_list("A-1|Honey|12.90|20|10: 11.90|", "A-2|Socks|3.50|||Size: S, M", "|Tea|4|||")
    await imports(shop, group, first)
    before = await offers(shop, group)
    again = await imports(shop, group, first)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 3)
    newer = await imports(
        shop, group, price_list("a-1|Dark honey|11.90|15||", "A-2|Socks|3.50|||Size: S, M", "|Cake|5|||")
    )
    assert (len(newer.new), len(newer.changed), newer.unchanged) == (1, 1, 1)
    after = await offers(shop, group)
    assert [offer.title for offer in after] == ["Cake", "Dark honey", "Socks", "Tea"]
    assert {offer.id for offer in before} <= {offer.id for offer in after}, "they keep their keys"
    async with shop.reading() as uow:
        whole = await uow.posts.get_offer(before[0].id)
    assert (whole.offer.price_amount, whole.variants[0].stock, list(whole.tiers)) == (1190, 15, [])


async def test_a_fault_anywhere_means_that_nothing_is_imported(shop: Shop) -> None:
    group = await make_group(shop)
    listed = price_list("A-1|Honey|12.90|||", "A-2|Socks|free|||")
    planned = await imports(shop, group, listed)
    assert planned.bad_rows == 1
    assert await search(shop, group) == []
    await imports(shop, group, listed, good_rows_only=True)
    assert await search(shop, group) == ["Honey"]


async def test_each_group_has_a_catalogue_of_its_own(shop: Shop) -> None:
    honey, tea = await make_group(shop), await make_group(shop, title="Tea friends")
    await imports(shop, honey, price_list("A-1|Honey|5|||"))
    planned = await imports(shop, tea, price_list("A-1|Tea|5|||"))
    assert len(planned.new) == 1
    assert (await search(shop, honey), await search(shop, tea)) == (["Honey"], ["Tea"])


async def test_an_import_never_touches_what_a_pick_posts(shop: Shop) -> None:
    group = await make_group(shop)
    await imports(shop, group, price_list("A-1|Honey|12.90|20||", "A-2|Tea|4|||"))
    honey, tea = await offers(shop, group)
    async with shop.writing() as uow:
        (copied,) = await post_offer(
            uow, tea.id, [Place(group=group)], Posting(curator_id=MEI_ID), now=shop.now()
        )
        (posted,) = await share_offer(
            uow, honey.id, [Place(group=group)], Posting(curator_id=MEI_ID), now=shop.now()
        )
    assert copied.offer_id != tea.id
    planned = await imports(shop, group, price_list("A-1|Honey|99|1||", "A-2|Tea|5|||"))
    assert len(planned.changed) == 2
    async with shop.reading() as uow:
        on_offer = await uow.picks.get(posted.id or 0)
        brewed = await uow.picks.get(copied.id or 0)
    assert (on_offer.offer.price_amount, on_offer.variants[0].stock) == (1290, 20)
    assert brewed.offer.price_amount == 400
    assert [offer.price_amount for offer in await offers(shop, group)] == [9900, 500]
    with pytest.raises(ButtonOutdated):
        async with shop.reading() as uow:
            await catalogue_offer(uow, honey.id)


async def test_an_article_remembers_its_last_picks(shop: Shop) -> None:
    group = await make_group(shop)
    await imports(shop, group, price_list("A-1|Honey|12.90|20||", "|Tea|4|||"))
    honey, tea = await offers(shop, group)
    async with shop.writing() as uow:
        for offer in (honey, tea, honey):
            await post_offer(uow, offer.id, [Place(group=group)], Posting(curator_id=MEI_ID), now=shop.now())

    async def last(offer: LineOffer) -> list[PastPick]:
        async with shop.reading() as uow:
            whole = await catalogue_offer(uow, offer.id)
            return await uow.offers.last_picks(group.id or 0, whole.offer, limit=3)

    assert [pick.number for pick in await last(honey)] == [3, 1]
    assert [pick.number for pick in await last(tea)] == [2]


async def test_offers_are_found_by_title_and_by_code_whatever_their_capitals(shop: Shop) -> None:
    group = await make_group(shop)
    await imports(
        shop,
        group,
        price_list(
            "H-1|Yunnan honey|5|||", "h-2|Мёд гречишный|5|||", "S-1|羊毛围巾|5|||", "P-1|100% wool_x|5|||"
        ),
    )
    assert await search(shop, group, "HONEY") == ["Yunnan honey"]
    assert await search(shop, group, "honey yunnan") == ["Yunnan honey"]
    assert await search(shop, group, "мёд") == ["Мёд гречишный"]
    assert await search(shop, group, "МЁД") == ["Мёд гречишный"]
    assert await search(shop, group, "h-") == ["Yunnan honey", "Мёд гречишный"]
    assert await search(shop, group, "围巾") == ["羊毛围巾"]
    assert await search(shop, group, "100%") == ["100% wool_x"]
    assert await search(shop, group, "%") == ["100% wool_x"]
    assert await search(shop, group, "nothing") == []


async def test_what_is_archived_is_not_listed_and_a_list_does_not_bring_it_back(shop: Shop) -> None:
    group = await make_group(shop)
    await imports(shop, group, price_list("A-1|Honey|5|||", "A-2|Tea|4|||"))
    honey, _ = await offers(shop, group)
    async with shop.writing() as uow:
        whole = await catalogue_offer(uow, honey.id)
        assert await archive_offer(uow, whole, by_id=MEI_ID, now=shop.now())
        assert not await archive_offer(uow, whole, by_id=MEI_ID, now=shop.now())
    assert await search(shop, group) == ["Tea"]
    planned = await imports(shop, group, price_list("A-1|Honey|6|||"))
    assert len(planned.changed) == 1
    assert await search(shop, group) == ["Tea"]
    async with shop.writing() as uow:
        assert await restore_offer(uow, await catalogue_offer(uow, honey.id), by_id=MEI_ID, now=shop.now())
    assert [offer.price_amount for offer in await offers(shop, group)] == [600, 400]


async def test_more_offers_than_one_statement_takes(shop: Shop) -> None:
    group = await make_group(shop)
    rows = [f"N-{n}|Offer {n:04}|{n + 1}|{n + 9}|10: {n + 0.5}|" for n in range(1, 1203)]
    await imports(shop, group, price_list(*rows))
    again = await imports(shop, group, price_list(*(row.replace("Offer", "Thing") for row in rows)))
    assert (len(again.new), len(again.changed)) == (0, 1202)
    found = await offers(shop, group)
    async with shop.reading() as uow:
        for offer in (found[0], found[501], found[999]):
            number = int(offer.title.removeprefix("Thing "))
            whole = await uow.posts.get_offer(offer.id)
            assert offer.code == f"N-{number}"
            assert whole.variants[0].stock == number + 9
            assert whole.tiers[0].unit_amount == number * 100 + 50


async def test_real_products_are_imported(shop: Shop) -> None:
    folder = os.environ.get("VOUCH_DATA")
    if folder is None:
        pytest.skip("VOUCH_DATA names no folder with real data")
    file = Path(folder) / "yanxuan" / "products.csv"
    if not file.exists():
        pytest.skip(f"{file} is missing")
    group = await make_group(shop, currency="CNY", language="zh_CN")
    listed = read_price_list(read_text(file.read_bytes()).rows, currency="CNY")
    planned = await imports(shop, group, listed)
    assert len(planned.new) == 239
    assert planned.faults == []
    assert "counter_price" in listed.ignored
    assert any("羊毛被" in title for title in await search(shop, group, "羊毛"))
    again = await imports(shop, group, listed)
    assert again.unchanged == 239
