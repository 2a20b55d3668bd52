"""What `run_bot.py move` says: what was moved, what to do next, or why nothing was."""

from collections.abc import Iterator

from storage.transfer import (
    CopyDiffers,
    SameDatabase,
    SourceInUse,
    SourceOutdated,
    SourceUnreachable,
    TargetNotEmpty,
    TargetUnreachable,
    TransferFailed,
    Transferred,
    TransferRefused,
)


def words_of(moved: Transferred) -> Iterator[str]:
    """The lines to print: each table with its rows, what was proven, and the next steps."""
    for table, count in sorted(moved.rows.items()):
        if count:
            yield f"{count:>12,}  {table}"
    yield f"{sum(moved.rows.values()):>12,}  rows in all, counted in both databases."
    if moved.ledger_faults:
        yield (
            f"The books are the same in both: {moved.ledger_faults} things did not balance before and do "
            "not now. See them with: run_bot.py ledger check"
        )
    else:
        yield "The books are the same in both, and everything balances."
    yield ""
    yield "Next: let VOUCH_DATABASE_URL (in .env) name the new database, run the doctor, start the bot."
    yield "The old database is as it was. Keep it until you are content, and never start the bot on it again."


def why_not(refusal: TransferRefused) -> str:
    """Why nothing was moved, and what to do about it."""
    match refusal:
        case SameDatabase():
            return "TO_URL is the database that VOUCH_DATABASE_URL names: name another, empty one."
        case SourceUnreachable():
            return f"The database does not answer ({refusal.reason}): check VOUCH_DATABASE_URL."
        case SourceInUse():
            return (
                "Somebody has the database open: stop the bot first (systemctl stop vouch), and close "
                "whatever else looks into it."
            )
        case SourceOutdated():
            return "The database is not up to date. Back it up, then run: run_bot.py migrate"
        case TargetUnreachable():
            return (
                f"The new database does not answer or takes no tables ({refusal.reason}): check TO_URL, that "
                "the database was made, and that its user may make tables in it."
            )
        case TargetNotEmpty():
            return f"The new database holds something already (table {refusal.table}): name an empty one."
        case TransferFailed():
            place = f" at the table {refusal.table}" if refusal.table else ""
            return f"The copy failed{place} ({refusal.reason}) and was taken back: nothing was moved."
        case CopyDiffers():
            return (
                f"The copy was not like its original ({refusal.about}) and was taken back: nothing was moved."
            )
    raise refusal
