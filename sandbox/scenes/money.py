"""Money in the scenes: an owner who takes every way to pay, and members who pay."""

import functools

from sandbox.groups import Group
from sandbox.models.invoices import STARS
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.screens import conversation, has, newest, shows
from sandbox.sights import SeenMessage

ACCOUNT = "DE02 1203 0000 0000 2020 51, Mei Lin"
STARS_FOR_A_EURO = "60"


async def take_money(cast: Cast, owner: Person, group: Group, *, at_once: bool = False) -> None:
    """Let the owner switch on every way to pay in her private chat; raises CutShort."""
    page = await _settings(cast, owner, group)
    await owner.taps("Payments", on=page)
    page = await shows(cast, owner, "Cash at pick-up", "did not show how its group is paid", since=page.id)
    await _switch(cast, owner, page, "Cash at pick-up")
    page = await _switch_with_words(cast, owner, page, "Transfer or wallet", ACCOUNT)
    if has(page, "Card"):
        await _switch(cast, owner, page, "Card")
    page = await _switch_with_words(cast, owner, page, "Telegram Stars", STARS_FOR_A_EURO)
    await _switch(cast, owner, page, "Store credit")
    if at_once:
        await owner.taps("Paid after the close", on=page)
        await shows(cast, owner, "Paid at once", "did not say that orders are paid at once", since=page.id)


async def pay_rewards(cast: Cast, owner: Person, group: Group, percent: str) -> None:
    """Let the owner have her group pay for recommendations, in her private chat; raises CutShort."""
    page = await _settings(cast, owner, group)
    await owner.taps("Rewards", on=page)
    page = await shows(cast, owner, "Switch on", "did not show what its group pays for", since=page.id)
    before = newest(cast, owner)
    await owner.taps("Switch on", on=page)
    who = cast.bot.user.full_name
    await cast.wait(lambda: newest(cast, owner) > before, f"{who} asked for no percentage")
    said = await owner.says(percent, to=cast.bot)
    await shows(cast, owner, "Switch off", "did not switch on its rewards", since=said.id)


async def order_and_pay(cast: Cast, person: Person, card: SeenMessage, way: str) -> None:
    """Let somebody order and pay at once in Telegram, by card or with Stars; raises CutShort."""
    before = newest(cast, person)
    await person.taps(order_words(card), on=card)
    await pay(cast, person, way, since=before + 1)


async def pay(cast: Cast, person: Person, way: str, *, since: int) -> None:
    """Let somebody who is asked to, from this message id on, pay by card or with Stars; raises CutShort."""
    ways = await _choose(cast, person, way, since=since)

    def invoice() -> SeenMessage | None:
        return next((seen for seen in conversation(cast, person) if seen.id > ways.id and seen.invoice), None)

    sent = await cast.wait(invoice, f"{cast.bot.user.full_name} sent {person.name} no invoice")
    assert sent.invoice is not None
    if sent.invoice.currency == STARS:
        await person.buys_stars(sent.invoice.total_amount)
    await (await person.pays(sent)).paid()


async def send_proof(cast: Cast, person: Person, *, since: int) -> None:
    """Let somebody who is asked to, from this message id on, pay by transfer and show it; raises CutShort."""
    await _choose(cast, person, "Transfer", since=since)
    await shows(cast, person, "I have paid", "did not say where to send the money", since=since)
    before = newest(cast, person)
    await person.sends_photo(to=cast.bot)
    who = f"{cast.bot.user.full_name} did not take the picture"
    await cast.wait(lambda: newest(cast, person) > before + 1, who)


async def confirm(cast: Cast, owner: Person) -> None:
    """Let the owner look at the payment that waits for her word, and confirm it; raises CutShort."""
    before = newest(cast, owner)
    await owner.says("/payments", to=cast.bot)
    page = await shows(cast, owner, "✓ Confirm", "showed no payment that waits", since=before + 1)
    await cast.pace.beat(2)
    await owner.taps("✓ Confirm", on=page)
    await cast.wait(lambda: not has(page, "✓ Confirm"), f"{cast.bot.user.full_name} did not confirm it")


async def receipt_of(cast: Cast, person: Person, *, since: int) -> SeenMessage:
    """The receipt that somebody gets, from this message id on; raises CutShort."""

    def receipt() -> SeenMessage | None:
        said = (seen for seen in conversation(cast, person) if seen.id >= since)
        return next((seen for seen in said if seen.text.startswith("Receipt ")), None)

    return await cast.wait(receipt, f"{cast.bot.user.full_name} gave {person.name} no receipt")


async def give_back(cast: Cast, owner: Person, group: Group) -> None:
    """Let the owner tick off all that she owes, until her list is empty; raises CutShort."""
    before = newest(cast, owner)
    await owner.says("/refunds", in_=group)
    who = cast.bot.user.full_name

    def the_list() -> SeenMessage | None:
        # Other news about the pick may reach her in between.
        said = (seen for seen in conversation(cast, owner) if seen.id > before)
        return next((seen for seen in said if seen.text.startswith("Money to give back")), None)

    listed = await cast.wait(the_list, f"{who} did not say what is owed back")
    while "The list is empty" not in listed.text:
        known = listed.text
        await owner.taps(listed.buttons[0][0], on=listed)
        await cast.wait(lambda: has(listed, "It has gone back"), f"{who} showed no refund")
        await owner.taps("It has gone back", on=listed)
        ticked = functools.partial(_is_other_list, listed, known)
        await cast.wait(ticked, f"{who} did not tick off a refund")


async def _choose(cast: Cast, person: Person, way: str, *, since: int) -> SeenMessage:
    asked = await shows(cast, person, "Pay", f"did not ask {person.name} to pay", since=since)
    await person.taps("Pay", on=asked)
    ways = await shows(cast, person, way, f"did not offer {person.name} “{way}”", since=asked.id)
    await person.taps(way, on=ways)
    return ways


async def _settings(cast: Cast, owner: Person, group: Group) -> SeenMessage:
    name, who = "Open the settings", cast.bot.user.full_name

    def greeting() -> SeenMessage | None:
        return next((seen for seen in group.messages if has(seen, name)), None)

    hello = await cast.wait(greeting, f"{who} did not lead to the settings of its group")
    before = newest(cast, owner)
    await owner.taps(name, on=hello)
    return await shows(cast, owner, "Payments", "did not show its settings", since=before + 1)


async def _switch(cast: Cast, owner: Person, page: SeenMessage, way: str) -> None:
    await owner.taps(way, on=page)
    await shows(cast, owner, f"✓ {way}", f"did not switch on “{way}”", since=page.id)


async def _switch_with_words(
    cast: Cast, owner: Person, page: SeenMessage, way: str, words: str
) -> SeenMessage:
    """Switch on what has to be described first; the settings come again below."""
    before = newest(cast, owner)
    await owner.taps(way, on=page)
    who = cast.bot.user.full_name
    await cast.wait(lambda: newest(cast, owner) > before, f"{who} asked nothing about “{way}”")
    said = await owner.says(words, to=cast.bot)
    return await shows(cast, owner, f"✓ {way}", f"did not switch on “{way}”", since=said.id)


def _is_other_list(listed: SeenMessage, known: str) -> bool:
    return listed.text != known and not has(listed, "It has gone back")
