"""What members wish for, and what a group needs."""

from bot.callbacks.buttons import Button


class WishBackButton(Button, kind="wx"):
    """Take a wish of mine back."""

    wish_id: int


class WishGroupButton(Button, kind="wg"):
    """What I wished for in private is meant for this group."""

    draft_id: int
    group_id: int


class DemandButton(Button, kind="dm"):
    """A page of what a group needs."""

    group_id: int
    page: int


class NeedButton(Button, kind="nd"):
    """One need, with what can be done about it."""

    need_id: int


class NeedDraftButton(Button, kind="nf"):
    """Make a pick of a need, with its numbers filled in."""

    need_id: int


class NeedPickButton(Button, kind="nk"):
    """Which pick is what a group needs (0: choose)."""

    need_id: int
    pick_id: int


class NeedPickBackButton(Button, kind="nb"):
    """No pick is what a group needs after all: nobody is to hear of it."""

    need_id: int


class NeedMergeButton(Button, kind="nm"):
    """Which other need this one is the same as (0: choose)."""

    need_id: int
    other_id: int


class NeedMergeBackButton(Button, kind="nu"):
    """Two needs that were merged by this act are two again."""

    entry_id: int


class NeedSplitButton(Button, kind="nx"):
    """Those who wished in the words of this wish (0: choose) want something else."""

    need_id: int
    wish_id: int
