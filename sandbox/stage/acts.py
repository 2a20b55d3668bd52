"""Does what somebody at the page wants: each act is one verb of the people API."""

import re

from sandbox.errors import ApiError
from sandbox.models.users import Json
from sandbox.stage.acting import Act, Acts
from sandbox.stage.asking import ASKING
from sandbox.stage.places import Refused
from sandbox.stage.shopping import SHOPPING
from sandbox.stage.society import SOCIETY
from sandbox.stage.talk import TALK

__all__ = ["Act", "perform"]

_ACTS: Acts = TALK | SOCIETY | ASKING | SHOPPING


async def perform(act: Act) -> Json:
    """Do what the page asks and return what it needs to know; raises Refused with the reason."""
    name = act.fields.get("do")
    verb = _ACTS.get(name) if isinstance(name, str) else None
    if verb is None:
        raise Refused(f"The page can't do {name!r}.")
    try:
        return await verb(act) or {}
    except AssertionError as impossible:
        # The people API says so what a client would not offer.
        raise Refused(re.sub(r"<([^<>]*)>", r"\1", str(impossible))) from None
    except ApiError as refusal:
        raise Refused(f"Telegram would refuse that: {refusal.description}.") from None
