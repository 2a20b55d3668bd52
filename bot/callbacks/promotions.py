"""Promotions and their codes."""

from bot.callbacks.buttons import Button


class PromotionsButton(Button, kind="wl"):
    """Show a page of a group's promotions; group 0 stands for those across groups, pages count from 0."""

    group_id: int
    page: int


class PromotionButton(Button, kind="wp"):
    """Show one promotion to who may change it."""

    promotion_id: int


class PromotionDeedButton(Button, kind="wd"):
    """With a promotion: `edit`, `pause`, `resume`, `end` (ask), `over` (end it), `results` or `codes`."""

    promotion_id: int
    deed: str


class NewPromotionButton(Button, kind="wn"):
    """Begin a promotion in a group, or (0) across groups."""

    group_id: int


class PromotionStepButton(Button, kind="ws"):
    """Go to a step of a promotion in the making, or `launch`, `sure`, `save`, `drop` it."""

    draft_id: int
    act: str


class PromotionChoiceButton(Button, kind="wc"):
    """Choose a value at a step of a promotion in the making; an empty one clears the step."""

    draft_id: int
    step: str
    value: str


class PromotionPageButton(Button, kind="wt"):
    """Turn the page of what a step of a promotion in the making lists; pages count from 0."""

    draft_id: int
    page: int


class NewCouponsButton(Button, kind="wk"):
    """Make codes for a promotion: so many single ones (a number), `ask` how many, or `word` for one code."""

    promotion_id: int
    form: str


class CouponBatchButton(Button, kind="wb"):
    """With a batch of codes: send it as a `file`, switch it `on` or `off`."""

    promotion_id: int
    batch: int
    deed: str
