"""Invite links and requests to join."""

from dataclasses import dataclass

from sandbox.models.users import Json, User


@dataclass(eq=False, kw_only=True, slots=True)
class InviteLink:
    """A link into a group; `uses` counts those who joined through it."""

    url: str
    creator: User
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    uses: int = 0
    pending: int = 0

    def is_open(self, *, at: int) -> bool:
        """Whether somebody can still join through the link at a Unix time."""
        return (
            not self.is_revoked
            and (self.expire_date is None or self.expire_date > at)
            and (self.member_limit is None or self.uses < self.member_limit)
        )

    def to_json(self, *, viewer_id: int | None = None) -> Json:
        """Return the Bot API's ChatInviteLink; another administrator's link is masked."""
        masked = viewer_id is not None and self.creator.id != viewer_id
        json: Json = {
            "invite_link": f"{self.url[:-8]}..." if masked else self.url,
            "creator": self.creator.to_json(),
            "creates_join_request": self.creates_join_request,
            "is_primary": self.is_primary,
            "is_revoked": self.is_revoked,
        }
        if self.name:
            json["name"] = self.name
        if self.expire_date:
            json["expire_date"] = self.expire_date
        if self.member_limit:
            json["member_limit"] = self.member_limit
        if self.pending:
            json["pending_join_request_count"] = self.pending
        return json


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinRequest:
    """Somebody asks to be let in, perhaps through a link."""

    user: User
    date: int
    link: InviteLink | None = None
