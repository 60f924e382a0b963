"""What an issuer may say: who may let others act for its users."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from service_kit.claims import caller_of
from service_kit.errors import Unauthenticated
from service_kit.trust_file import Issuer
from tests.tokens import ANNA

SAM, EVE = "sam@example.com", "eve@example.com"


def issuer(*may_delegate: str) -> Issuer:
    return Issuer(name="orchestrator", jwks="", may_delegate=frozenset(may_delegate))


def claims(**more: object) -> dict[str, object]:
    exp = (datetime.now(UTC) + timedelta(minutes=1)).timestamp()
    return {"iss": "orchestrator", "sub": ANNA, "exp": exp, **more}


BY_SERVER = {"act": {"sub": "orchestrator"}, "scope": "order.get"}
BY_SUPPORT = {"act": {"sub": SAM}}
BY_BOTH = {"act": {"sub": "orchestrator", "act": {"sub": SAM}}, "scope": "order.get"}


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        (BY_SERVER, {"server"}),
        ({"scope": "order.get"}, {"server"}),
        (BY_SUPPORT, {"support"}),
        (BY_BOTH, {"server", "support"}),
    ],
)
@pytest.mark.parametrize("may", [set(), {"server"}, {"support"}, {"server", "support"}])
def test_an_issuer_delegates_as_far_as_the_trust_file_says(said, needed, may):
    if needed <= may:
        assert caller_of(claims(**said), issuer(*may)).email == ANNA
        return
    with pytest.raises(Unauthenticated) as caught:
        caller_of(claims(**said), issuer(*may))
    assert caught.value.reason == "TOKEN_DELEGATION"


def test_who_acts_is_told_apart():
    caller = caller_of(claims(**BY_BOTH), issuer("server", "support"))
    assert (caller.actor, caller.agent, caller.email) == ("orchestrator", SAM, ANNA)


@pytest.mark.parametrize(
    "act",
    [
        {"sub": "somebody"},
        {"sub": "orchestrator", "act": {"sub": "orchestrator"}},
        {"sub": SAM, "act": {"sub": EVE}},
        {"sub": "orchestrator", "act": {"sub": SAM, "act": {"sub": EVE}}},
        {"sub": 7},
        {},
        "orchestrator",
    ],
)
def test_a_chain_of_actors_that_makes_no_sense_is_refused(act):
    with pytest.raises(jwt.InvalidTokenError):
        caller_of(claims(act=act, scope="order.get"), issuer("server", "support"))


@pytest.mark.parametrize("name", ["scope", "turn", "plan", "step", "sid"])
def test_texts_are_texts(name):
    with pytest.raises(jwt.InvalidTokenError):
        caller_of(claims(**{name: ["x"]}), issuer("server"))


def test_an_own_issuer_names_its_users_by_subject_and_gives_any_role():
    caller = caller_of(claims(email=EVE, roles=["customer", "admin"]), issuer())
    assert (caller.email, caller.roles) == (ANNA, {"customer", "admin"})
