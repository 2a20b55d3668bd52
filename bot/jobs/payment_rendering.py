"""Notices about paying: what is to be paid, what was claimed, what was not found."""

from typing import Final

from bot.jobs.due import Renderer
from storage.states import OutboxKind

PAYMENT_RENDERERS: Final[dict[OutboxKind, Renderer]] = {}
