"""CEL behind one small door: compiled against the very messages that reflection gave us, evaluated within bounds.

Rules: an expression sees nothing but the responses it names, `now` and, in a `for_each` step, `each`; a result counts
only if it is what was asked for (an evaluation error comes back from the library as a truthy value); what is not set is
not read (`expression_guard`); what plain CEL lets through and must not run does not compile (`expression_rules`);
money is compared in the units people say, through `money(...)`; durations are written `days(14)` or `hours(6)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from cel_expr_python import cel
from google.protobuf.descriptor import EnumDescriptor

from orchestrator_server.amounts import is_money as is_money
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.declared import enum_prefix
from orchestrator_server.expression_enums import enum_of
from orchestrator_server.expression_functions import functions_for
from orchestrator_server.expression_functions import message_types as message_types
from orchestrator_server.expression_guard import guarded
from orchestrator_server.expression_mending import TOO_DEEP, free_names, parsed, problem_of, with_doubles
from orchestrator_server.expression_rules import problems
from orchestrator_server.expression_tree import Path, Tree, read_paths, tree_of
from orchestrator_server.original_names import OriginalNames
from orchestrator_server.plan import NOW
from orchestrator_server.problems import ExpressionError as ExpressionError
from orchestrator_server.problems import Problem

MAX_LENGTH = 2_000
MAX_KEPT = 10_000
MAX_ENVIRONMENTS = 200

_SCALARS = frozenset({"BOOL", "BYTES", "DOUBLE", "DURATION", "DYN", "INT", "STRING", "TIMESTAMP", "UINT"})
_Types: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A checked expression: `uses` are the names it refers to, `type_name` what it yields (`BOOL`, `LIST<...>` ...).

    `reads` are the paths that it looks at; `enum` is what its numbers stand for, where it yields constants of one.
    """

    text: str
    uses: frozenset[str]
    type_name: str
    reads: tuple[Path, ...]
    enum: EnumDescriptor | None
    program: Any

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The plain value for `values` (messages by name, `now` as aware datetime). Raises ExpressionError."""
        try:
            result = self.program.eval(data={name: values[name] for name in self.uses})
        except KeyError as error:
            raise ExpressionError(f"{error.args[0]} has no response", reason="EVALUATION_FAILED") from error
        except Exception as error:  # the library raises plain RuntimeError for exceeded budgets and more
            raise _failure(error) from error
        if result.type().name() in {"ERROR", "UNKNOWN"}:
            raise _failure(result.value())
        return _plain(result)

    def for_parameter(self, values: Mapping[str, Any]) -> Any:
        """As `evaluate`; constants of an enum by the names that every server takes. Raises ExpressionError."""
        value = self.evaluate(values)
        if self.enum is None:
            return value
        return [_word(one, self.enum) for one in value] if isinstance(value, list) else _word(value, self.enum)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """The truth of a condition. Raises ExpressionError where the result is no bool."""
        result = self.evaluate(values)
        if not isinstance(result, bool):
            said = f"the condition yields {type(result).__name__}, not true or false"
            raise ExpressionError(said, reason="CONDITION_NOT_BOOL")
        return result


class Expressions:
    """Compiles expressions against the responses of one catalogue. What was compiled is kept, and so is what failed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._functions = functions_for(catalogue)
        self._names = OriginalNames(catalogue)
        self._environments: dict[_Types, Any] = {}
        self._compiled: dict[tuple[_Types, str], Compiled | Problem] = {}
        self._mentioned: dict[str, frozenset[str]] = {}

    def compile(self, text: str, types: Mapping[str, str]) -> Compiled:
        """Checks `text`; `types` maps the names it may use to CEL types (message names, `timestamp` ...).

        Raises ExpressionError with what is wrong and what to write instead.
        """
        scope = tuple(sorted({**types, NOW: "google.protobuf.Timestamp"}.items()))
        found = self._compiled.get((scope, text))
        if found is None:
            _bound(self._compiled)
            found = self._compiled[scope, text] = self._compile(text, scope)
        if isinstance(found, Problem):
            raise ExpressionError(found.message, reason=found.reason, name=found.name)
        return found

    def element_type(self, list_type: str) -> str:
        """The type of the elements of `LIST<...>`. Raises ExpressionError where it is no list."""
        if not (list_type.startswith("LIST<") and list_type.endswith(">")):
            raise ExpressionError(f"yields {list_type}, not a list", reason="FOR_EACH_NOT_LIST")
        return list_type[len("LIST<") : -1]

    def mentioned(self, text: str) -> frozenset[str]:
        """The names in `text`, known or not, without its own variables; none where it cannot be read at all."""
        if text not in self._mentioned:
            _bound(self._mentioned)
            try:
                self._mentioned[text] = free_names(self._parsed(text, ()))
            except (RuntimeError, TypeError):  # the compiler says what is wrong with it
                self._mentioned[text] = frozenset()
        return self._mentioned[text]

    def _compile(self, text: str, scope: _Types) -> Compiled | Problem:
        if len(text) > MAX_LENGTH:
            return Problem("EXPRESSION_WRONG", f"is longer than {MAX_LENGTH} characters")
        found: list[Compiled | Problem] = []
        for reading in self._names.readings(text):
            found.append(self._read(reading, scope))
            if isinstance(found[-1], Compiled):
                return found[-1]
        return found[0]

    def _read(self, text: str, scope: _Types) -> Compiled | Problem:
        program = self._checked(text, scope)
        if isinstance(program, Problem):
            return program
        tree = tree_of(program.serialize(), self._catalogue.pool)
        wrong = next(problems(tree), None)
        return wrong or self._finished(text, scope, program, tree)

    def _finished(self, text: str, scope: _Types, program: Any, tree: Tree) -> Compiled | Problem:
        rewritten = guarded(program.serialize(), tree)
        try:
            safe = program if rewritten is None else self._environment(scope).deserialize(rewritten)
        except RuntimeError:  # the guards nest; what the compiler just took may be too deep with them
            return TOO_DEEP
        return Compiled(
            text=text,
            uses=tree.names() & {name for name, _ in scope},
            type_name=program.return_type().name(),
            reads=read_paths(tree),
            enum=enum_of(tree.checked.root, {}, tree),
            program=safe,
        )

    def _checked(self, text: str, scope: _Types) -> Any | Problem:
        """The compiled expression, once whole numbers beside doubles have got their point."""
        while True:
            try:
                return self._environment(scope).compile(text)
            except (RuntimeError, TypeError) as error:  # TypeError: half a surrogate pair, which is no text
                complaint = str(error)
            mended = text if "no matching overload" not in complaint else self._with_doubles(text, complaint, scope)
            if mended == text:
                return problem_of(complaint, text, dict(scope), self._catalogue.pool)
            text = mended

    def _with_doubles(self, text: str, complaint: str, scope: _Types) -> str:
        return with_doubles(text, complaint, self._parsed(text, scope))

    def _parsed(self, text: str, scope: _Types) -> Any:
        return parsed(self._environment(scope).compile(text, disable_check=True).serialize())

    def _environment(self, scope: _Types) -> Any:
        if scope not in self._environments:
            _bound(self._environments, MAX_ENVIRONMENTS)
            variables = {name: _type(kind) for name, kind in scope}
            self._environments[scope] = cel.NewEnv(
                descriptor_pool=self._catalogue.pool, variables=variables, functions=self._functions
            )
        return self._environments[scope]


