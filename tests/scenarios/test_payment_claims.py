"""Cash and transfers from the close to the receipt: proofs, a curator's word, slips and two telephones."""

from datetime import timedelta

from bot import payment_errors, role_errors
from bot.callbacks.payments import ClaimButton, ClaimDeedButton, PayButton, PayWayButton
from bot.errors import NotACurator
from bot.i18n import Translator
from bot.money import Money
from bot.services.payments.claim_notices import GATHERED_FOR
from bot.services.payments.ways import describe_way, switch_way
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, LedgerEntry, LedgerTransaction, Member, Order, Payment
from storage.repositories.members import Seen
from storage.states import PaymentMethod, PaymentStage, PaymentState, TransactionKind
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.pictures import picture

EN = Translator("en")
WALLET = "Revolut @mei\nMei Tan"


async def takes(friends: Circle, *methods: PaymentMethod) -> None:
    """The group is paid in these ways."""
    shop = friends.house.parts.shop
    async with shop.writing() as uow:
        by_id, now = friends.mei.id, shop.now()
        if PaymentMethod.TRANSFER in methods:
            await describe_way(uow, 1, PaymentMethod.TRANSFER, WALLET, switch_on=True, by_id=by_id, now=now)
        if PaymentMethod.CASH in methods:
            await switch_way(uow, 1, PaymentMethod.CASH, on=True, has_provider=False, by_id=by_id, now=now)


async def owe(
    friends: Circle, *people: Person, text: str = "12.90 Yunnan honey | 20 jars | till 20:00"
) -> None:
    """These people have ordered two each on a pick that has closed."""
    house = friends.house
    for person in people:
        await person.starts(house.account)
    card = await friends.offers(text)
    for person in people:
        await person.says("+2", reply_to=card)
        await house.settles()
    await house.passes(timedelta(hours=10, minutes=1))
    await card.until(contains="Closed")
    await house.settles()


async def taps(friends: Circle, person: Person, *buttons: str) -> SeenMessage:
    for button in buttons:
        await person.taps(button, on=last_with(friends, person, button))
        await friends.house.settles()
    return last(friends, person)


async def says(friends: Circle, person: Person, words: str) -> SeenMessage:
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def states(friends: Circle) -> list[PaymentState]:
    return [order.payment_state for order in await friends.house.rows(Order)]


async def stages(friends: Circle) -> list[PaymentStage]:
    return [payment.stage for payment in await friends.house.rows(Payment)]


async def sum_of_the_books(friends: Circle) -> int:
    return sum(entry.amount for entry in await friends.house.rows(LedgerEntry))


async def test_the_receipt_says_what_is_to_be_paid_and_cash_is_taken_at_the_hand_over(
    friends: Circle,
) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.CASH)
    await owe(friends, ann)
    told = last_with(friends, ann, "is confirmed")
    assert "You pay €25.80 in cash when you fetch it." in told.text
    assert told.buttons == [["Pay €25.80"]]
    assert "You pay €25.80 when you fetch it" in (await taps(friends, ann, "Pay €25.80", "Cash")).text

    to_come = await says(friends, mei, "/handover")
    assert "❗ 1 Ann" in str(to_come.buttons)
    order = await taps(friends, mei, "❗ 1 Ann")
    assert "To pay: €25.80" in order.text
    await taps(friends, mei, "Paid €25.80 in cash")
    assert "Paid." in order.text
    assert await states(friends) == [PaymentState.PAID]
    assert await sum_of_the_books(friends) == 0
    assert any("€25.80" in text for text in friends.private(ann)[-1:]), "she gets a receipt"
    await taps(friends, mei, "Hand over")

    assert "Undo: €25.80" in str(order.buttons)
    await taps(friends, mei, "Undo: €25.80")
    assert await states(friends) == [PaymentState.UNPAID]
    assert await stages(friends) == [PaymentStage.DECLINED]
    assert await sum_of_the_books(friends) == 0
    kinds = {transaction.kind for transaction in await house.rows(LedgerTransaction)}
    assert TransactionKind.CORRECTION in kinds
    assert "by mistake" in last(friends, ann).text
    assert {"cash_received", "payment_undone"} <= {entry.action for entry in await house.rows(AuditEntry)}
    await says(friends, mei, "/audit")


