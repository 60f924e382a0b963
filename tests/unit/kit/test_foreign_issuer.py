"""An identity provider of somebody else's: RS256, its own audience, its own claims."""

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from service_kit.errors import StartError
from service_kit.settings import Environment, SettingsError, server_settings
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.tokens import ANNA, crafted, reason, write_trust

ISSUER = "https://login.example.com/realms/shop"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ENTRY = {
    "jwks": "provider.jwks.json",
    "algorithm": "RS256",
    "audience": "shop-chat",
    "email_claim": "email",
    "roles_claim": "realm_access.roles",
    "roles": ["customer"],
}


def jwk(key: object = KEY, algorithm: str = "RS256", **more: object) -> dict[str, object]:
    form = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**form, "kid": "k1", "use": "sig", "alg": algorithm, **more}


@pytest.fixture
def published(tmp_path):
    """Publishes these keys, by default the one."""

    def publish(*jwks: dict[str, object]) -> None:
        (tmp_path / "provider.jwks.json").write_text(json.dumps({"keys": list(jwks or [jwk()])}))

    publish()
    return publish


@pytest.fixture
def verifier_for(tmp_path, published):
    """A verifier of `order` that trusts the provider, with changes to its entry; None leaves a field out."""

    def make(**changes: object) -> Verifier:
        entry = {name: value for name, value in {**ENTRY, **changes}.items() if value is not None}
        trust = Trust(write_trust(tmp_path / "foreign.json", **{ISSUER: entry}))
        trust.check()
        return Verifier(trust, "order")

    return make


@pytest.fixture
def token(signer):
    """A token as the provider issues it, with changes."""

    def make(key: object = KEY, algorithm: str = "RS256", **claims: object) -> str:
        usual = {
            "iss": ISSUER,
            "sub": "f81d4fae",
            "aud": "shop-chat",
            "email": "Anna@Example.com",
            "scope": "openid email",
        }
        return crafted(signer, key, algorithm, "k1", **{**usual, **claims})

    return make


async def test_its_users_are_customers_by_their_email(verifier_for, token):
    caller = await verifier_for().verify(token(sid="s-1"))
    assert (caller.email, caller.roles, caller.issuer, caller.session_id) == (ANNA, {"customer"}, ISSUER, "s-1")
    assert (caller.scope, caller.actor, caller.agent) == ("", None, "")


async def test_its_audience_is_its_own_and_may_stand_in_a_list(verifier_for, token):
    verifier = verifier_for()
    assert await verifier.verify(token(aud=["account", "shop-chat"]))
    assert await reason(verifier, token(aud="order")) == "TOKEN_AUDIENCE"
    assert await reason(verifier, token(aud=["account"])) == "TOKEN_AUDIENCE"


@pytest.mark.parametrize("verified", [False, "false", None, 0, "yes"])
async def test_an_email_that_is_not_verified_is_nobodys(verifier_for, signer, verified):
    claims = {"iss": ISSUER, "aud": "shop-chat", "email": ANNA}
    whole = jwt.decode(crafted(signer, **claims), options={"verify_signature": False}) | {"email_verified": verified}
    unverified = jwt.encode(whole, KEY, algorithm="RS256", headers={"kid": "k1"})
    assert await reason(verifier_for(), unverified) == "EMAIL_UNVERIFIED"


@pytest.mark.parametrize("verified", [True, "true"])
async def test_an_email_that_is_verified_counts(verifier_for, token, verified):
    assert await verifier_for().verify(token(email_verified=verified))


@pytest.mark.parametrize("email", [None, "", 7, ["anna@example.com"], "anna"])
async def test_a_token_without_an_email_is_nobodys(verifier_for, token, email):
    assert await reason(verifier_for(), token(email=email)) == "TOKEN_INVALID"


