"""Whether somebody has the database open: a bot that runs, or a shell that was left open."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url, text

from storage.engine import opened

# Whoever looks after the server is connected, too, but as somebody else.
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


async def is_open_elsewhere(url: str) -> bool:
    """Whether another connection holds the database open, even if it does nothing at the moment.

    On PostgreSQL only connections of the same user count. Connections of this process count as well.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _is_file_open(Path(address.database or ""))
    async with opened(url) as database, database.read.connect() as connection:
        return bool((await connection.execute(_OTHERS)).scalar_one())


def _is_file_open(file: Path) -> bool:
    name = f"file:{quote(str(file.resolve()))}?mode=rw"
    with closing(sqlite3.connect(name, uri=True, timeout=0, isolation_level=None)) as connection:
        # With a log beside the file, whoever asks so gets in only where nobody else is.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return True
        connection.execute("ROLLBACK")
    return False
