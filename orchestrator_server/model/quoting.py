"""How foreign text enters a prompt: as JSON, so that it can neither end its line nor pass for markup."""

import json
from typing import Any


def quote(value: Any) -> str:
    """`value` as JSON in one line. `<` is escaped, so that no chat template's markup (`<|im_end|>`) survives."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")
