"""How long it takes to validate a plan of ten steps with conditions: first seen, and with its expressions compiled.

Run: .venv/bin/python benchmarks/validation.py
"""

import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from evaluation.catalogues import shop_catalogue  # noqa: E402  # the shop as the tests know it
from orchestrator_server.checks import check  # noqa: E402
from orchestrator_server.expressions import Expressions  # noqa: E402
from orchestrator_server.plan import Condition, Json, Plan, Reference, Step  # noqa: E402

ROUNDS = 200
STATUS = "llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS"
CONDITIONS = (
    "!has(s1.order.shipped_at)",
    "money(s1.order.total) > 40",
    "now - s1.order.placed_at > days(14)",
    f"s1.order.status in [{STATUS}_PENDING, {STATUS}_SHIPPED]",
    "s2.orders.exists(o, o.id == s1.order.id && !has(o.shipped_at))",
    f"s2.orders.filter(o, o.status == {STATUS}_PENDING && now - o.placed_at > days(14)).size() > 1",
    "s3.points >= 500",
)


def ten_steps() -> Plan:
    reads = (
        Step(id="s1", intent="order.get", arguments={"order_id": "A-1042"}),
        Step(id="s2", intent="order.list"),
        Step(id="s3", intent="loyalty.get_points"),
    )
    arguments: dict[str, Json | Reference] = {"order_id": Reference(expression="s1.order.id")}
    effects = (
        Step(
            id=f"s{number}",
            intent="order.cancel",
            arguments=arguments,
            condition=Condition(words="if it may be", expression=expression),
        )
        for number, expression in enumerate(CONDITIONS, 4)
    )
    return Plan(id="p1", steps=(*reads, *effects), planner="benchmark")


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1_000)
    return sorted(found)


def main() -> None:
    catalogue, plan = shop_catalogue(), ten_steps()
    allowed = frozenset(catalogue.intents)
    expressions = Expressions(catalogue)
    assert check(plan, catalogue, expressions, allowed) == ()
    cold = milliseconds(lambda: check(plan, catalogue, Expressions(catalogue), allowed), 20)
    warm = milliseconds(lambda: check(plan, catalogue, expressions, allowed), ROUNDS)
    figures = {
        "steps": len(plan.steps),
        "expressions": 2 * len(CONDITIONS),
        "first_ms_p50": round(statistics.median(cold), 3),
        "cached_ms_p50": round(statistics.median(warm), 3),
        "cached_ms_p99": round(warm[int(len(warm) * 0.99)], 3),
        "rounds": ROUNDS,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    (HERE / "validation.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print("| plan | first seen, p50 | compiled, p50 | compiled, p99 |")
    print("|---|---|---|---|")
    print(
        f"| {figures['steps']} steps, {figures['expressions']} expressions | {figures['first_ms_p50']} ms"
        f" | {figures['cached_ms_p50']} ms | {figures['cached_ms_p99']} ms |"
    )


if __name__ == "__main__":
    main()
