"""What selling for other groups, and telling some members personally, needs

Revision: 0007, after 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORD = sa.String(length=20)
_MOMENT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_AT_FIRST_NO: Any = {"server_default": sa.false(), "nullable": False}
_OPEN = sa.text("ended_at IS NULL")
_STALE = sa.text("is_stale")
_UNTOLD = sa.text("told_at IS NULL")
_ANSWERED = sa.text("closed_at IS NULL AND pick_id IS NOT NULL")
_UNMEASURED = sa.text("measured_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "listing",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("offer_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("share_bps", sa.Integer(), nullable=False),
        sa.Column("opens_at", _MOMENT, nullable=False),
        sa.Column("groups_limit", sa.Integer(), nullable=True),
        sa.Column("pieces_limit", sa.BigInteger(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("rating_bps", sa.Integer(), nullable=True),
        sa.Column("dispute_bps", sa.Integer(), nullable=True),
        sa.Column("completion_bps", sa.Integer(), nullable=True),
        sa.Column("measured_at", _MOMENT, nullable=True),
        sa.CheckConstraint("groups_limit IS NULL OR groups_limit > 0", name="ck_listing_groups"),
        sa.CheckConstraint("pieces_limit IS NULL OR pieces_limit > 0", name="ck_listing_pieces"),
        sa.CheckConstraint("share_bps >= 0 AND share_bps <= 10000", name="ck_listing_share"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"]),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pick_id"),
    )
    op.create_index("ix_listing_group_id_ended_at", "listing", ["group_id", "ended_at"])
    op.create_index("ix_listing_offer_id", "listing", ["offer_id"])
    op.create_index(
        "ix_listing_opens_at", "listing", ["opens_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "carrying",
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("listing_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("supplier_id", _KEY, nullable=False),
        sa.Column("begun_by_id", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("share_bps", sa.Integer(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", _WORD, nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.CheckConstraint("group_id <> supplier_id", name="ck_carrying_self"),
        sa.CheckConstraint("share_bps >= 0 AND share_bps <= 10000", name="ck_carrying_share"),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"]),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"]),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["chat_group.id"]),
        sa.PrimaryKeyConstraint("pick_id"),
    )
    op.create_index("ix_carrying_group_id_ended_at", "carrying", ["group_id", "ended_at"])
    op.create_index("ix_carrying_listing_id", "carrying", ["listing_id"])
    op.create_index("ix_carrying_supplier_id", "carrying", ["supplier_id"])
    op.create_index(
        "ix_carrying_untold", "carrying", ["ended_at"], sqlite_where=_UNTOLD, postgresql_where=_UNTOLD
    )
    op.create_table(
        "carried_order",
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("goods_amount", sa.BigInteger(), nullable=False),
        sa.Column("share_amount", sa.BigInteger(), nullable=False),
        sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("stale_since", _MOMENT, nullable=True),
        sa.CheckConstraint("goods_amount >= 0", name="ck_carried_order_goods"),
        sa.CheckConstraint(
            "share_amount >= 0 AND share_amount <= goods_amount", name="ck_carried_order_share"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"]),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.PrimaryKeyConstraint("order_id"),
    )
    op.create_index("ix_carried_order_pick_id", "carried_order", ["pick_id"])
    op.create_index(
        "ix_carried_order_stale", "carried_order", ["order_id"], sqlite_where=_STALE, postgresql_where=_STALE
    )
    op.create_table(
        "carried_payment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("received_by_id", sa.BigInteger(), nullable=True),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT, nullable=True),
        sa.Column("undone_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount > 0", name="ck_carried_payment_amount"),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.ForeignKeyConstraint(["received_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_carried_payment_pick_id", "carried_payment", ["pick_id"])
    # Alembic would add the key by itself afterwards, which SQLite cannot.
    key = _KEY.compile(dialect=op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE ledger_transaction ADD COLUMN carried_payment_id {key} REFERENCES carried_payment (id)"
    )
    op.create_table(
        "telling",
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("begun_by_id", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.Column("told_count", sa.Integer(), nullable=False),
        sa.Column("held_count", sa.Integer(), nullable=False),
        sa.Column("measured_at", _MOMENT, nullable=True),
        sa.Column("told_buyers", sa.Integer(), nullable=True),
        sa.Column("held_buyers", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["group_id"], ["chat_group.id"]),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.PrimaryKeyConstraint("pick_id"),
    )
    op.create_index("ix_telling_group_id_begun_at", "telling", ["group_id", "begun_at"])
    op.create_index(
        "ix_telling_unmeasured",
        "telling",
        ["begun_at"],
        sqlite_where=_UNMEASURED,
        postgresql_where=_UNMEASURED,
    )
    op.create_table(
        "told",
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("is_held_back", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reasons", _DOCUMENT, nullable=False),
        sa.Column("chosen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["pick_id"], ["pick.id"]),
        sa.PrimaryKeyConstraint("pick_id", "person_id"),
    )
    op.create_index("ix_told_person_id_chosen_at", "told", ["person_id", "chosen_at"])

    op.create_index(
        "ix_need_answered", "need", ["pick_id"], sqlite_where=_ANSWERED, postgresql_where=_ANSWERED
    )
    op.add_column("wish", sa.Column("private_message_id", sa.BigInteger(), nullable=True))
    op.add_column("pick", sa.Column("is_personal", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("pick", sa.Column("is_carried", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("pick", sa.Column("ended_at", _MOMENT, nullable=True))
    op.add_column("pick", sa.Column("quantity_limit", sa.BigInteger(), nullable=True))
    op.add_column(
        "trust_entry", sa.Column("weight_bps", sa.Integer(), server_default="10000", nullable=False)
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column("wish", "private_message_id")
    op.drop_index("ix_need_answered", table_name="need")
    op.drop_column("trust_entry", "weight_bps")
    for column in ("quantity_limit", "ended_at", "is_carried", "is_personal"):
        op.drop_column("pick", column)
    op.drop_column("ledger_transaction", "carried_payment_id")
    for table in ("told", "telling", "carried_payment", "carried_order", "carrying", "listing"):
        op.drop_table(table)
