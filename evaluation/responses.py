"""Answers calls in the place of servers, with what a label's facts tell and a guise puts in the place of the rest."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message

from evaluation.constants import constant
from evaluation.guises import USER, Guise
from evaluation.labels import Facts
from evaluation.telling import elements, number, told, told_time
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import is_money
from orchestrator_server.message_fields import type_of, well_known
from orchestrator_server.plan import Call, Json

ONE_PIECE = frozenset({"quantity"})
"""Counts that are one where nothing is told: a label that names an item means one of it."""
_NAMES = frozenset({"name", "title", "sku"})
_DAYS_LEFT = "days_left"


def respond(call: Call, facts: Facts, guise: Guise, catalogue: Catalogue, now: dt.datetime) -> Message | None:
    """The response to a call; None where the thing that it names is told not to exist.

    A thing that the facts do not have exists, but nothing is told of it, and it stands in no list.
    """
    named = [str(value) for name, value in call.arguments.items() if name.endswith("_id") and isinstance(value, str)]
    key = next((_key(value, facts) for value in named), None)
    if key is not None and facts.get(key, {}) is None:
        return None
    response = catalogue.message_class(catalogue.intents[call.step.intent].response_type)()
    _Filling(facts, guise, now, call.arguments).fill(response, key)
    return response


class _Filling:
    def __init__(self, facts: Facts, guise: Guise, now: dt.datetime, arguments: Mapping[str, Json]) -> None:
        self._facts, self._guise, self._now, self._arguments = facts, guise, now, arguments

    def fill(self, message: Message, key: str | None) -> None:
        """Sets every field, of the thing `key` or of the caller."""
        about = self._facts.get(USER if key is None else key) or {}
        self._fields(message, {**about, **({} if key is None else {"id": key})})

    def _fields(self, message: Message, about: Mapping[str, Any]) -> None:
        for field in type_of(message).fields:
            if field.is_repeated:
                self._list(message, field, about)
            else:
                self._field(message, field, about)

    def _field(self, message: Message, field: FieldDescriptor, about: Mapping[str, Any]) -> None:
        if well_known(field.message_type) == "Timestamp":
            if (when := self._time(field.name, about)) is not None:
                getattr(message, field.name).FromDatetime(when.astimezone(dt.UTC).replace(tzinfo=None))
        elif is_money(field.message_type):
            is_told, value = told(field.name, about)
            amount = number(value) if is_told and value is not None else self._guise.amount()
            getattr(message, field.name).amount_minor = round(amount * 100)
            getattr(message, field.name).currency = "EUR"
        elif field.message_type is not None:
            getattr(message, field.name).SetInParent()
            self._fields(getattr(message, field.name), about)
        elif (plain := self._plain(field, about)) is not None:
            setattr(message, field.name, plain)

    def _time(self, name: str, about: Mapping[str, Any]) -> dt.datetime | None:
        is_told, when = told_time(name, about, self._now)
        return when if is_told else self._guise.time(name.removesuffix("_at"), about, self._now)

    def _plain(self, field: FieldDescriptor, about: Mapping[str, Any]) -> Any:
        is_told, value = told(field.name, about)
        if field.enum_type is not None:
            return self._constant(field.name, field.enum_type, about)
        if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
            return self._text(field.name, value, about) if not is_told else "" if value is None else str(value)
        if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
            return self._guise.is_large if value is None else value not in (False, 0, "false", "no", "off")
        if field.name == _DAYS_LEFT:
            when = self._time("estimated_delivery_at", about)
            return 0 if when is None else max(0, (when.date() - self._now.date()).days)
        if value is not None:
            return int(number(value))
        return 1 if field.name in ONE_PIECE else self._guise.count()

    def _text(self, name: str, value: Any, about: Mapping[str, Any]) -> str:
        if name == "id" or name.endswith("_id"):
            return str(about.get("id") or self._arguments.get(name) or "")
        return str(about["name"]) if name in _NAMES and about.get("name") else self._guise.text()

    def _constant(self, name: str, enum: EnumDescriptor, about: Mapping[str, Any]) -> int | None:
        value = self._guise.stage_of(about, self._now) if name == "status" else told(name, about)[1]
        if value is not None:
            return constant(value, enum)
        return int(enum.values[-1 if self._guise.is_large else min(1, len(enum.values) - 1)].number)

    def _list(self, message: Message, field: FieldDescriptor, about: Mapping[str, Any]) -> None:
        if field.message_type is None:
            return
        add = getattr(message, field.name).add
        if "id" in field.message_type.fields_by_name:
            for key in self._things(field.message_type):
                self.fill(add(), key)
            return
        told_of = elements(field.name, about)
        unknown = [{"name": f"thing {at}"} for at in range(1, self._guise.pieces() + 1)]
        for one in unknown if told_of is None else told_of:
            self._fields(add(), one)

    def _things(self, listed: Descriptor) -> Sequence[str]:
        """The caller's things, newest first, less those that the filter leaves out, and no more than the limit."""
        keys = [key for key, about in self._facts.items() if key != USER and about is not None]
        keys = [key for key in keys if self._passes(listed, self._facts[key] or {})]
        keys.sort(key=lambda key: self._time("placed_at", self._facts[key] or {}) or self._now, reverse=True)
        limit = self._arguments.get("limit")
        return keys[: int(limit)] if isinstance(limit, int | float | str) and str(limit).isdigit() else keys

    def _passes(self, listed: Descriptor, about: Mapping[str, Any]) -> bool:
        """Has the thing every value that the call restricts the list to?"""
        enums = {
            name: listed.fields_by_name[name].enum_type for name in self._arguments if name in listed.fields_by_name
        }
        return all(
            self._constant(name, enum, about) == constant(self._arguments[name], enum)
            for name, enum in enums.items()
            if enum is not None
        )


def _key(value: str, facts: Facts) -> str:
    """The key of the facts that a value means, in any letter case; the value itself where there is none."""
    return next((key for key in facts if key.casefold() == value.casefold()), value)
