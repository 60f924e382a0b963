"""Two tests said in one breath: "open for more than 3 days", "open or older than a week"."""

from orchestrator_server.embedded.conditions.facts import Test, Words


def together(words: Words, one: Test, two: Test) -> Test:
    """Both tests, or one of the two where an "or" stands between them."""
    places = [at for at, word in enumerate(words.text.split()) if word == "or"]
    first, second = sorted((one.used, two.used), key=min)
    used = one.used | two.used
    if any(max(first, default=0) < at < min(second - first, default=0) for at in places):
        return Test(
            positive=f"({one.positive} || ({two.positive}))", negative=f"{one.negative} && ({two.negative})", used=used
        )
    return Test(
        positive=f"{one.positive} && {two.positive}", negative=f"({one.negative} || ({two.negative}))", used=used
    )
