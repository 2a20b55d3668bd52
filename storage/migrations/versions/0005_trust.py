"""What measuring, spending and repairing trust needs

Revision: 0005, after 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORD = sa.String(length=20)
_MOMENT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_AT_FIRST_NO: Any = {"server_default": sa.false(), "nullable": False}
_ACTIVE = sa.text("active_at IS NOT NULL")
_UNTOLD = sa.text("done_at IS NULL")
_TO_REVIEW = sa.text("handed_over_at IS NOT NULL AND review_asked_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "uptime",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_uptime_seen_at", "uptime", ["seen_at"], unique=False)
    op.create_table(
        "notice_choice",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "kind"),
    )
    op.create_table(
        "pick_notice",
        sa.Column("pick_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["pick_id"],
            ["pick.id"],
        ),
        sa.PrimaryKeyConstraint("pick_id"),
    )
    op.create_index(
        "ix_pick_notice_due_at",
        "pick_notice",
        ["due_at"],
        sqlite_where=_UNTOLD,
        postgresql_where=_UNTOLD,
    )
    op.create_table(
        "acquaintance",
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.CheckConstraint("person_id <> other_id", name="ck_acquaintance_self"),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("group_id", "person_id", "other_id"),
    )
    op.create_index("ix_acquaintance_last_at", "acquaintance", ["last_at"], unique=False)
    op.create_index("ix_acquaintance_other_id", "acquaintance", ["other_id"], unique=False)
    op.create_table(
        "category_choice",
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("wish", _WORD, nullable=False),
        sa.Column("chosen_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("group_id", "person_id", "category"),
    )
    op.create_index("ix_category_choice_person_id", "category_choice", ["person_id"], unique=False)
    op.create_table(
        "group_activity",
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("message_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_table(
        "trust_vote",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("started_by_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("closes_at", _MOMENT, nullable=False),
        sa.Column("options", _DOCUMENT, nullable=False),
        sa.Column("poll_id", sa.String(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("counts", _DOCUMENT, nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("poll_id"),
    )
    op.create_index("ix_trust_vote_closes_at", "trust_vote", ["decided_at", "closes_at"], unique=False)
    op.create_table(
        "recall",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("origin_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("reason", _WORD, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("offers_refunds", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("begun_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", _MOMENT, nullable=True),
        sa.Column("lifted_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["begun_by_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["offer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_recall_group_id", "recall", ["group_id"], unique=False)
    op.create_index(
        "uq_recall_running",
        "recall",
        ["origin_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "trust_change",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("reason", _WORD, nullable=False),
        sa.Column("was_bps", sa.Integer(), nullable=False),
        sa.Column("is_bps", sa.Integer(), nullable=False),
        sa.Column("pick_id", _KEY, nullable=True),
        sa.Column("numbers", _DOCUMENT, nullable=True),
        sa.Column("happened_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pick_id"],
            ["pick.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_trust_change_group_id_id", "trust_change", ["group_id", "id"], unique=False)
    op.create_table(
        "trust_entry",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=True),
        sa.Column("campaign_id", _KEY, nullable=True),
        sa.Column("curator_id", sa.BigInteger(), nullable=True),
        sa.Column("posted_at", _MOMENT, nullable=False),
        sa.Column("messages_before", sa.BigInteger(), nullable=False),
        sa.Column("is_override", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("overridden_by_id", sa.BigInteger(), nullable=True),
        sa.Column("measured_at", _MOMENT, nullable=True),
        sa.Column("active_members", sa.Integer(), nullable=True),
        sa.Column("reactions_for", sa.Integer(), nullable=True),
        sa.Column("reactions_against", sa.Integer(), nullable=True),
        sa.Column("buyers", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=True),
        sa.Column("leaves", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["curator_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["overridden_by_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pick_id"],
            ["pick.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "campaign_id", name="uq_trust_entry_group_id_campaign_id"),
        sa.UniqueConstraint("pick_id", name="uq_trust_entry_pick_id"),
    )
    op.create_index(
        "ix_trust_entry_group_id_posted_at", "trust_entry", ["group_id", "posted_at"], unique=False
    )
    op.create_index(
        "ix_trust_entry_unmeasured",
        "trust_entry",
        ["posted_at"],
        unique=False,
        sqlite_where=sa.text("measured_at IS NULL"),
        postgresql_where=sa.text("measured_at IS NULL"),
    )
    op.create_table(
        "recall_buyer",
        sa.Column("recall_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.Column("answer", _WORD, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recall_id"],
            ["recall.id"],
        ),
        sa.PrimaryKeyConstraint("recall_id", "order_id"),
    )
    op.create_table(
        "review",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("variant_id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("origin_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("photo_ids", _DOCUMENT, nullable=True),
        sa.Column("would_again", sa.Boolean(), nullable=True),
        sa.Column("helpful_count", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("edited_at", _MOMENT, nullable=True),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="ck_review_stars"),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["offer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pick_id"],
            ["pick.id"],
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variant.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", "variant_id", name="uq_review_order_id_variant_id"),
    )
    op.create_index("ix_review_origin_id_group_id", "review", ["origin_id", "group_id"], unique=False)
    op.create_index(
        "ix_review_origin_id_helpful_count_id", "review", ["origin_id", "helpful_count", "id"], unique=False
    )
    op.create_index("ix_review_person_id", "review", ["person_id"], unique=False)
    op.create_index("ix_review_pick_id", "review", ["pick_id"], unique=False)
    op.create_table(
        "trust_case",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("pick_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("stage", _WORD, nullable=False),
        sa.Column("level", _WORD, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("offered", _WORD, nullable=True),
        sa.Column("offered_amount", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", _MOMENT, nullable=True),
        sa.Column("resolved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", _WORD, nullable=True),
        sa.Column("is_by_word", sa.Boolean(), **_AT_FIRST_NO),
        sa.Column("given_at", _MOMENT, nullable=True),
        sa.Column("recall_id", _KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["chat_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pick_id"],
            ["pick.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recall_id"],
            ["recall.id"],
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_trust_case_due_at",
        "trust_case",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "ix_trust_case_group_id_resolved_at", "trust_case", ["group_id", "resolved_at"], unique=False
    )
    op.create_index("ix_trust_case_order_id", "trust_case", ["order_id"], unique=False)
    op.create_index("ix_trust_case_person_id", "trust_case", ["person_id"], unique=False)
    op.create_index("ix_trust_case_pick_id", "trust_case", ["pick_id"], unique=False)
    op.create_index(
        "uq_trust_case_open",
        "trust_case",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "case_event",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("case_id", _KEY, nullable=False),
        sa.Column("act", _WORD, nullable=False),
        sa.Column("side", _WORD, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("photo_ids", _DOCUMENT, nullable=True),
        sa.Column("outcome", _WORD, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("happened_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["trust_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_event_case_id_id", "case_event", ["case_id", "id"], unique=False)
    op.create_table(
        "review_vote",
        sa.Column("review_id", _KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("voted_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("review_id", "person_id"),
    )
    op.create_index("ix_review_vote_person_id", "review_vote", ["person_id"], unique=False)
    op.add_column("chat_group", sa.Column("keeps_allowance", sa.Boolean(), **_AT_FIRST_NO))
    for name, value in _CAPS.items():
        op.add_column("chat_group", sa.Column(name, sa.Integer(), server_default=value, nullable=False))
    op.add_column("chat_group", sa.Column("trust_changed_at", _MOMENT, nullable=True))
    op.add_column("chat_group", sa.Column("admin_since", _MOMENT, nullable=True))
    # Nobody wrote down when it became one; most bots come as one.
    op.execute("UPDATE chat_group SET admin_since = created_at WHERE bot_is_admin")
    op.add_column("member", sa.Column("active_at", _MOMENT, nullable=True))
    op.create_index(
        "ix_member_group_id_active_at",
        "member",
        ["group_id", "active_at"],
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )
    # SQLite adds a reference in no other way without copying the whole table.
    key = _KEY.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE offer ADD COLUMN origin_id {key} REFERENCES offer (id)")
    op.add_column("offer", sa.Column("category", sa.String(), nullable=True))
    op.add_column("offer", sa.Column("stopped_at", _MOMENT, nullable=True))
    op.create_index("ix_offer_origin_id", "offer", ["origin_id"])
    op.add_column("orders", sa.Column("review_asked_at", _MOMENT, nullable=True))
    # Nobody is asked about what she had before there were reviews.
    op.execute("UPDATE orders SET review_asked_at = handed_over_at WHERE handed_over_at IS NOT NULL")
    op.create_index(
        "ix_orders_to_review",
        "orders",
        ["handed_over_at"],
        sqlite_where=_TO_REVIEW,
        postgresql_where=_TO_REVIEW,
    )
    op.add_column("person", sa.Column("shows_purchases", sa.Boolean(), **_AT_FIRST_NO))
    op.add_column("person", sa.Column("deactivated_at", _MOMENT, nullable=True))
    op.add_column("pick", sa.Column("wanted_at", _MOMENT, nullable=True))
    op.add_column("pick", sa.Column("reply_count", sa.Integer(), server_default="0", nullable=False))
    for table, column in _OF_PEOPLE:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, column in _OF_SOME_PEOPLE:
        is_set = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=is_set, postgresql_where=is_set)
    _let_people_be_forgotten()


def downgrade() -> None:
    """Take back."""
    _keep_people_for_good()
    for table, column in (*_OF_SOME_PEOPLE, *_OF_PEOPLE):
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_index("ix_orders_to_review", "orders")
    op.drop_index("ix_offer_origin_id", "offer")
    op.drop_index("ix_member_group_id_active_at", "member")
    for table, column in _ADDED:
        op.drop_column(table, column)
    for table in _TABLES:
        op.drop_table(table)


_TABLES = (
    "review_vote",
    "case_event",
    "trust_case",
    "review",
    "recall_buyer",
    "trust_entry",
    "trust_change",
    "recall",
    "trust_vote",
    "group_activity",
    "category_choice",
    "acquaintance",
    "pick_notice",
    "notice_choice",
    "uptime",
)
_CAPS = {
    "posts_a_day": "1",
    "posts_a_week": "3",
    "curator_days": "7",
    "messages_between": "5",
    "trust_bps": "10000",
    "answer_hours": "48",
}
_ADDED = (
    ("pick", "wanted_at"),
    ("pick", "reply_count"),
    ("person", "deactivated_at"),
    ("person", "shows_purchases"),
    ("orders", "review_asked_at"),
    ("offer", "stopped_at"),
    ("offer", "category"),
    ("offer", "origin_id"),
    ("member", "active_at"),
    ("chat_group", "admin_since"),
    ("chat_group", "trust_changed_at"),
    ("chat_group", "keeps_allowance"),
    *(("chat_group", name) for name in reversed(_CAPS)),
)
_OF_PEOPLE = (
    ("acquaintance", "person_id"),
    ("audit_entry", "person_id"),
    ("chain_place", "person_id"),
    ("chain_place", "referrer_id"),
    ("downline", "person_id"),
    ("friend_credit", "friend_id"),
    ("friend_credit", "person_id"),
    ("introduction", "person_id"),
    ("introduction", "referrer_id"),
    ("payment", "person_id"),
    ("question", "person_id"),
    ("reaction", "person_id"),
    ("redemption", "person_id"),
    ("referral", "person_id"),
    ("referral", "referrer_id"),
    ("refund", "person_id"),
    ("reminder", "person_id"),
    ("team", "leader_id"),
    ("team_member", "person_id"),
    ("touch", "person_id"),
)
"""Where somebody is to be found who wants to be forgotten, without a look at every row."""
_OF_SOME_PEOPLE = (
    ("ledger_transaction", "by_id"),
    ("order_event", "by_id"),
    ("orders", "handed_over_by_id"),
    ("orders", "recommender_id"),
    ("payment", "decided_by_id"),
    ("question", "answered_by_id"),
    ("refund", "done_by_id"),
)
_PSEUDONYM = """
    coalesce(OLD.{who}, 0) > 0 AND coalesce(NEW.{who}, 0) < 0
    AND EXISTS (SELECT 1 FROM person WHERE id = NEW.{who} AND erased_at IS NOT NULL)
