import json
import logging

from service_kit.logs import JsonFormatter

PHONE = "+49 40 5550142"


def line(message: str = "call", exc_info=None, arguments=(), **extra: object) -> dict[str, object]:
    logger = logging.getLogger("test")
    record = logger.makeRecord("test", logging.INFO, __file__, 1, message, arguments, exc_info, extra=extra or None)
    text = JsonFormatter("order").format(record)
    assert len(text.splitlines()) == 1
    return json.loads(text)


def test_a_line_says_when_where_and_what():
    said = line("hello %s", arguments=("you",))
    assert said.keys() == {"time", "level", "server", "message"}
    assert (said["level"], said["server"], said["message"]) == ("info", "order", "hello you")
    assert str(said["time"]).endswith("+00:00")


def test_what_is_extra_becomes_fields():
    said = line(method="/a/B", code="OK", elapsed_ms=1.5)
    assert (said["method"], said["code"], said["elapsed_ms"]) == ("/a/B", "OK", 1.5)


def test_whatever_is_in_it_a_record_is_one_line():
    assert line("two\nlines\r\u2028more\x85", odd=object(), path={1, 2})["message"] == "two\nlines\r\u2028more\x85"


def fail(secret: str) -> None:
    try:
        {}[secret]
    except KeyError as error:
        raise LookupError(f"no {secret}") from error


def test_of_an_exception_the_line_tells_kinds_and_places_and_never_the_words():
    try:
        fail(PHONE)
    except LookupError as error:
        said = str(line(exc_info=(type(error), error, error.__traceback__))["traceback"])
    assert said.startswith("LookupError\n")
    assert "caused by KeyError" in said
    assert "in fail" in said
    assert PHONE not in said
