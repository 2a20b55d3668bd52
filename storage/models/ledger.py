"""The ledger: accounts, and entries that nobody changes or deletes, neither here nor by hand."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where, word
from storage.states import AccountKind, TransactionKind

_OF_A_PERSON: Final = "person_id IS NOT NULL"
_OF_THE_GROUP: Final = "person_id IS NULL"


class Account(SQLModel, table=True):
    """One kind of money of a group, or of one person in it, in one currency."""

    __table_args__ = (
        # NULL equals nothing, so one rule for both would let the group's own accounts be doubled.
        Index(
            "uq_account_of_a_person",
            *("group_id", "person_id", "kind", "currency"),
            unique=True,
            **only_where(_OF_A_PERSON),
        ),
        Index(
            "uq_account_of_the_group",
            *("group_id", "kind", "currency"),
            unique=True,
            **only_where(_OF_THE_GROUP),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: AccountKind = Field(sa_type=word(AccountKind))
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId, index=True)
    currency: str


class LedgerTransaction(SQLModel, table=True):
    """One business fact, whose entries sum to zero in each currency."""

    __tablename__ = "ledger_transaction"
    __table_args__ = (
        Index("ix_ledger_transaction_group_id_posted_at", "group_id", "posted_at"),
        Index("ix_ledger_transaction_order_id", "order_id"),
        Index(
            "ix_ledger_transaction_by_id",
            "by_id",
            **only_where("by_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: TransactionKind = Field(sa_type=word(TransactionKind))
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", sa_type=Key)
    refund_id: int | None = Field(default=None, foreign_key="refund.id", sa_type=Key)
    payout_id: int | None = Field(default=None, foreign_key="payout.id", sa_type=Key)
    carried_payment_id: int | None = Field(default=None, foreign_key="carried_payment.id", sa_type=Key)
    by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    note: str = ""
    posted_at: datetime = Field(sa_type=UtcDateTime)


class LedgerEntry(SQLModel, table=True):
    """An amount on one account in minor units: positive is debit, negative is credit."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="ck_ledger_entry_amount"),
        Index("ix_ledger_entry_account_id_id", "account_id", "id"),
        Index("ix_ledger_entry_transaction_id", "transaction_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    transaction_id: int = Field(foreign_key="ledger_transaction.id", sa_type=Key)
    account_id: int = Field(foreign_key="account.id", sa_type=Key)
    amount: int = Field(sa_type=BigId)
    #: As its account's; here too, so that a look at the entries alone can prove that they balance.
    currency: str
