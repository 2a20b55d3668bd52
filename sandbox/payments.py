"""Money in the world: providers, invoice links, payments under way, charges and Stars."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Literal

from sandbox.bots import Bot
from sandbox.clock import Clock
from sandbox.models.invoices import CURRENCIES, Invoice
from sandbox.models.payments import Charge, Payment, StarTransaction
from sandbox.models.users import Json, User


class Payments:
    """All that the world knows of payments; what Telegram leaves open can be switched here."""

    def __init__(self, *, clock: Clock, number: Callable[[], int]) -> None:
        # Seconds a bot has to answer a pre-checkout query; for shipping queries the same is assumed.
        self.answer_time = 10.0
        # Where successful_payment appears when the invoice stood in a group; Telegram does not say.
        self.receipts_in: Literal["private", "invoice_chat"] = "private"
        self.currencies = dict(CURRENCIES)
        self.links: dict[str, Invoice] = {}
        self.queries: dict[str, Payment] = {}
        self.charges: dict[str, Charge] = {}
        self.refunded: set[str] = set()
        self.stars: Counter[int] = Counter()
        self._transactions: defaultdict[int, list[StarTransaction]] = defaultdict(list)
        self._providers: defaultdict[int, set[str]] = defaultdict(set)
        self._clock = clock
        self._number = number

    # Providers and links

    def connect_provider(self, bot: Bot, token: str | None = None) -> str:
        """Connect a payment provider to a bot, as BotFather would; returns its provider token."""
        token = token or f"{self._number() % 10**9:09d}:TEST:{self._number():016x}"
        self._providers[bot.id].add(token)
        return token

    def has_provider(self, bot: Bot, token: str) -> bool:
        """Whether a provider token is one of the bot's."""
        return token in self._providers[bot.id]

    def add_link(self, invoice: Invoice) -> str:
        """Make a link that opens an invoice."""
        url = f"https://t.me/$sandbox{self._number():016x}"
        self.links[url] = invoice
        return url

    # Stars

    def buy_stars(self, user: User, amount: int) -> None:
        """Give a person Stars, which she bought outside the sandbox."""
        self.stars[user.id] += amount

    def withdraw_stars(self, bot: Bot, amount: int) -> None:
        """Take a bot's Stars out through Fragment, as its owner may; raises ValueError beyond the balance."""
        if not 0 < amount <= self.stars[bot.id]:
            raise ValueError(f"@{bot.username} has {self.stars[bot.id]} Stars, not {amount}")
        partner: Json = {"type": "fragment", "withdrawal_state": {"type": "pending"}}
        self.stars[bot.id] -= amount
        self._record(bot.id, str(self._number()), amount, partner, is_incoming=False)

    def move_stars(self, charge: Charge, *, back: bool = False) -> None:
        """Move a charge's Stars from the payer to the bot, or `back`, and record it."""
        bot, payer, sign = charge.invoice.bot, charge.payer, -1 if back else 1
        self.stars[payer.id] -= sign * charge.amount
        self.stars[bot.id] += sign * charge.amount
        partner: Json = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": payer.to_json(),
            "invoice_payload": charge.invoice.payload,
        }
        self._record(bot.id, charge.id, charge.amount, partner, is_incoming=not back)

    def transactions(self, bot: Bot) -> list[StarTransaction]:
        """Return a bot's Star transactions, oldest first."""
        return list(self._transactions[bot.id])

    def _record(self, bot_id: int, key: str, amount: int, partner: Json, *, is_incoming: bool) -> None:
        transaction = StarTransaction(
            id=key, amount=amount, date=self._clock.date(), partner=partner, is_incoming=is_incoming
        )
        self._transactions[bot_id].append(transaction)

    # Payments under way

    def is_late(self, payment: Payment) -> bool:
        """Whether the bot has let the time for its answer go by."""
        return payment.is_asking and self._clock.time() - payment.asked_at > self.answer_time

    def ask(self, payment: Payment) -> None:
        """Give a payment a new question to the bot, from now on."""
        payment.query_id = str(self._number())
        payment.asked_at = self._clock.time()
        self.queries[payment.query_id] = payment

    def add_charge(self, payment: Payment) -> Charge:
        """Record that money changed hands."""
        number = self._number()
        prefix = "stx" if payment.invoice.is_in_stars else "_"
        provider_id = (
            f"{payment.payer.id}_{len(self.charges)}" if payment.invoice.is_in_stars else f"ch_{number:x}"
        )
        charge = Charge(
            id=f"{prefix}{number:016x}",
            provider_id=provider_id,
            payer=payment.payer,
            invoice=payment.invoice,
            amount=payment.total_amount,
            date=self._clock.date(),
        )
        self.charges[charge.id] = payment.charge = charge
        return charge
