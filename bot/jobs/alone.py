"""Sweeps go on when something is wrong with one of what they sweep."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)


@contextmanager
def alone(failure: str, **about: object) -> Iterator[None]:
    """What is wrong with one must not keep the others waiting: it is logged as this event, and left."""
    try:
        yield
    except Exception:
        log.exception(failure, **about)
