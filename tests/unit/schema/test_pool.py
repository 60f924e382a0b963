"""pool and snapshot: what collides lives side by side, what is broken hides nothing else."""

from collections.abc import Mapping

import pytest
from google.protobuf import descriptor_pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2

from evaluation.catalogues import description as shop
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.pool import PoolBuilder, PoolError
from orchestrator_server.snapshot import ServerDescription, build_catalogue
from tests.compiling import compiled, compiled_text

PARCEL = "parcel/v1/parcel.proto"
ANNOTATIONS = "llm_orchestrator/capabilities/v1/annotations.proto"


def described(name: str, files: Mapping[str, bytes], **methods: str) -> ServerDescription:
    """A server with intents (`parcel_get="parcel.v1.ParcelService.GetParcel"`)."""
    intents = [
        capabilities_pb2.Capability(
            intent=annotations_pb2.Intent(name=intent.replace("_", "."), generation=annotations_pb2.GENERATION_MODERN),
            method=method,
        )
        for intent, method in methods.items()
    ]
    said = capabilities_pb2.GetCapabilitiesResponse(server=name, etag=name, capabilities=intents)
    return ServerDescription(name=name, target="x:1", is_available=True, capabilities=said, files=files)


def vendors() -> Catalogue:
    return build_catalogue(
        [
            described("a", compiled("vendor_a", PARCEL), parcel_get="parcel.v1.ParcelService.GetParcel"),
            described("b", compiled("vendor_b", PARCEL), locker_find="parcel.v1.ParcelService.FindParcel"),
        ]
    )


def test_the_same_file_with_different_contents_stands_there_twice():
    catalogue = vendors()
    assert catalogue.findings == ()
    assert catalogue.prefixes == ("x_b.",)
    assert catalogue.intents["parcel.get"].response_type == "parcel.v1.GetParcelResponse"
    assert catalogue.intents["locker.find"].response_type == "x_b.parcel.v1.GetParcelResponse"
    assert catalogue.intents["locker.find"].offers[0].method == "/parcel.v1.ParcelService/FindParcel"


def test_options_of_prefixed_copies_are_read_with_our_own_annotations():
    (parameter,) = vendors().intents["locker.find"].parameters
    assert (parameter.description, parameter.is_required) == ("Its parcel.", True)


def test_google_files_are_never_prefixed_and_are_our_own():
    pool = vendors().pool
    pool.FindMessageTypeByName("google.protobuf.Timestamp")
    with pytest.raises(KeyError):
        pool.FindMessageTypeByName("x_b.google.protobuf.FieldOptions")


def test_another_runtimes_google_files_are_no_collision():
    files = dict(
        compiled_text(a='import "google/protobuf/timestamp.proto"; message M { google.protobuf.Timestamp at = 1; }')
    )
    stamp = descriptor_pb2.FileDescriptorProto.FromString(files["google/protobuf/timestamp.proto"])
    stamp.options.java_package = "another"
    builder = PoolBuilder()
    assert builder.add("one", compiled_text(b="message N {}")) == ""
    assert builder.add("two", {**files, stamp.name: stamp.SerializeToString()}) == ""


@pytest.mark.parametrize(
    "other",
    [
        "package p; message M { string other = 1; }",
        "package p; enum F { OPEN = 0; }",  # the value of an enum stands beside it
        "package p; enum M { X = 0; }",
    ],
)
def test_the_same_symbols_in_other_files_are_a_collision(other):
    builder = PoolBuilder()
    assert builder.add("one", compiled_text(one="package p; message M { string name = 1; } enum E { OPEN = 0; }")) == ""
    assert builder.add("two", compiled_text(two=other)) == "x_two."
    builder.pool.FindMessageTypeByName("p.M")


def test_two_extensions_with_one_number_are_a_collision():
    head = 'syntax = "proto2"; import "google/protobuf/descriptor.proto";'
    builder = PoolBuilder()
    for name, prefix in (("one", ""), ("two", "x_two.")):
        text = f"{head} extend google.protobuf.FieldOptions {{ optional string {name} = 60001; }}"
        assert builder.add(name, compiled_text(**{name: text})) == prefix


def test_equal_files_are_shared():
    builder = PoolBuilder()
    files = compiled("vendor_a", PARCEL)
    assert [builder.add(name, files) for name in ("one", "two", "three")] == ["", "", ""]


