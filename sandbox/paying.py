"""Paying invoices, as a person does it with her client."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

from sandbox.accounts import Account
from sandbox.changes import PATIENCE
from sandbox.checkout import ask_checkout, ask_shipping, expire
from sandbox.models.invoices import Address, Invoice
from sandbox.models.messages import Message
from sandbox.models.payments import Charge, Payment, State
from sandbox.models.users import Json, User
from sandbox.sights import SeenMessage
from sandbox.world import World


class Paying:
    """A payment as its payer sees it; what it came to is awaited with paid(), refused() or failed()."""

    def __init__(self, world: World, payment: Payment) -> None:
        self.world = world
        self.payment = payment

    def __repr__(self) -> str:
        payment = self.payment
        return f"<{payment.payer.first_name} pays {payment.invoice.title!r}: {self.state} {payment.reason}>"

    @property
    def state(self) -> State:
        """How far it is; looking at it notices that the bot is too late."""
        expire(self.world, self.payment)
        return self.payment.state

    async def shipping_options(self, timeout: float = PATIENCE) -> list[Json]:
        """Return the ways of delivery that the bot offers; raises AssertionError if it has none."""
        await self._until_answered(timeout)
        assert self.state == "options", f"no ways of delivery: {self!r}"
        return self.payment.options

    async def chooses(self, option_id: str) -> None:
        """Pick a way of delivery among those offered."""
        assert self.state == "options", f"there is nothing to choose: {self!r}"
        offered = {option["id"]: option for option in self.payment.options}
        assert option_id in offered, f"{option_id!r} is not among {sorted(offered)}"
        self.payment.option = offered[option_id]

    async def confirms(self) -> None:
        """Press the last Pay button; the bot is asked."""
        is_ready = self.payment.option is not None if self.payment.invoice.is_flexible else True
        assert is_ready, f"choose a way of delivery first: {self!r}"
        assert self.state in ("form", "options"), f"the form is no longer open: {self!r}"
        ask_checkout(self.world, self.payment)

    async def paid(self, timeout: float = PATIENCE) -> Charge:
        """Return the charge; raises AssertionError if it came to nothing, NeverHappened if to no end."""
        await self._until_answered(timeout)
        assert self.payment.charge is not None, f"not paid: {self!r}"
        return self.payment.charge

    async def refused(self, timeout: float = PATIENCE) -> str:
        """Return why the bot said no, in its words; raises AssertionError if it did not."""
        return await self._reason("refused", timeout)

    async def failed(self, timeout: float = PATIENCE) -> str:
        """Return what went wrong (time-out, bank, balance); raises AssertionError if nothing did."""
        return await self._reason("failed", timeout)

    async def _reason(self, state: State, timeout: float) -> str:
        await self._until_answered(timeout)
        assert self.state == state, f"not {state}: {self!r}"
        return self.payment.reason

    async def _until_answered(self, timeout: float) -> None:
        payment, payments = self.payment, self.world.payments

        def answered() -> bool:
            # Only looks, since the world may not change while a condition is checked.
            return not payment.is_asking or payments.is_late(payment)

        who = f"@{payment.invoice.bot.username}'s answer to {self.payment.state} of {payment.invoice.title!r}"
        await self.world.until(answered, timeout, who)
        expire(self.world, payment)


class Payer(Account):
    """Somebody who pays, by card or with Telegram Stars."""

    @property
    def stars(self) -> int:
        """How many Telegram Stars she has."""
        return self.world.payments.stars[self.id]

    async def buys_stars(self, amount: int) -> None:
        """Buy Telegram Stars."""
        assert amount > 0, "nobody sells less than one Star"
        self.world.payments.buy_stars(self.user, amount)
        self.world.changes.notify("stars", self.user)

    async def pays(
        self,
        what: SeenMessage | str,
        *,
        tip: int = 0,
        shipping: Address | None = None,
        option: str | None = None,
        card_fails: bool = False,
    ) -> Paying:
        """Pay an invoice or invoice link up to the last button; `tip` in minor units.

        A flexible invoice first waits for the ways of delivery and takes `option`, or the first of them.
        """
        paying = await self.starts_paying(what, tip=tip, shipping=shipping, card_fails=card_fails)
        if paying.state == "shipping":
            options = await paying.shipping_options()
            await paying.chooses(option or options[0]["id"])
        else:
            assert option is None, "the invoice leaves no choice of delivery"
        await paying.confirms()
        return paying

    async def starts_paying(
        self,
        what: SeenMessage | str,
        *,
        tip: int = 0,
        shipping: Address | None = None,
        name: str | None = None,
        phone_number: str | None = None,
        email: str | None = None,
        card_fails: bool = False,
    ) -> Paying:
        """Open an invoice's form and fill it in; what it asks for and is not given is made up.

        A flexible invoice asks the bot for ways of delivery at once. Go on with chooses() and confirms().
        """
        invoice, message = self._invoice(what)
        assert not tip or 0 < tip <= invoice.max_tip_amount, (
            f"tips go up to {invoice.max_tip_amount}, not {tip}"
        )
        given = {"name": name, "phone_number": phone_number, "email": email, "shipping_address": shipping}
        for field, value in given.items():
            assert value is None or field in invoice.needs, f"the form has no field for {field}"
        if invoice.is_in_stars:
            cost = invoice.total_amount
            assert self.stars >= cost, f"{self!r} has {self.stars} Stars of {cost}: use buys_stars"
            assert not card_fails, "Stars are not paid by card"
        payment = Payment(
            payer=self.user,
            invoice=invoice,
            message=message,
            tip=tip,
            order_info=_filled_in(invoice, self.user, given),
            card_fails=card_fails,
        )
        self.world.changes.notify("payment", payment)
        if invoice.is_flexible:
            ask_shipping(self.world, payment)
        return Paying(self.world, payment)

    def _invoice(self, what: SeenMessage | str) -> tuple[Invoice, Message | None]:
        """Return the invoice that she can see and its message; raises AssertionError."""
        if isinstance(what, str):
            assert what in self.world.payments.links, f"nobody made the invoice link {what}"
            return self.world.payments.links[what], None
        message = what.message
        assert message.invoice is not None, f"{what!r} is no invoice"
        assert not message.is_deleted, f"{what!r} was taken away"
        if message.chat.is_private:
            assert message.chat.person is self.user, f"{what!r} is not in a chat of {self!r}"
        else:
            self.must_be_in(message.chat)
        has_button = any("pay" in button for row in what.rows for button in row)
        assert has_button, (
            f"{what!r} has no Pay button: a forwarded copy with a start_parameter leads to the bot"
        )
        return message.invoice, message


def _filled_in(invoice: Invoice, user: User, given: dict[str, str | Address | None]) -> Json:
    made_up: dict[str, str | Address] = {
        "name": user.full_name,
        "phone_number": f"4479{user.id:08d}",
        "email": f"user{user.id}@example.org",
        "shipping_address": Address(),
    }
    info: Json = {}
    for field in sorted(invoice.needs):
        value = given[field] or made_up[field]
        info[field] = value.to_json() if isinstance(value, Address) else value
    return info
