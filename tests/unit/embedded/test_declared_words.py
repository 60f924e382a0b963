"""Words that servers declare for fields and values count like their own names, in a domain made up for this test."""

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, timestamp_pb2
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Proto
from llm_orchestrator.capabilities.v1 import annotations_pb2

from orchestrator_server.embedded.conditions.facts import Words
from orchestrator_server.embedded.conditions.states import happened, state
from orchestrator_server.embedded.declared.fields import fields_of
from orchestrator_server.embedded.words.english import stem

VALUES = {"STAGE_UNSPECIFIED": [], "STAGE_QUEUED": ["not glazed yet", "on the shelf"], "STAGE_FIRED": ["in the kiln"]}


def pot() -> Descriptor:
    """A pot in a pottery: its stage, and when it was fired."""
    file = descriptor_pb2.FileDescriptorProto(name="pottery.proto", package="pottery", syntax="proto3")
    file.dependency.append(timestamp_pb2.DESCRIPTOR.name)
    stage = file.enum_type.add(name="Stage")
    for number, (name, words) in enumerate(VALUES.items()):
        value = stage.value.add(name=name, number=number)
        value.options.Extensions[annotations_pb2.value_words].extend(words)
    message = file.message_type.add(name="Pot")
    message.field.add(name="stage", number=1, type=Proto.TYPE_ENUM, type_name=".pottery.Stage", label=1)
    fired = message.field.add(name="fired_at", number=2, type=Proto.TYPE_MESSAGE, label=1)
    fired.type_name = ".google.protobuf.Timestamp"
    fired.options.Extensions[annotations_pb2.field_words].extend(["burnt", "gone in"])
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(timestamp_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return pool.FindMessageTypeByName("pottery.Pot")


def said(text: str) -> Words:
    """The words of `text`."""
    words = tuple(text.split())
    return Words(norms=words, stems=tuple(stem(word) for word in words), surfaces=words)


@pytest.mark.parametrize("text", ["it has been burnt", "it was fired", "it has gone in", "it is already in the kiln"])
def test_what_has_happened_stays_so(text: str) -> None:
    assert [test.positive for test in happened(said(text), fields_of(pot()))] == ["has(@.fired_at)"]


@pytest.mark.parametrize("text", ["it is in the kiln", "it is still fired", "its stage is fired"])
def test_what_something_is_now_is_its_state(text: str) -> None:
    fields = fields_of(pot())
    assert not list(happened(said(text), fields))
    assert [test.positive for test in state(said(text), fields)] == ["@.stage == pottery.Stage.STAGE_FIRED"]


def test_declared_denial_is_part_of_the_phrase_and_no_negation() -> None:
    words = said("it is not glazed yet")
    test = next(state(words, fields_of(pot())))
    assert test.positive == "@.stage == pottery.Stage.STAGE_QUEUED"
    assert words.norms.index("not") in test.used


def test_declared_denial_without_its_no_is_the_opposite() -> None:
    tests = [test.positive for test in state(said("it is glazed yet"), fields_of(pot()))]
    assert tests == ["@.stage != pottery.Stage.STAGE_QUEUED"]