async def test_it_makes_nobody_staff_unless_the_entry_says_so(verifier_for, token):
    staff = token(realm_access={"roles": ["customer", "support", "admin"]})
    assert (await verifier_for().verify(staff)).roles == {"customer"}
    assert (await verifier_for(accepted_roles=["customer", "support"]).verify(staff)).roles == {"customer", "support"}
    with pytest.raises(StartError, match="roles gives admin"):
        verifier_for(roles=["admin"])


@pytest.mark.parametrize("name", ["https://shop.example/roles", "roles"])
async def test_a_claim_of_roles_may_have_dots_of_its_own(verifier_for, token, name):
    verifier = verifier_for(roles_claim=name, roles=[], accepted_roles=["support"])
    assert (await verifier.verify(token(**{name: ["support", "root"]}))).roles == {"support"}


@pytest.mark.parametrize("claims", [{}, {"realm_access": {}}, {"realm_access": "x"}])
async def test_a_token_without_roles_has_those_of_the_entry(verifier_for, token, claims):
    assert (await verifier_for().verify(token(**claims))).roles == {"customer"}


async def test_roles_of_the_wrong_shape_are_refused(verifier_for, token):
    assert await reason(verifier_for(), token(realm_access={"roles": "support"})) == "TOKEN_INVALID"


@pytest.mark.parametrize("act", [{"sub": "sam@example.com"}, {"sub": ISSUER}])
async def test_it_lets_nobody_act_for_its_users(verifier_for, token, act):
    assert await reason(verifier_for(), token(act=act)) == "TOKEN_DELEGATION"
    with pytest.raises(StartError, match="may_delegate is for our own issuers"):
        verifier_for(may_delegate=["support"])


@pytest.mark.parametrize("algorithm", ["RS512", "PS256"])
async def test_one_algorithm_counts_even_where_the_key_fits_another(verifier_for, token, algorithm):
    assert await reason(verifier_for(), token(algorithm=algorithm)) == "TOKEN_INVALID"


async def test_its_own_issuer_counts_with_another_curve_too(verifier_for, published, token):
    key = ec.generate_private_key(ec.SECP256R1())
    published(jwk(key, "ES256"))
    assert (await verifier_for(algorithm="ES256").verify(token(key, "ES256"))).email == ANNA


async def test_keys_for_other_purposes_and_of_other_kinds_are_passed_over(verifier_for, published, token):
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # too short on purpose
    others = [jwk(use="enc"), jwk(alg="RSA-OAEP"), jwk(kid=7), {"kty": "oct", "k": "AAAA", "kid": "k1"}, jwk(short), 7]
    published(*others)
    assert await reason(verifier_for(), token()) == "TOKEN_ISSUER_UNKNOWN"
    published(jwk(), *others[:4])
    assert await verifier_for().verify(token())


async def test_settings_can_name_it_in_place_of_the_file(trust_file, tmp_path, published, token, token_for):
    values = {"ISSUER": ISSUER, "AUDIENCE": "shop-chat", "JWKS": str(tmp_path / "provider.jwks.json")}
    environment = Environment({f"LLM_ORCHESTRATOR_OIDC_{name}": value for name, value in values.items()})
    settings = server_settings(environment, "order", 50054)
    environment.check()
    verifier = Verifier(Trust(trust_file, settings.provider), "order")
    assert (await verifier.verify(token(roles=["admin"]))).roles == {"customer"}
    assert (await verifier.verify(token_for(ANNA, "order"))).issuer == "user"


def test_settings_that_name_half_of_it_say_what_is_missing():
    environment = Environment(
        {
            "LLM_ORCHESTRATOR_OIDC_ISSUER": ISSUER,
            "LLM_ORCHESTRATOR_OIDC_JWKS": "http://login.example.com/keys",
            "LLM_ORCHESTRATOR_OIDC_ALGORITHM": "HS256",
        }
    )
    server_settings(environment, "order", 50054)
    with pytest.raises(SettingsError) as caught:
        environment.check()
    for said in ("OIDC_AUDIENCE", "'HS256'", "https"):
        assert said in str(caught.value)
