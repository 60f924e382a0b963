"""Both directions against each other: every message can be written under its schema, and whatever obeys it is read."""

from typing import Any

import hypothesis
import pytest
from google.protobuf.message import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator_server.json_message import read_message
from orchestrator_server.json_schema import message_schema
from tests.unit.schema.messages import messages
from tests.unit.schema.obeying import faults, obedient
from tests.unit.schema.writing import protobuf_form, written

TYPES = [
    *("Scalars", "Presence", "Lists", "Maps", "Choices", "WellKnown", "Wrappers", "Tree", "Ping", "Places"),
    *("Outer.Inner", "Newer", "Everything"),
]
MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TYPES)
@MANY
@given(data=st.data())
def test_a_message_written_under_its_schema_is_read_as_the_same(kind: Any, name: str, data: st.DataObject):
    message = data.draw(messages(kind(name)))
    schema = message_schema(kind(name).DESCRIPTOR)
    said = written(message, schema)
    assert list(faults(said, schema)) == []
    assert same(read_message(said, kind(name)), message)


@pytest.mark.parametrize("name", TYPES)
@MANY
@given(data=st.data())
def test_protobufs_own_form_is_read_as_the_same(kind: Any, name: str, data: st.DataObject):
    message = data.draw(messages(kind(name)))
    said = protobuf_form(message)
    hypothesis.assume(not holds_null(said))  # protobuf's null for a `Value`; here it says "not given"
    assert same(read_message(said, kind(name)), message)


@pytest.mark.parametrize("name", [*TYPES, "Older"])
@MANY
@given(data=st.data())
def test_whatever_obeys_the_schema_is_read(kind: Any, name: str, data: st.DataObject):
    said = data.draw(obedient(message_schema(kind(name).DESCRIPTOR)))
    read_message(said, kind(name), is_whole=False)


def holds_null(said: Any) -> bool:
    inner = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return said is None or any(holds_null(value) for value in inner)


def same(one: Message, other: Message) -> bool:
    return one.SerializeToString(deterministic=True) == other.SerializeToString(deterministic=True)
