"""The conformance messages, compiled once."""

from collections.abc import Callable

import pytest
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from tests.compiling import compiled, message_class, pool_of

FILES = ("conformance/v1/conformance.proto", "conformance/v1/older.proto", "conformance/v1/edition.proto")

Kinds = Callable[[str], type[Message]]


@pytest.fixture(scope="session")
def pool() -> DescriptorPool:
    return pool_of(compiled("", *FILES))


@pytest.fixture(scope="session")
def kind(pool: DescriptorPool) -> Kinds:
    """`kind("Scalars")`: the class of a message of the conformance protos."""
    return lambda name: message_class(pool, f"conformance.v1.{name}")
