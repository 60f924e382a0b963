# ruff: noqa: E501  # tables: one case a line
"""A second domain, a public library, built from dynamic descriptors: the planner must know it as well as the shop."""

from functools import cache

from google.protobuf import descriptor_pb2, timestamp_pb2
from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Proto
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.snapshot import ServerDescription, build_catalogue

Params = dict[str, dict[str, object]]
PACKAGE = "library.v1"
LOAN: dict[str, dict[str, object]] = {
    "loan_id": {"description": "The loan's id.", "required": True, "pattern": "L[0-9]{6}", "example": "L204417"}
}
WHO: dict[str, dict[str, object]] = {"card": {"description": "The reader's card.", "required": True, "subject": True}}
TITLE: Params = {
    "title": {
        "description": "The book's exact title.",
        "required": True,
        "pattern": "[^\\n]{2,80}",
        "example": "Silent Spring",
    }
}
COPIES: Params = {"copies": {"description": "How many copies.", "required": True, "pattern": "[1-5]", "example": "1"}}
EMAIL: Params = {
    "contact": {
        "description": "The new contact number.",
        "required": True,
        "pattern": "\\+?[0-9][0-9 -]{5,20}[0-9]",
        "example": "+32 470 112233",
    }
}
STATE: Params = {"state": {"description": "Only loans in this state.", "example": "overdue"}}

INTENTS: dict[str, tuple[str, str, list[str], Params, str]] = {
    "loan.list": ("read", "Lists the reader's loans.", ["show my loans", "which books have I borrowed", "list my overdue loans"], WHO | STATE, "Loans"),
    "loan.get": ("read", "Shows one loan of the reader: its state and dates.", ["show loan L204417", "what is the state of L204417"], LOAN, "OneLoan"),
    "loan.renew": ("effect", "Renews one loan of the reader.", ["renew L204417", "extend my loan L204417", "keep L204417 longer"], LOAN, "OneLoan"),
    "loan.due_date": ("read", "Tells when a loan must be handed in.", ["when is L204417 due", "how long can I keep L204417"], LOAN, "Due"),
    "book.reserve": ("effect", "Reserves copies of a book for the reader.", ["reserve Silent Spring", "put 2 copies of Silent Spring on hold"], WHO | TITLE | COPIES, "Reservation"),
    "fine.get_balance": ("read", "Tells how much the reader owes in fines.", ["how much do I owe", "what are my fines"], WHO, "Fines"),
    "card.block": ("effect", "Blocks the reader's library card.", ["block my card", "I lost my card, please block it"], WHO, "Card"),
    "reader.update_contact": ("effect", "Replaces the reader's contact number.", ["change my contact number to +32 470 112233"], WHO | EMAIL, "Card"),
    "branch.opening_hours": ("read", "Tells when the library is open.", ["when are you open", "what are the opening hours"], {}, "Hours"),
}  # fmt: skip

MESSAGES = {
    "Loan": [("id", "string"), ("title", "string"), ("state", "LoanState"), ("borrowed_at", "time"), ("returned_at", "time"), ("renewals", "int32")],
    "Money": [("amount_minor", "int64"), ("currency", "string")],
    "Loans": [("loans", "Loan*")],
    "OneLoan": [("loan", "Loan")],
    "Due": [("due_at", "time"), ("days_left", "int32")],
    "Reservation": [("title", "string"), ("place_in_queue", "int32")],
    "Fines": [("owed", "Money"), ("is_blocked", "bool")],
    "Card": [("blocked", "bool")],
    "Hours": [("text", "string")],
}  # fmt: skip
STATES = ["UNSPECIFIED", "ACTIVE", "OVERDUE", "CLOSED"]


@cache
def library() -> Catalogue:
    """The library, as discovery would have built it."""
    file = _file()
    capabilities = capabilities_pb2.GetCapabilitiesResponse(server="library", etag="1")
    for name, (_, description, examples, _, _) in INTENTS.items():
        intent = annotations_pb2.Intent(
            name=name,
            description=description,
            examples=examples,
            generation=annotations_pb2.GENERATION_MODERN,
            access=annotations_pb2.ACCESS_SUBJECT,
        )
        capabilities.capabilities.add(intent=intent, method=f"{PACKAGE}.Library.{_camel(name)}")
    files = {
        timestamp_pb2.DESCRIPTOR.name: timestamp_pb2.DESCRIPTOR.serialized_pb,
        file.name: file.SerializeToString(),
    }
    described = ServerDescription(name="library", target="x", is_available=True, capabilities=capabilities, files=files)
    return build_catalogue([described])


def _file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(
        name="library.proto", package=PACKAGE, syntax="proto3", dependency=[timestamp_pb2.DESCRIPTOR.name]
    )
    states = file.enum_type.add(name="LoanState")
    for number, state in enumerate(STATES):
        states.value.add(name=f"LOAN_STATE_{state}", number=number)
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for number, (field, kind) in enumerate(fields, start=1):
            _add_field(message, field, kind, number)
    service = file.service.add(name="Library")
    for name, (effect, _, _, parameters, response) in INTENTS.items():
        request = file.message_type.add(name=f"{_camel(name)}Request")
        for number, (field, options) in enumerate(parameters.items(), start=1):
            kind = {"state": "LoanState", "copies": "int32"}.get(field, "string")
            _add_field(request, field, kind, number).options.Extensions[annotations_pb2.param].CopyFrom(
                annotations_pb2.Param(**options)  # type: ignore[arg-type]  # options are literals above
            )
        method = service.method.add(
            name=_camel(name), input_type=f".{PACKAGE}.{request.name}", output_type=f".{PACKAGE}.{response}"
        )
        if effect == "read":
            method.options.idempotency_level = descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS
    return file


def _add_field(message: descriptor_pb2.DescriptorProto, name: str, kind: str, number: int) -> Proto:
    field = message.field.add(name=name, number=number, label=Proto.LABEL_REPEATED if kind[-1] == "*" else 1)
    kind = kind.rstrip("*")
    scalars = {
        "string": Proto.TYPE_STRING,
        "int32": Proto.TYPE_INT32,
        "int64": Proto.TYPE_INT64,
        "bool": Proto.TYPE_BOOL,
    }
    if kind in scalars:
        field.type = scalars[kind]
    elif kind == "LoanState":
        field.type, field.type_name = Proto.TYPE_ENUM, f".{PACKAGE}.{kind}"
    else:
        path = ".google.protobuf.Timestamp" if kind == "time" else f".{PACKAGE}.{kind}"
        field.type, field.type_name = Proto.TYPE_MESSAGE, path
    return field


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace(".", "_").split("_"))
