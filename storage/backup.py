"""A copy of the SQLite database that is whole, made while the bot runs."""

import os
import shlex
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, make_url


class BackupFailed(Exception):
    """There is no backup; nothing was changed."""


@dataclass(eq=False)
class NotOurs(BackupFailed):
    """PostgreSQL has a tool of its own, called so."""

    command: str


@dataclass(eq=False)
class NoDatabase(BackupFailed):
    """There is no database file here yet."""

    path: Path


@dataclass(eq=False)
class TargetExists(BackupFailed):
    """A backup overwrites nothing."""

    path: Path


@dataclass(eq=False)
class NoFolder(BackupFailed):
    """The new file's folder is not there; perhaps a disk is not mounted, so none is made."""

    path: Path


@dataclass(eq=False)
class NotWritable(BackupFailed):
    """The copy could not be written here."""

    path: Path
    reason: str


@dataclass(eq=False)
class Damaged(BackupFailed):
    """The copy failed SQLite's own check, so the database itself is suspect."""

    report: str


def backup(database_url: str, path: Path) -> int:
    """Copy the database to a new file; returns its size in bytes. Raises BackupFailed.

    The file appears under its name only when it is whole, checked and on the disk.
    """
    address = make_url(database_url)
    if address.get_backend_name() != "sqlite":
        raise NotOurs(_pg_dump(address, path))
    source = Path(address.database or "")
    if not source.is_file():
        raise NoDatabase(source)
    if path.exists():
        raise TargetExists(path)
    if not path.parent.is_dir():
        raise NoFolder(path.parent)
    try:
        return _copy_beside(source, path)
    except (OSError, sqlite3.Error) as exc:
        raise NotWritable(path, str(exc)) from exc


def _pg_dump(address: URL, path: Path) -> str:
    # Without the password: on a command line, everybody on the machine could read it.
    plain = URL.create(
        "postgresql",
        username=address.username,
        host=address.host,
        port=address.port,
        database=address.database,
    )
    return shlex.join(["pg_dump", "--format=custom", f"--file={path}", plain.render_as_string()])


def _copy_beside(source: Path, path: Path) -> int:
    # Private from the start: it holds people's names and orders.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        _copy(source, part)
        _sync(part)
        size = part.stat().st_size
        _publish(part, path)
        return size
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path) -> None:
    live = sqlite3.connect(f"file:{quote(str(source.resolve()))}?mode=rw", uri=True, timeout=15)
    with closing(live), closing(sqlite3.connect(part)) as copy:
        # All pages in one step: a reader in WAL mode holds up no writer, and smaller steps would begin
        # anew with every write.
        live.backup(copy, pages=-1)
        # So that the copy is one file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        report = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
        broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    if report != ["ok"] or broken:
        raise Damaged(
            "; ".join(report[:5]) if report != ["ok"] else f"a foreign key of {broken[0]} is broken"
        )


def _publish(part: Path, path: Path) -> None:
    try:
        # Unlike a rename, a link never overwrites what somebody put there in the meantime.
        os.link(part, path)
    except FileExistsError:
        raise TargetExists(path) from None
    except OSError:
        # A file system without links.
        if path.exists():
            raise TargetExists(path) from None
        part.rename(path)
    with suppress(OSError):
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
