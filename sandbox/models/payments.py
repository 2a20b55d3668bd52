"""A person's way through an invoice's form, and what is left of it: charges and Star transactions."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.models.invoices import Invoice
from sandbox.models.messages import Message
from sandbox.models.users import Json, User

# form: she fills it in; shipping, checkout: the bot is asked; options: she picks a way of delivery.
State = Literal["form", "shipping", "options", "checkout", "paid", "refused", "failed"]
OVER: frozenset[State] = frozenset({"paid", "refused", "failed"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """Money that changed hands; `id` is Telegram's, `provider_id` the bank's."""

    id: str
    provider_id: str
    payer: User
    invoice: Invoice
    amount: int
    date: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StarTransaction:
    """Stars that a bot got or gave; `amount` is never negative."""

    id: str
    amount: int
    date: int
    partner: Json
    is_incoming: bool

    def to_json(self) -> Json:
        """Return the Bot API's StarTransaction."""
        side = "source" if self.is_incoming else "receiver"
        return {"id": self.id, "amount": self.amount, "date": self.date, side: self.partner}


@dataclass(eq=False, kw_only=True, slots=True)
class Payment:
    """One attempt of one person to pay one invoice; `message` is None for an invoice link."""

    payer: User
    invoice: Invoice
    message: Message | None
    tip: int = 0
    order_info: Json = field(default_factory=dict)
    card_fails: bool = False
    state: State = "form"
    # What she is shown when it came to nothing: the bot's own words, or Telegram's code.
    reason: str = ""
    query_id: str = ""
    asked_at: float = 0.0
    options: list[Json] = field(default_factory=list)
    option: Json | None = None
    charge: Charge | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come of it."""
        return self.state in OVER

    @property
    def is_asking(self) -> bool:
        """Whether the bot has been asked and has to answer."""
        return self.state in ("shipping", "checkout")

    @property
    def total_amount(self) -> int:
        """What she pays in minor units, with tip and delivery."""
        delivery = sum(price["amount"] for price in self.option["prices"]) if self.option else 0
        return self.invoice.total_amount + self.tip + delivery

    def choices_json(self) -> Json:
        """Return the fields that tell of delivery and contact, where there are any."""
        json: Json = {}
        if self.option is not None:
            json["shipping_option_id"] = self.option["id"]
        if self.order_info:
            json["order_info"] = self.order_info
        return json

    def shipping_json(self) -> Json:
        """Return the Bot API's ShippingQuery."""
        return {
            "id": self.query_id,
            "from": self.payer.to_json(),
            "invoice_payload": self.invoice.payload,
            "shipping_address": self.order_info["shipping_address"],
        }

    def checkout_json(self) -> Json:
        """Return the Bot API's PreCheckoutQuery."""
        return {
            "id": self.query_id,
            "from": self.payer.to_json(),
            "currency": self.invoice.currency,
            "total_amount": self.total_amount,
            "invoice_payload": self.invoice.payload,
            **self.choices_json(),
        }

    def receipt_json(self, charge: Charge) -> Json:
        """Return the Bot API's SuccessfulPayment."""
        return {
            "currency": self.invoice.currency,
            "total_amount": charge.amount,
            "invoice_payload": self.invoice.payload,
            **self.choices_json(),
            "telegram_payment_charge_id": charge.id,
            "provider_payment_charge_id": charge.provider_id,
        }
