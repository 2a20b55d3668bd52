"""What is wrong with an order, and what comes of it."""

from bot.callbacks.buttons import Button


class CasesButton(Button, kind="ql"):
    """A page of cases: my `own`, the `open` ones that I decide, or those that are `done`."""

    name: str
    page: int


class CaseButton(Button, kind="qc"):
    """One case, at a page of its history; pages count from 0, the newest."""

    case_id: int
    page: int


class CaseOpenButton(Button, kind="qo"):
    """Something is wrong with my order: `ask` what, or a word of `CaseKind`."""

    order_id: int
    name: str


class CaseSendButton(Button, kind="qx"):
    """Open the case about my order with what I have written."""

    order_id: int


class CaseDeedButton(Button, kind="qd"):
    """Do something in a case; `seen_id` is the last step of it that I saw."""

    case_id: int
    deed: str
    seen_id: int