def test_a_prefix_that_is_taken_is_not_used_again():
    builder = PoolBuilder()
    builder.add("one", compiled_text(one="package x_two.p; message M {}", other="package p; message N {}"))
    assert builder.add("two", compiled_text(other="package p; message N { int32 n = 1; }")) == "x_x_two."


BROKEN: dict[str, Mapping[str, bytes]] = {
    "garbage": {"a.proto": b"\xff\xff\xff garbage"},
    "an import that is not there": {
        "a.proto": descriptor_pb2.FileDescriptorProto(name="a.proto", dependency=["b.proto"]).SerializeToString()
    },
    "files that import each other": {
        f"{one}.proto": descriptor_pb2.FileDescriptorProto(
            name=f"{one}.proto", dependency=[f"{two}.proto"]
        ).SerializeToString()
        for one, two in ("ab", "ba")
    },
    "a type that is not there": {
        "a.proto": descriptor_pb2.FileDescriptorProto(
            name="a.proto",
            message_type=[
                descriptor_pb2.DescriptorProto(
                    name="M",
                    field=[
                        descriptor_pb2.FieldDescriptorProto(name="f", number=1, label=1, type=11, type_name=".no.N")
                    ],
                )
            ],
        ).SerializeToString()
    },
}


@pytest.mark.parametrize("files", BROKEN.values(), ids=BROKEN)
def test_a_broken_descriptor_set_is_a_finding_and_hides_nothing(files):
    broken = described("broken", files, a_b="p.S.M")
    catalogue = build_catalogue([broken, shop("order")])
    assert "order.get" in catalogue.intents
    assert [finding for finding in catalogue.findings if finding.startswith("broken is left out")]


def test_after_a_refusal_the_pool_is_as_it_was():
    builder = PoolBuilder()
    builder.add("one", compiled_text(one="message M {}"))
    before = builder.pool
    with pytest.raises(PoolError):
        builder.add("two", BROKEN["garbage"])
    assert builder.pool is before


def test_methods_that_cannot_be_intents_are_findings():
    text = """
      package p; message M {}
      service S { rpc Up(stream M) returns (M); rpc Down(M) returns (stream M); rpc Fine(M) returns (M); }
    """
    methods = {"a_up": "p.S.Up", "a_down": "p.S.Down", "a_none": "p.S.None", "b_none": "p.T.X", "a_fine": "p.S.Fine"}
    catalogue = build_catalogue([described("s", compiled_text(s=text), **methods)])
    assert list(catalogue.intents) == ["a.fine"]
    assert len(catalogue.findings) == 4


def test_a_server_that_means_something_else_by_our_numbers_is_read_without_them():
    text = """
      syntax = "proto2"; package p; import "google/protobuf/descriptor.proto";
      extend google.protobuf.FieldOptions { optional string ours = 50100; }
      message M { optional string a = 1 [(ours) = "no message at all"]; }
      service S { rpc Fine(M) returns (M); }
    """
    catalogue = build_catalogue([described("s", compiled_text(s=text), a_fine="p.S.Fine"), shop("order")])
    (parameter,) = catalogue.intents["a.fine"].parameters
    assert (parameter.name, parameter.description) == ("a", "")
    assert catalogue.intents["order.get"].parameters[0].is_required


def test_what_has_no_place_in_the_canonical_response_is_told():
    ours = "package {}; message Q {{}} message R {{ {} }} service S {{ rpc Get(Q) returns (R); }}"
    one, two = compiled_text(one=ours.format("a", "string x = 1;")), compiled_text(two=ours.format("b", "int32 x = 1;"))
    three = compiled_text(three=ours.format("c", "string x = 4; string more = 5;"))
    catalogue = build_catalogue(
        [
            described("a", one, a_get="a.S.Get"),
            described("b", two, a_get="b.S.Get"),
            described("c", three, a_get="c.S.Get"),
        ]
    )
    assert [offer.is_compatible for offer in catalogue.intents["a.get"].offers] == [True, False, True]
    said = " ".join(catalogue.findings)
    assert "b, beside a, answers x with another type and is never used in its place" in said
    assert "c, beside a, answers more, which has no place there and is left out" in said
