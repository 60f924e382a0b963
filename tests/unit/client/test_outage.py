"""How long the client keeps trying."""

from client.outage import Outage, Patience


def test_pauses_double_within_their_jitter_up_to_the_longest() -> None:
    outage = Outage(Patience(total=1000, first=1, longest=5))
    pauses = [outage.lost(0) or 0 for _ in range(5)]
    for pause, whole in zip(pauses, (1, 2, 4, 5, 5), strict=True):
        assert whole / 2 <= pause <= whole


def test_it_gives_up_when_the_time_is_up() -> None:
    outage, now = Outage(Patience(total=30, first=0.2, longest=3)), 0.0
    while (pause := outage.lost(now)) is not None:
        now += pause
    assert 25 < now <= 30


def test_when_something_is_heard_the_next_loss_starts_anew() -> None:
    outage = Outage(Patience(total=10, first=1, longest=1))
    assert outage.lost(0) is not None
    assert outage.lost(100) is None
    outage.ends()
    assert outage.lost(100) is not None