async def test_a_picture_proves_a_transfer_and_one_tap_confirms_it(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.CASH, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    owed = await says(friends, ann, "/pay")
    assert owed.buttons == [["Pay €25.80: #1 Yunnan honey"]]
    await taps(friends, ann, "Pay €25.80: #1")
    assert "2 × Yunnan honey: €12.90 each, €25.80" in owed.text
    await taps(friends, ann, "Transfer")
    assert "Revolut @mei" in owed.text
    assert "1-1" in owed.text

    shown = picture(shade=120)
    await ann.sends_photo(to=house.account, image=shown, caption="Ref 77")
    await house.settles()
    assert "You said that you have paid €25.80" in last(friends, ann).text
    assert await states(friends) == [PaymentState.CLAIMED]
    notice = last(friends, mei)
    assert "1 payment waits for your word" in notice.text

    await taps(friends, mei, "Look at it")
    assert notice.photo == shown
    assert "Ann: “I have paid €25.80.”" in notice.text
    assert "In their words: Ref 77" in notice.text
    await taps(friends, mei, "Confirm €25.80")
    assert await states(friends) == [PaymentState.PAID]
    assert "Confirmed: €25.80 from Ann." in notice.text
    assert "No payment waits" in last(friends, mei).text
    assert await sum_of_the_books(friends) == 0
    assert "You owe nothing" in (await says(friends, ann, "/pay")).text

    await taps(friends, mei, "Undo: €25.80")
    assert await states(friends) == [PaymentState.CLAIMED]
    assert await stages(friends) == [PaymentStage.DECLINED, PaymentStage.CLAIMED]
    [void, _] = await house.rows(Payment)
    assert void.receipt_number == 1
    assert last(friends, mei).photo == shown, "it waits anew, with its proof"
    await taps(friends, mei, "Confirm €25.80")
    assert [payment.receipt_number for payment in await house.rows(Payment)] == [1, 2]
    assert await sum_of_the_books(friends) == 0


async def test_a_proof_that_telegram_does_not_show_holds_up_no_claim(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    await says(friends, ann, "/pay")
    await taps(friends, ann, "Pay €25.80: #1", "Transfer")
    await ann.sends_photo(to=house.account, image=picture(shade=120))
    await house.settles()

    for method in ("editMessageMedia", "sendPhoto"):
        house.world.faults.refuse(400, "Bad Request: wrong file identifier/HTTP URL specified", method=method)
    await taps(friends, mei, "Look at it")
    shown = last(friends, mei)
    assert "Ann: “I have paid €25.80.”" in shown.text
    assert "Their proof cannot be shown any more." in shown.text
    await taps(friends, mei, "Confirm €25.80")
    assert await states(friends) == [PaymentState.PAID]
    assert "Confirmed: €25.80 from Ann." in last(friends, mei).text


async def test_a_claim_is_declined_with_a_reason_and_claimed_again_by_file(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    await taps(friends, ann, "Pay €25.80", "Transfer", "I have paid")
    assert "No proof was sent" in (await says(friends, mei, "/payments")).text
    await taps(friends, mei, "Not there", "the money has not arrived")
    declined = last(friends, ann)
    assert "could not confirm that you paid €25.80: the money has not arrived." in declined.text
    assert await states(friends) == [PaymentState.UNPAID]

    await taps(friends, ann, "Pay")
    await taps(friends, ann, "Transfer")
    await ann.sends_document(b"%PDF", name="proof.pdf", to=house.account)
    await house.settles()
    claim = await says(friends, mei, "/payments")
    assert claim.document == b"%PDF"
    await taps(friends, mei, "Not there", "Write a reason")
    too_long = await says(friends, mei, "x" * 201)
    assert too_long.text == refusal(EN, payment_errors.NoteTooLong(200))
    await says(friends, mei, "It went to my old account.")
    assert "It went to my old account." in last(friends, ann).text
    assert await stages(friends) == [PaymentStage.DECLINED, PaymentStage.DECLINED]


async def test_another_amount_than_was_claimed_is_what_counts(friends: Circle) -> None:
    ann, mei = friends.ann, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    await taps(friends, ann, "Pay €25.80", "Transfer")
    assert "You wrote: 4711" in (await says(friends, ann, "4711")).text
    await says(friends, mei, "/payments")
    await taps(friends, mei, "Another amount")
    unreadable = await says(friends, mei, "a lot")
    assert unreadable.text == refusal(EN, payment_errors.AmountUnreadable("a lot", "EUR"))
    foreign = await says(friends, mei, "$20")
    assert foreign.text == refusal(EN, payment_errors.AmountUnreadable("$20", "EUR"))
    await says(friends, mei, "20.00")
    assert await states(friends) == [PaymentState.UNPAID]
    owed = await says(friends, ann, "/pay")
    assert "€5.80" in owed.text
    await taps(friends, ann, "Pay €5.80")
    assert "Paid already: €20.00" in owed.text


async def test_two_telephones_confirm_once(friends: Circle) -> None:
    house, ann, ben, mei = friends.house, friends.ann, friends.ben, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await ben.starts(house.account)
    await owe(friends, ann)
    async with house.parts.shop.writing() as uow:
        await uow.members.enter(1, [ben.id], now=house.now)
        await uow.roles.appoint(1, ben.id, own_picks_only=False)
    await taps(friends, ann, "Pay €25.80", "Transfer", "I have paid")
    hers = await says(friends, mei, "/payments")
    await says(friends, ben, "/payments")
    his = last(friends, ben)
    await taps(friends, mei, "Confirm €25.80")
    answer = await (await ben.presses_data(ClaimDeedButton(1, "confirm").pack(), on=his)).answered()
    await house.settles()
    assert answer.text == refusal(Translator("ru"), payment_errors.ClaimConfirmed("Mei"))
    assert await stages(friends) == [PaymentStage.RECEIVED]
    assert "Confirmed" in hers.text
    late = await (await mei.presses_data(ClaimDeedButton(1, "absent").pack(), on=hers)).answered()
    assert late.text == refusal(EN, payment_errors.ClaimConfirmed("Mei"))
    assert await sum_of_the_books(friends) == 0


async def test_claims_come_oldest_first_in_one_notice_and_one_message(friends: Circle) -> None:
    house, ann, lin, mei = friends.house, friends.ann, friends.lin, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann, lin)
    await taps(friends, ann, "Pay €25.80", "Transfer")
    await ann.sends_album(picture(shade=10), picture(shade=20), to=house.account)
    await house.settles()
    assert await stages(friends) == [PaymentStage.CLAIMED], "an album is one proof"
    before = len(friends.private(mei))
    room = lin.private(house.account)
    await lin.presses_data(PayWayButton(2, "transfer").pack(), on=room.last_message)
    await house.settles()
    await lin.sends_photo(to=house.account, image=picture(shade=30))
    await house.settles()
    assert len(friends.private(mei)) == before, "one notice tells of those that follow soon"
    await house.passes(GATHERED_FOR + timedelta(seconds=1))
    await house.settles()
    assert "2 payments wait for your word" in last(friends, mei).text

    claim = await says(friends, mei, "/payments")
    assert "Ann" in claim.text
    await taps(friends, mei, "Next ›")
    assert "小林" in claim.text
    await taps(friends, mei, "Next ›")
    assert claim.photo == picture(shade=10)
    await taps(friends, mei, "Confirm")
    assert claim.photo == picture(shade=30), "the next one appears in the same message"
    assert "Confirmed: €25.80 from Ann." in claim.text
    await taps(friends, mei, "Confirm")
    assert await states(friends) == [PaymentState.PAID, PaymentState.PAID]


async def test_a_claim_is_replaced_or_taken_back(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    await taps(friends, ann, "Pay €25.80", "Transfer", "I have paid")
    shown = await says(friends, mei, "/payments")
    await taps(friends, ann, "Send another proof")
    await ann.sends_photo(to=house.account, image=picture(shade=60))
    await house.settles()
    assert await stages(friends) == [PaymentStage.LAPSED, PaymentStage.CLAIMED]
    answer = await (await mei.taps("Confirm", on=shown)).answered()
    await house.settles()
    assert answer.text == refusal(EN, payment_errors.ClaimOutdated()), "she had seen another proof"
    assert shown.photo == picture(shade=60)
    await taps(friends, ann, "I have not paid")
    assert await states(friends) == [PaymentState.UNPAID]
    assert "No payment waits" in (await says(friends, mei, "/payments")).text
    again = await (
        await ann.presses_data(ClaimButton(1, "withdraw").pack(), on=last(friends, ann))
    ).answered()
    assert again.text == refusal(EN, payment_errors.ClaimOutdated())


async def test_nobody_pays_or_decides_for_another(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, friends.ben
    await takes(friends, PaymentMethod.TRANSFER, PaymentMethod.CASH)
    await owe(friends, ann)
    await taps(friends, ann, "Pay €25.80", "Transfer", "I have paid")
    await ben.starts(house.account)
    await house.settles()
    his, ru = last(friends, ben), Translator("ru")
    foreign = refusal(ru, payment_errors.OrderOfSomebodyElse())
    for data in (PayButton(1).pack(), PayWayButton(1, "transfer").pack(), ClaimButton(1, "paid").pack()):
        assert (await (await ben.presses_data(data, on=his)).answered()).text == foreign
    curators = refusal(ru, NotACurator())
    for deed in ("confirm", "absent", "undo", "amount"):
        said = await (await ben.presses_data(ClaimDeedButton(1, deed).pack(), on=his)).answered()
        assert said.text == curators
    cash = await (await ben.presses_data("ym:1:2580:-1", on=his)).answered()
    assert cash.text == refusal(ru, role_errors.MayNotHandOver())
    assert "Подтвердить" not in str((await says(friends, ben, "/payments")).buttons)
    await ben.sends_photo(to=house.account)
    await house.settles()
    assert await stages(friends) == [PaymentStage.CLAIMED], "his picture proves nothing"
    for forged in ("yc:1:fly", "yc:999:confirm", "yo:999:paid", "pw:1:gold", "ym:999:1:0", "yh:gold"):
        assert (await (await friends.mei.presses_data(forged, on=last(friends, friends.mei))).answered()).text
    assert await states(friends) == [PaymentState.CLAIMED]


async def test_what_is_no_proof_gets_one_sentence(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await takes(friends, PaymentMethod.TRANSFER)
    await owe(friends, ann)
    await taps(friends, ann, "Pay €25.80", "Transfer")
    assert (await says(friends, ann, "\u200b\u200b…")).text == refusal(EN, payment_errors.ProofMissing())
    assert (await says(friends, ann, "x" * 201)).text == refusal(EN, payment_errors.NoteTooLong(200))
    assert await stages(friends) == []
    await house.passes(timedelta(days=2))
    assert "I did not understand" in (await says(friends, ann, "when does it come?")).text
    assert await stages(friends) == []


async def test_who_owes_is_listed_reminded_once_a_day_and_ticked_off(friends: Circle) -> None:
    house, ann, ben, mei = friends.house, friends.ann, friends.ben, friends.mei
    await takes(friends, PaymentMethod.CASH, PaymentMethod.TRANSFER)
    await ann.starts(house.account)
    card = await friends.offers()
    for person in (ann, ben):
        await person.says("+1", reply_to=card)
        await house.settles()
    await mei.says("/close 1", in_=friends.group)
    await house.settles()
    await says(friends, mei, "/payments")
    page = await taps(friends, mei, "Who owes")
    assert page.buttons == [["#1 Yunnan honey: €25.80 (2)"]]
    await taps(friends, mei, "#1 Yunnan honey")
    assert "2 orders are still to be paid: €25.80." in page.text

    posts = len(friends.posts)
    await taps(friends, mei, "Remind all")
    assert "Please pay €12.90" in last(friends, ann).text
    (in_group,) = friends.posts[posts:]
    assert in_group == "Бен: a message waits for you."
    again = await (await mei.taps("Remind all", on=page)).answered()
    assert "once a day" in again.text
    await house.passes(timedelta(days=1, minutes=1))
    once_more = await (await mei.taps("Remind all", on=page)).answered()
    assert "2 people" in once_more.text
    await house.settles()

    await taps(friends, mei, "Бен: €12.90 in cash")
    assert "1 order is still to be paid: €12.90." in page.text
    assert "Undo: €12.90" in str(page.buttons)
    assert await states(friends) == [PaymentState.UNPAID, PaymentState.PAID]
    second = await (await mei.presses_data("ym:2:1290:0", on=page)).answered()
    assert second.text == refusal(EN, payment_errors.NothingToPay())
    other = await (await mei.presses_data("ym:1:999:0", on=page)).answered()
    assert other.text == refusal(EN, payment_errors.AmountChanged(Money(amount=1290, currency="EUR")))
    await house.settles()
    await taps(friends, mei, "Ann: €12.90 in cash")
    assert "Everybody has paid." in page.text
    assert await sum_of_the_books(friends) == 0


async def test_a_curator_whose_private_chat_is_shut_is_called_in_the_group(friends: Circle) -> None:
    house, ann, lin = friends.house, friends.ann, friends.lin
    await takes(friends, PaymentMethod.TRANSFER)
    async with house.parts.shop.writing() as uow:
        await uow.members.meet([Seen(id=lin.id, name="小林", username=None, language="zh_CN")], now=house.now)
        await uow.members.enter(1, [lin.id], now=house.now)
        await uow.roles.appoint(1, lin.id, own_picks_only=False)
    await ann.starts(house.account)
    card = await friends.offers(by=lin)
    await ann.says("+1", reply_to=card)
    await house.settles()
    await lin.says("/close 1", in_=friends.group)
    await house.settles()
    posts = len(friends.posts)
    await taps(friends, ann, "Pay €12.90", "Transfer", "I have paid")
    (called,) = friends.posts[posts:]
    assert called == "小林: a message waits for you."
    assert [member.role for member in await house.rows(Member) if member.person_id == lin.id]


async def test_a_group_without_ways_to_pay_hears_nothing_of_money(friends: Circle) -> None:
    ann, mei = friends.ann, friends.mei
    await owe(friends, ann)
    assert "pay" not in last_with(friends, ann, "is confirmed").text.lower()
    assert last_with(friends, ann, "is confirmed").buttons == []
    assert "You owe nothing" in (await says(friends, ann, "/pay")).text
    to_come = await says(friends, mei, "/handover")
    assert "❗" not in str(to_come.buttons)
    await says(friends, mei, "/payments")
    assert "Nobody owes anything" in (await taps(friends, mei, "Who owes")).text
