"""Promotions that are told to many groups."""

from bot.callbacks.buttons import Button


class CampaignsButton(Button, kind="kl"):
    """A page of all campaigns; pages count from 0."""

    page: int


class CampaignButton(Button, kind="kc"):
    """One campaign: `home`, `promotion`, `groups`, `launch`, `stop` or `unclear`."""

    campaign_id: int
    page: str


class CampaignDeedButton(Button, kind="kd"):
    """Do something with a campaign (0: a new one); `value` says what exactly, as far as there is a choice."""

    campaign_id: int
    deed: str
    value: str


class CampaignPostButton(Button, kind="kp"):
    """Whether a campaign arrived in a group is unclear: it is `there`, or it is sent `again`."""

    campaign_id: int
    group_id: int
    deed: str
