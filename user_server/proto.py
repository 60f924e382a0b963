"""Profiles as they cross the wire."""

from llm_orchestrator.user.v1 import user_pb2

from service_kit.times import to_timestamp
from user_server.store import Profile


def profile_message(profile: Profile) -> user_pb2.Profile:
    """The profile as a message."""
    return user_pb2.Profile(
        email=profile.email,
        name=profile.name,
        phone=profile.phone,
        address=profile.address,
        membership=user_pb2.Membership.Value("MEMBERSHIP_" + profile.membership),
        member_since=to_timestamp(profile.member_since),
    )
