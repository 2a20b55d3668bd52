"""Promotions where people meet them: on the card, in the toast, by a code, at the close and in the list."""

from datetime import timedelta

import pytest

from bot.rules.coupons import canonical, code_link
from storage.models import Group, Promotion
from storage.repositories.coupon_batches import NewCode
from storage.states import PaymentMethod, PromotionKind, PromotionState
from tests.scenarios.goods import last
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, has_paid, takes, taps

HONEY = "10.00 Yunnan honey | 20 jars | till 20:00"


async def runs(friends: Circle, title: str, *codes: str, **terms: object) -> None:
    """The group has a promotion, with these codes."""
    shop = friends.house.parts.shop
    [group] = [one for one in await friends.house.rows(Group) if one.chat_id == friends.group.id]
    given = {
        "group_id": group.id,
        "title": title,
        "state": PromotionState.ACTIVE,
        "currency": "EUR",
        "starts_at": shop.now() - timedelta(hours=1),
        "ends_at": shop.now() + timedelta(days=2),
        "created_at": shop.now(),
        "by_coupon": bool(codes),
        **terms,
    }
    async with shop.writing() as uow:
        key = await uow.promotion_terms.save(Promotion.model_validate(given))
        news = [NewCode(canonical(code), code) for code in codes]
        if news:
            await uow.coupon_batches.add(key, news, uses_limit=None, now=shop.now())


@pytest.fixture
async def sale(friends: Circle) -> Circle:
    """Three jars cost less than others, and whoever has the code has a euro off."""
    for person in (friends.ann, friends.ben, friends.lin):
        await person.starts(friends.house.account)
    await takes(friends, PaymentMethod.TRANSFER)
    await runs(
        friends, "First jars", kind=PromotionKind.FLASH_PRICE, unit_amount=800, quantity_limit=3, stacks=True
    )
    await runs(
        friends, "Spring", "SPRING-5O", kind=PromotionKind.AMOUNT, amount=100, stacks=True, uses_per_person=1
    )
    return friends


def card_of(sale: Circle) -> str:
    """What the card of the honey says now."""
    return next(words for words in sale.posts if "Yunnan honey" in words)


async def test_a_sale_is_told_counted_and_charged_to_the_cent(sale: Circle) -> None:
    house, ann = sale.house, sale.ann
    card = await sale.offers(HONEY)
    assert "🏷 First jars: €8.00 a piece; 3 pieces left; until Wed " in card_of(sale)
    assert "Spring" not in card_of(sale), "codes are for whoever has them"

    toast = await taps(sale, ann, "Order", card)
    assert toast == "You have 1 × Yunnan honey: €8.00. That is €2.00 less: First jars."
    assert "2 pieces left" in card_of(sale)

    told = await asks(sale, ann, "/coupon SPINNER 50")
    assert "I do not know this code" in told.text
    told = await asks(sale, ann, "/coupon SPRlNG 5о")
    assert "The code SPRING-5O counts for you." in told.text
    assert "Your order of Yunnan honey (#1, Honey friends) has €3.00 off now." in told.text
    own = await asks(sale, ann, "/my")
    assert "Yunnan honey: €7.00" in own.text
    assert "First jars: €2.00 less\nSpring: €1.00 less" in own.text
    codes = await asks(sale, ann, "/coupon")
    assert "You have used it." in codes.text

    await sale.ben.says("+3", reply_to=card)
    await house.settles()
    assert "First jars" not in card_of(sale), "there are none left"

    await sale.mei.says("/close 1", in_=sale.group)
    await house.settles()
    assert "Please pay €7.00" in last(sale, ann).text
    await has_paid(sale, ann, 700)
    await house.settles()
    assert "In all: €7.00" in await receipt_of(sale)
    assert any("Ann" in words and "€7.00" in words for words in sale.private(sale.mei))


async def receipt_of(sale: Circle) -> str:
    """What Ann's receipt says."""
    await sale.ann.says("/my", to=sale.house.account)
    await sale.house.settles()
    await sale.ann.taps("#1", on=last(sale, sale.ann))
    await sale.house.settles()
    await sale.ann.taps("Receipt", on=last(sale, sale.ann))
    await sale.house.settles()
    return last(sale, sale.ann).text


async def test_a_link_holds_a_code_in_any_alphabet_and_the_group_sees_none(sale: Circle) -> None:
    await runs(sale, "Осень", "ОСЕНЬ", kind=PromotionKind.PERCENT, bps=2500)
    link = code_link("осень")
    assert link is not None
    await sale.lin.starts(sale.house.account, link)
    await sale.house.settles()
    assert "ОСЕНЬ" in last(sale, sale.lin).text

    before = len(sale.posts)
    await sale.ben.says("/coupon SPRING-5O", in_=sale.group)
    await sale.house.settles()
    assert "SPRING" not in "".join(sale.posts[before:])
