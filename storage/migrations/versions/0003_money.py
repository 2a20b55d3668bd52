"""What money needs: ways to pay, payments, refunds, holds, and a ledger that nobody can change

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORD = sa.String(length=20)
_MOMENT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_UNCHANGEABLE = ("account", "ledger_transaction", "ledger_entry")


def upgrade() -> None:
    """Apply."""
    op.create_table('account',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('kind', _WORD, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_account_person_id', 'account', ['person_id'], unique=False)
    op.create_index('uq_account_of_a_person', 'account', ['group_id', 'person_id', 'kind', 'currency'], unique=True, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
    op.create_index('uq_account_of_the_group', 'account', ['group_id', 'kind', 'currency'], unique=True, sqlite_where=sa.text('person_id IS NULL'), postgresql_where=sa.text('person_id IS NULL'))
    op.create_table('payment_way',
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('method', _WORD, nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('instructions', sa.String(), nullable=False),
    sa.Column('stars_per_unit', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.PrimaryKeyConstraint('group_id', 'method')
    )
    op.create_table('hold',
    sa.Column('order_id', _KEY, nullable=False),
    sa.Column('keeps', _DOCUMENT, nullable=False),
    sa.Column('expires_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.PrimaryKeyConstraint('order_id')
    )
    op.create_index('ix_hold_expires_at', 'hold', ['expires_at'], unique=False)
    op.create_table('payment',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=True),
    sa.Column('order_id', _KEY, nullable=True),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('method', _WORD, nullable=False),
    sa.Column('stage', _WORD, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('charged_amount', sa.BigInteger(), nullable=True),
    sa.Column('charged_currency', sa.String(), nullable=True),
    sa.Column('token', sa.String(), nullable=True),
    sa.Column('provider', sa.String(), nullable=True),
    sa.Column('charge_id', sa.String(), nullable=True),
    sa.Column('provider_charge_id', sa.String(), nullable=True),
    sa.Column('proof_file_id', sa.String(), nullable=True),
    sa.Column('proof_is_photo', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('receipt_number', sa.Integer(), nullable=True),
    sa.Column('receipt', _DOCUMENT, nullable=True),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('expires_at', _MOMENT, nullable=True),
    sa.Column('decided_at', _MOMENT, nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('amount > 0', name='ck_payment_amount'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('group_id', 'receipt_number', name='uq_payment_group_id_receipt_number'),
    sa.UniqueConstraint('provider', 'charge_id', name='uq_payment_provider_charge_id'),
    sa.UniqueConstraint('token')
    )
    op.create_index('ix_payment_group_id_stage_id', 'payment', ['group_id', 'stage', 'id'], unique=False)
    op.create_index('ix_payment_order_id', 'payment', ['order_id'], unique=False)
    op.create_index('ix_payment_stage_expires_at', 'payment', ['stage', 'expires_at'], unique=False)
    op.create_table('settlement',
    sa.Column('order_id', _KEY, nullable=False),
    sa.Column('asked_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.PrimaryKeyConstraint('order_id')
    )
    op.create_table('discrepancy',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=True),
    sa.Column('order_id', _KEY, nullable=True),
    sa.Column('payment_id', _KEY, nullable=True),
    sa.Column('kind', _WORD, nullable=False),
    sa.Column('facts', _DOCUMENT, nullable=False),
    sa.Column('merge_key', sa.String(), nullable=True),
    sa.Column('opened_at', _MOMENT, nullable=False),
    sa.Column('settled_at', _MOMENT, nullable=True),
    sa.Column('settled_by_id', sa.BigInteger(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], ),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('merge_key')
    )
    op.create_index('ix_discrepancy_group_id_settled_at', 'discrepancy', ['group_id', 'settled_at'], unique=False)
    op.create_index('ix_discrepancy_order_id', 'discrepancy', ['order_id'], unique=False)
    op.create_table('refund',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('group_id', _KEY, nullable=True),
    sa.Column('order_id', _KEY, nullable=True),
    sa.Column('payment_id', _KEY, nullable=True),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('method', _WORD, nullable=False),
    sa.Column('stage', _WORD, nullable=False),
    sa.Column('reason', _WORD, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('created_at', _MOMENT, nullable=False),
    sa.Column('done_at', _MOMENT, nullable=True),
    sa.Column('done_by_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('amount > 0', name='ck_refund_amount'),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_refund_group_id_stage_id', 'refund', ['group_id', 'stage', 'id'], unique=False)
    op.create_index('ix_refund_order_id', 'refund', ['order_id'], unique=False)
    op.create_index('ix_refund_payment_id', 'refund', ['payment_id'], unique=False)
    op.create_table('ledger_transaction',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('kind', _WORD, nullable=False),
    sa.Column('group_id', _KEY, nullable=False),
    sa.Column('order_id', _KEY, nullable=True),
    sa.Column('payment_id', _KEY, nullable=True),
    sa.Column('refund_id', _KEY, nullable=True),
    sa.Column('by_id', sa.BigInteger(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('posted_at', _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['chat_group.id'], ),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], ),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], ),
    sa.ForeignKeyConstraint(['refund_id'], ['refund.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_ledger_transaction_group_id_posted_at', 'ledger_transaction', ['group_id', 'posted_at'], unique=False)
    op.create_index('ix_ledger_transaction_order_id', 'ledger_transaction', ['order_id'], unique=False)
    op.create_table('ledger_entry',
    sa.Column('id', _KEY, nullable=False),
    sa.Column('transaction_id', _KEY, nullable=False),
    sa.Column('account_id', _KEY, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.CheckConstraint('amount <> 0', name='ck_ledger_entry_amount'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['transaction_id'], ['ledger_transaction.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_ledger_entry_account_id_id', 'ledger_entry', ['account_id', 'id'], unique=False)
    op.create_index('ix_ledger_entry_transaction_id', 'ledger_entry', ['transaction_id'], unique=False)
    op.add_column('chat_group', sa.Column('pays_when', _WORD, server_default='after_close', nullable=False))
    op.add_column('chat_group', sa.Column('hold_minutes', sa.Integer(), server_default='10', nullable=False))
    op.add_column('chat_group', sa.Column('next_receipt_number', sa.Integer(), server_default='1', nullable=False))
    op.add_column('chat_group', sa.Column('payments_since', _MOMENT, nullable=True))
    op.add_column('pick', sa.Column('payment_methods', _DOCUMENT, nullable=True))
    op.add_column('pick', sa.Column('pays_when', _WORD, nullable=True))
    _forbid_changes()


def downgrade() -> None:
    """Take back."""
    op.drop_column('pick', 'pays_when')
    op.drop_column('pick', 'payment_methods')
    op.drop_column('chat_group', 'payments_since')
    op.drop_column('chat_group', 'next_receipt_number')
    op.drop_column('chat_group', 'hold_minutes')
    op.drop_column('chat_group', 'pays_when')
    op.drop_index('ix_ledger_entry_transaction_id', table_name='ledger_entry')
    op.drop_index('ix_ledger_entry_account_id_id', table_name='ledger_entry')
    op.drop_table('ledger_entry')
    op.drop_index('ix_ledger_transaction_order_id', table_name='ledger_transaction')
    op.drop_index('ix_ledger_transaction_group_id_posted_at', table_name='ledger_transaction')
    op.drop_table('ledger_transaction')
    op.drop_index('ix_refund_payment_id', table_name='refund')
    op.drop_index('ix_refund_order_id', table_name='refund')
    op.drop_index('ix_refund_group_id_stage_id', table_name='refund')
    op.drop_table('refund')
    op.drop_index('ix_discrepancy_order_id', table_name='discrepancy')
    op.drop_index('ix_discrepancy_group_id_settled_at', table_name='discrepancy')
    op.drop_table('discrepancy')
    op.drop_table('settlement')
    op.drop_index('ix_payment_stage_expires_at', table_name='payment')
    op.drop_index('ix_payment_order_id', table_name='payment')
    op.drop_index('ix_payment_group_id_stage_id', table_name='payment')
    op.drop_table('payment')
    op.drop_index('ix_hold_expires_at', table_name='hold')
    op.drop_table('hold')
    op.drop_table('payment_way')
    op.drop_index('uq_account_of_the_group', table_name='account', sqlite_where=sa.text('person_id IS NULL'), postgresql_where=sa.text('person_id IS NULL'))
    op.drop_index('uq_account_of_a_person', table_name='account', sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
    op.drop_index('ix_account_person_id', table_name='account')
    op.drop_table('account')
    _allow_changes()


def _forbid_changes() -> None:
    """Let the database itself refuse to change or delete what the ledger holds."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
        for table in _UNCHANGEABLE:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
            )
        return
    for table in _UNCHANGEABLE:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        # INSERT OR REPLACE deletes the old row without telling the triggers of DELETE.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def _allow_changes() -> None:
    # SQLite's triggers go with their tables; the function outlives PostgreSQL's.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_is_append_only()")
