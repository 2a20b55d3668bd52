"""Reads `+1 red team` out of an answer to a card: an order that is meant for a team."""

import re
from collections.abc import Sequence

from bot.errors import VariantUnknown
from bot.rules.order_text import OrderText, read_order
from bot.rules.typed_text import fold, plain

_TEAM = (
    r"(?:(?:(?:in|for|as|with|into|join|open) )?(?:(?:a|the|my|your) )?team"
    r"|(?:(?:в|с|для) )?команд(?:а|у|е|ой|ы)"
    r"|(?:(?:en|al|para|con) )?(?:(?:un|el) )?equipo"
    r"|(?:参与|发起|一起)?(?:拼单|拼團|拼团|拼單|组队|組隊))"
)
_BESIDE = r"[ ,.:;!，。、！：]"
# Chinese is written without spaces.
_GLUED = r"(?<=[\u3400-\u9fff\d])(?=[\u3400-\u9fff])"
_FIRST = re.compile(rf"(?P<team>{_TEAM})(?:{_BESIDE}+|(?=\+))(?P<order>.+)", re.IGNORECASE)
_LAST = re.compile(rf"(?P<order>.+?)(?:{_BESIDE}+|{_GLUED})(?P<team>{_TEAM}){_BESIDE}*", re.IGNORECASE)


def read_team_order(text: str, variants: Sequence[str]) -> OrderText | None:
    """The order that somebody wants in a team; None where it names no team, or is no plain `+1`."""
    said = " ".join(plain(text).split())
    match = _LAST.fullmatch(said) or _FIRST.fullmatch(said)
    if match is None or any(fold(match["team"]) in fold(name) for name in variants):
        return None
    try:
        order = read_order(match["order"], variants)
    except VariantUnknown:
        return None
    if order is None or order.action != "change" or len(order.items) != 1 or order.items[0].quantity < 1:
        return None
    return order