def _bound(kept: dict[Any, Any], most: int = MAX_KEPT) -> None:
    if len(kept) >= most:
        kept.clear()


def _type(kind: str) -> Any:
    """The type by its name: a message's, or one that an expression yields (`STRING`, `LIST<INT>`)."""
    if kind == "google.protobuf.Timestamp":
        return cel.Type.TIMESTAMP
    if kind.startswith("LIST<"):
        return cel.Type.List(_type(kind[len("LIST<") : -1]))
    return getattr(cel.Type, kind) if kind in _SCALARS else cel.Type(kind)


def _word(number: int, enum: EnumDescriptor) -> str | int:
    """The name without what all constants of the enum begin with; an unknown number as it is."""
    value = enum.values_by_number.get(number)
    return number if value is None else value.name.removeprefix(enum_prefix(enum))


def _plain(result: Any) -> Any:
    value = result.value()
    if isinstance(value, list):
        return [_plain(element) if isinstance(element, cel.Value) else element for element in value]
    if isinstance(value, dict):
        return {key: _plain(value[key]) if isinstance(value[key], cel.Value) else value[key] for key in value}
    return value


def _failure(error: object) -> ExpressionError:
    lines = str(error).split(" [", 1)[0].splitlines()
    said = (lines[0] if lines else "") or repr(error)
    code, separator, rest = said.partition(": ")
    message = rest if separator and code.isupper() else said
    return ExpressionError(message, reason="NOT_SET" if message.endswith(" is not set") else "EVALUATION_FAILED")