"""
_FORGETTING = {
    "account": f"""
        NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.group_id = OLD.group_id
        AND NEW.currency = OLD.currency AND {_PSEUDONYM.format(who="person_id")}
        AND NOT EXISTS (SELECT 1 FROM account AS other WHERE other.person_id = NEW.person_id
            AND other.group_id = NEW.group_id AND other.kind = NEW.kind AND other.currency = NEW.currency)
    """,
    "ledger_transaction": f"""
        NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.group_id = OLD.group_id
        AND NEW.posted_at = OLD.posted_at
        AND coalesce(NEW.order_id, 0) = coalesce(OLD.order_id, 0)
        AND coalesce(NEW.payment_id, 0) = coalesce(OLD.payment_id, 0)
        AND coalesce(NEW.refund_id, 0) = coalesce(OLD.refund_id, 0)
        AND coalesce(NEW.payout_id, 0) = coalesce(OLD.payout_id, 0)
        AND (coalesce(NEW.by_id, 0) <> coalesce(OLD.by_id, 0) OR NEW.note <> OLD.note)
        AND (coalesce(NEW.by_id, 0) = coalesce(OLD.by_id, 0) OR ({_PSEUDONYM.format(who="by_id")}))
        AND (NEW.note = OLD.note OR (NEW.note = '' AND (coalesce(NEW.by_id, 0) < 0 OR EXISTS (
            SELECT 1 FROM ledger_entry AS entry JOIN account ON account.id = entry.account_id
            WHERE entry.transaction_id = OLD.id AND account.person_id < 0))))
    """,
}
"""All that may ever change: whose it is becomes a pseudonym, and what was written about her is blanked."""


def _let_people_be_forgotten() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, allowed in _FORGETTING.items():
        if is_postgresql:
            op.execute(
                f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {allowed} THEN RETURN NEW; END IF; RAISE EXCEPTION 'the ledger is append-only'; END $$"
            )
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
            )
        else:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )


def _keep_people_for_good() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in _FORGETTING:
        if is_postgresql:
            op.execute(f"DROP TRIGGER {table}_no_delete ON {table}")
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP FUNCTION {table}_is_append_only()")
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
            )
        else:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
