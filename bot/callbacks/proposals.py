"""What members recommend to curators."""

from bot.callbacks.buttons import Button


class RecommendButton(Button, kind="rp"):
    """At a step of a proposal: `back`, `skip`, `yes`, `no`, `stop` or `send`."""

    draft_id: int
    step: str
    action: str


class RecommendGroupButton(Button, kind="rg"):
    """The group that a proposal is for."""

    draft_id: int
    group_id: int


class ProposalButton(Button, kind="pv"):
    """A curator on a proposal: `accept`, `edit`, `decline`, `plain`, `why` or `keep`."""

    proposal_id: int
    action: str
