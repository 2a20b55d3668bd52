"""The commands of `run_bot.py`, and what those say and do that need no running bot."""

import asyncio
import shlex
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.process import PROBLEM, live, read

# Everything else is imported by the command that needs it, so that --help and a typing error answer at once.
if TYPE_CHECKING:
    from bot.doctor import Finding
    from bot.settings import StorageSettings

_HELP: Final = """Vouch: a Telegram bot for groups that buy together on the word of people they know.

[bold]See it first[/bold]: [cyan]run_bot.py demo[/cyan] needs no token and no Telegram.

[bold]Go live[/bold]: ask @BotFather for a token, write [cyan]BOT_TOKEN=…[/cyan] into a file named .env,
then [cyan]run_bot.py doctor[/cyan] and [cyan]run_bot.py run[/cyan]. All settings: docs/operators.md."""


def command_line(*, run: Callable[[], None], demo: Callable[[int], None]) -> typer.Typer:
    """What an operator can ask for; the two that put the bot together come from whoever composes it."""
    # A pretty traceback would show what variables hold: tokens, and what people wrote.
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        help=_HELP,
    )
    for command in (run, demo, migrate, backup, move, doctor, evaluate):
        app.command()(command)
    ledger = typer.Typer(no_args_is_help=True, help="The group's money: look whether the books balance.")
    ledger.command()(check)
    app.add_typer(ledger, name="ledger")
    return app


def migrate(
    check: Annotated[
        bool,
        typer.Option("--check", help="Only tell whether models and migrations agree; needs no settings."),
    ] = False,
) -> None:
    """Bring the database up to the newest version.

    SQLite does it by itself at every start; PostgreSQL waits for this command, so that you can make a
    backup first.
    """
    if check:
        live(_check_migrations())
    else:
        from bot.settings import StorageSettings

        live(_migrate(read(StorageSettings)))


def backup(
    file: Annotated[Path, typer.Argument(help="The new file, such as backups/2026-01-31.db.")],
) -> None:
    """Copy the SQLite database to a new file, also while the bot runs.

    A copy of the live file made with cp is not a backup: it may lack what stands in the log beside it.
    """
    from bot.settings import StorageSettings
    from storage.backup import BackupFailed
    from storage.backup import backup as make_backup

    settings = read(StorageSettings)
    try:
        size = make_backup(settings.database_url.get_secret_value(), file)
    except BackupFailed as failure:
        raise _failure(_why_no_backup(failure)) from None
    typer.echo(f"{file} holds a whole, checked copy of the database ({size / 1e6:.1f} MB).")


def move(
    to_url: Annotated[
        str,
        typer.Argument(
            metavar="TO_URL", help="The new, empty database, such as postgresql://vouch@localhost/vouch."
        ),
    ],
) -> None:
    """Copy everything into another, empty database, such as from SQLite into PostgreSQL.

    Stop the bot first. What is copied is the database that [cyan]VOUCH_DATABASE_URL[/cyan] names, and it
    stays as it is. The copy is made as a whole or not at all; rows are counted and the books compared first.

    A password on a command line can be read by everybody on the machine: leave it out of TO_URL, and put
    it into ~/.pgpass or PGPASSWORD.
    """
    from bot.settings import StorageSettings

    live(_move(read(StorageSettings), to_url))


def doctor() -> None:
    """Look at settings, disk, database, token, groups and webhook; say what is wrong and how to mend it.

    It changes nothing. It ends with 1 if there is a problem.
    """
    live(_doctor())


def check() -> None:
    """Prove that the books balance: every transaction, every account, every payment, refund and order.

    It reads every entry and changes nothing, also while the bot runs. It ends with 1 if something does not
    balance, and lists it.
    """
    from bot.settings import StorageSettings

    live(_check_ledger(read(StorageSettings)))


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Holds one file each ending with train, val and share.")],
    choosing: Annotated[
        bool,
        typer.Option("--choosing", help="Score other parameters instead, on the train file split once more."),
    ] = False,
) -> None:
    """Measure what would be recommended, on data with purchases held back: see docs/recommendations.md.

    Lines of train and val are [cyan]person,item[/cyan], of share [cyan]person,person,item[/cyan].
    """
    from bot.recommending.choosing import choose
    from bot.recommending.evaluation import evaluate as score_all
    from bot.recommending.reading import DataWrong, read_data
    from bot.recommending.table import words_of, words_of_choice

    try:
        data = read_data(folder)
    except DataWrong as wrong:
        raise _failure(str(wrong)) from None
    for line in words_of_choice(choose(data)) if choosing else words_of(score_all(data), data):
        typer.echo(line)


async def _migrate(settings: "StorageSettings") -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from storage.engine import opened
    from storage.schema import VersionUnknown, migrate, newest

    try:
        async with opened(settings.database_url.get_secret_value()) as database:
            await migrate(database.write)
    except VersionUnknown as version:
        raise _failure(f"The database comes from newer code (version {version}): upgrade Vouch.") from None
    except (SQLAlchemyError, OSError) as exc:
        raise _failure(
            f"The database does not answer ({type(exc).__name__}): check VOUCH_DATABASE_URL."
        ) from None
    typer.echo(f"The database stands at the newest version ({newest()}).")


