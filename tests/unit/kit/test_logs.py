import json
import logging

from service_kit.logs import JsonFormatter


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


def test_an_exception_is_part_of_the_line():
    try:
        raise LookupError("why")
    except LookupError as error:
        said = line(exc_info=(type(error), error, error.__traceback__))
    assert "LookupError: why" in str(said["traceback"])
