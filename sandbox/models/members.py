"""A user's standing in a chat: rights of administrators, permissions of members."""

from dataclasses import dataclass, replace
from typing import Literal

from sandbox.models.users import Json, User

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

_EVERYWHERE = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_BY_KIND = {
    "group": ("can_pin_messages",),
    "supergroup": ("can_pin_messages", "can_manage_topics", "can_manage_tags"),
    "channel": ("can_post_messages", "can_edit_messages", "can_manage_direct_messages"),
}
RIGHTS = (*_EVERYWHERE, *_BY_KIND["supergroup"], *_BY_KIND["channel"])
USUAL_RIGHTS = frozenset(
    {
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    }
)
CHANNEL_RIGHTS = frozenset(
    {
        "can_manage_chat",
        "can_delete_messages",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_post_messages",
        "can_edit_messages",
    }
)

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
# What every member of a new group may do: all but run it.
USUAL_PERMISSIONS = frozenset(PERMISSIONS) - {"can_change_info", "can_pin_messages", "can_manage_topics"}


def rights_in(kind: str) -> tuple[str, ...]:
    """Return the rights that an administrator of a chat of this kind can have."""
    return _EVERYWHERE + _BY_KIND.get(kind, ())


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatMember:
    """One user's status and rights in one chat."""

    user: User
    status: Status = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    custom_title: str | None = None
    # Restricted only: what is still allowed, and whether she has gone meanwhile.
    permissions: frozenset[str] = frozenset()
    has_left: bool = False
    # Unix time at which a restriction or ban ends; 0 is never.
    until_date: int = 0
    appointed_by: int | None = None

    @property
    def is_present(self) -> bool:
        """Whether the user is in the chat now."""
        return self.status not in ("left", "kicked") and not self.has_left

    @property
    def is_admin(self) -> bool:
        """Whether the user is the owner or an administrator."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether the user has an administrator's right; owners have all."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def at(self, now: float) -> "ChatMember":
        """Return the standing at a Unix time: restrictions and bans run out by themselves."""
        if not 0 < self.until_date <= now or self.status not in ("restricted", "kicked"):
            return self
        stays = self.status == "restricted" and not self.has_left
        return ChatMember(user=self.user, status="member" if stays else "left")

    def gone(self) -> "ChatMember":
        """Return the standing of one who left: a restriction stays for her return."""
        if self.status == "restricted":
            return replace(self, has_left=True)
        return ChatMember(user=self.user, status="left")

    def back(self) -> "ChatMember":
        """Return the standing of one who came: a restriction of before still holds."""
        if self.status == "restricted":
            return replace(self, has_left=False)
        return ChatMember(user=self.user)

    def to_json(self, *, kind: str = "supergroup", is_editable: bool = False) -> Json:
        """Return the Bot API's ChatMember in a chat of a kind; `is_editable` by the bot that asks."""
        json: Json = {"status": self.status, "user": self.user.to_json()}
        if self.is_admin:
            json["is_anonymous"] = self.is_anonymous
            if self.custom_title:
                json["custom_title"] = self.custom_title
        if self.status == "administrator":
            json["can_be_edited"] = is_editable
            json |= {right: right in self.rights for right in rights_in(kind)}
        elif self.status == "restricted":
            json["is_member"] = not self.has_left
            json |= {permission: permission in self.permissions for permission in PERMISSIONS}
            json["until_date"] = self.until_date
        elif self.status == "kicked":
            json["until_date"] = self.until_date
        return json
