"""ModelAddress: what may be shown of it."""

from orchestrator_server.model.errors import ModelAddress


def test_credentials_and_query_are_never_shown():
    address = ModelAddress(base_url="https://me:hush@gateway.example:8443/v1?token=x", model="m", api_key="sk-1")
    assert address.where == "https://gateway.example:8443/v1"
    assert address.host == "gateway.example"
    assert "sk-1" not in repr(address)


def test_no_url_means_openai():
    assert ModelAddress(base_url="", model="m").where == "https://api.openai.com/v1"