async def _move(settings: "StorageSettings", to_url: str) -> None:
    from datetime import UTC, datetime

    from bot.bookkeeping import RECKONED_WITHIN
    from bot.doctor import missing_file
    from bot.moving import why_not, words_of
    from bot.settings import known_database
    from storage.transfer import TransferRefused, transfer

    try:
        target = known_database(to_url)
    except ValueError as wrong:
        raise _failure(f"TO_URL {wrong}") from None
    if missing := missing_file(settings):
        raise _failure(f"There is no database at {missing} yet; see VOUCH_DATABASE_URL.")
    try:
        moved = await transfer(
            settings.database_url.get_secret_value(),
            target,
            late_before=datetime.now(UTC) - RECKONED_WITHIN,
        )
    except TransferRefused as refusal:
        raise _failure(why_not(refusal)) from None
    except asyncio.CancelledError:
        raise _failure("Interrupted: nothing was moved.") from None
    for line in words_of(moved):
        typer.echo(line)


async def _check_ledger(settings: "StorageSettings") -> None:
    from datetime import UTC, datetime

    from sqlalchemy.exc import SQLAlchemyError

    from bot.bookkeeping import audit_books
    from bot.doctor import missing_file
    from storage.engine import opened
    from storage.schema import is_current
    from storage.unit_of_work import reading

    if missing := missing_file(settings):
        raise _failure(f"There is no database at {missing} yet; see VOUCH_DATABASE_URL.")
    try:
        async with opened(settings.database_url.get_secret_value()) as database:
            if not await is_current(database.read):
                raise _failure("The database is not up to date. Back it up, then run: run_bot.py migrate")
            async with reading(database) as uow:
                audit = await audit_books(uow, now=datetime.now(UTC))
    except (SQLAlchemyError, OSError) as exc:
        raise _failure(
            f"The database does not answer ({type(exc).__name__}): check VOUCH_DATABASE_URL."
        ) from None
    if not audit.count:
        typer.echo(f"Everything balances ({audit.transactions} transactions).")
        return
    for fault in audit.says:
        _show_problem("ledger", fault)
    raise _failure(f"{audit.count} things do not balance ({audit.transactions} transactions).")


async def _check_migrations() -> None:
    from storage.engine import opened
    from storage.schema import drift, migrate

    with tempfile.TemporaryDirectory(prefix="vouch-check-") as folder:
        async with opened(f"sqlite:///{folder}/empty.db") as database:
            await migrate(database.write)
            differences = await drift(database.read)
    if not differences:
        typer.echo("Models and migrations agree.")
        return
    for difference in differences:
        typer.echo(f"  {difference}", err=True)
    raise _failure("Models and migrations differ: write a migration into storage/migrations/versions.")


async def _doctor() -> None:
    from bot.composition import asking
    from bot.doctor import examine, examine_storage
    from bot.settings import Settings, SettingsWrong, StorageSettings, read_settings

    try:
        settings = read_settings(Settings)
    except SettingsWrong as wrong:
        for problem in wrong.problems:
            _show_problem("settings", problem)
        # The rest can still be looked at, unless it is the database that is named wrongly.
        await _show(examine_storage(read_settings(StorageSettings)))
        raise typer.Exit(PROBLEM) from None
    _show_line("ok", typer.colors.GREEN, "settings", "complete")
    async with asking(settings) as ask:
        all_well = await _show(examine(settings, ask))
    raise typer.Exit(0 if all_well else PROBLEM)


async def _show(findings: "AsyncIterator[Finding]") -> bool:
    all_well = True
    async for finding in findings:
        if finding.is_ok:
            _show_line("ok", typer.colors.GREEN, finding.about, finding.says)
        else:
            all_well = False
            _show_problem(finding.about, f"{finding.says}. To mend it: {finding.mend}.")
    return all_well


def _show_problem(about: str, words: str) -> None:
    _show_line("problem", typer.colors.RED, about, words)


def _show_line(mark: str, colour: str, about: str, words: str) -> None:
    typer.echo(f"{typer.style(f'{mark:<8}', fg=colour)} {about}: {words}")


def _why_no_backup(failure: Exception) -> str:
    from storage.backup import Damaged, NoDatabase, NoFolder, NotOurs, NotWritable, TargetExists

    match failure:
        case NotOurs():
            return f"PostgreSQL has its own tool. Run: {failure.command}"
        case NoDatabase():
            return f"There is no database at {failure.path} yet; see VOUCH_DATABASE_URL."
        case TargetExists():
            return f"{failure.path} exists already, and a backup overwrites nothing. Choose another name."
        case NoFolder():
            return (
                f"There is no folder {failure.path}. Make it first: mkdir -p {shlex.quote(str(failure.path))}"
            )
        case NotWritable():
            return f"{failure.path} could not be written: {failure.reason}."
        case Damaged():
            return (
                f"The database is damaged ({failure.report}). Keep its files, stop the bot and restore the "
                "last good backup."
            )
    raise failure


def _failure(sentence: str) -> typer.Exit:
    typer.secho(sentence, fg=typer.colors.RED, err=True)
    return typer.Exit(PROBLEM)
