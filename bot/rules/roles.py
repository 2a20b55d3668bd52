"""What a role allows: to lead a group, to curate a pick, to hand goods over."""

from collections.abc import Collection

from storage.states import Role


def leads(role: Role) -> bool:
    """Whether a role may post and close picks."""
    return role in (Role.OWNER, Role.CURATOR)


def configures(role: Role, *, own_picks_only: bool) -> bool:
    """Whether somebody may change what concerns the whole group."""
    return role is Role.OWNER or (role is Role.CURATOR and not own_picks_only)


def curates(role: Role, *, own_picks_only: bool, is_own: bool) -> bool:
    """Whether somebody may touch a pick; a limited curator touches her own alone."""
    return leads(role) and (is_own or configures(role, own_picks_only=own_picks_only))


def hands_over(role: Role, *, helps_at: Collection[int], point_id: int | None) -> bool:
    """Whether somebody may hand goods over: at a point, or at any where none is named."""
    return leads(role) or (bool(helps_at) if point_id is None else point_id in helps_at)
