"""Who brought whom."""

from bot.callbacks.buttons import Button


class ChainButton(Button, kind="jn"):
    """Show me my chain in a group."""

    group_id: int


class AllChainsButton(Button, kind="jl"):
    """Show me all the chains of a group that is mine."""

    group_id: int


class ChainPictureButton(Button, kind="jd"):
    """Draw my chain, or (whole: 1) all the chains of a group that is mine."""

    group_id: int
    whole: int


class ChainSheetButton(Button, kind="jx"):
    """All the chains of a group that is mine as a file."""

    group_id: int


class ChainNameButton(Button, kind="je"):
    """Hide my name in others' chains (1), or show it again (0); the group is the one whose page this is."""

    group_id: int
    hides: int
