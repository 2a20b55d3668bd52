"""A user's standing in a chat."""

from dataclasses import dataclass
from typing import Literal

from sandbox.models.users import Json, User

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

RIGHTS = (
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
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
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
_SUPERGROUP_RIGHTS = {"can_pin_messages", "can_manage_topics", "can_manage_tags"}
_PERMISSIONS = (
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


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatMember:
    """One user's status and rights in one chat."""

    user: User
    status: Status = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    custom_title: str | None = None
    until_date: int = 0
    appointed_by: int | None = None

    @property
    def is_present(self) -> bool:
        """Whether the user is in the chat now."""
        return self.status not in ("left", "kicked")

    @property
    def is_admin(self) -> bool:
        """Whether the user is the owner or an administrator."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether the user has an administrator's right; owners have all."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def to_json(self, *, viewer_id: int | None = None) -> Json:
        """Return the Bot API's ChatMember as the bot `viewer_id` sees it."""
        json: Json = {"status": self.status, "user": self.user.to_json()}
        if self.is_admin:
            json["is_anonymous"] = self.is_anonymous
            if self.custom_title:
                json["custom_title"] = self.custom_title
        if self.status == "administrator":
            json["can_be_edited"] = self.appointed_by is not None and self.appointed_by == viewer_id
            json |= {right: right in self.rights for right in RIGHTS if right not in _SUPERGROUP_RIGHTS}
            json |= {right: True for right in sorted(_SUPERGROUP_RIGHTS & self.rights)}
        elif self.status == "restricted":
            json["is_member"] = True
            json |= dict.fromkeys(_PERMISSIONS, False)
            json["until_date"] = self.until_date
        elif self.status == "kicked":
            json["until_date"] = self.until_date
        return json
