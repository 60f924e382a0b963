"""Turns as the fake server tells them: a step, a reply, an approval, from short words."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from google.protobuf import struct_pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, plan_pb2

Parts = dict[str, Any]
LEGACY, MODERN = annotations_pb2.GENERATION_LEGACY, annotations_pb2.GENERATION_MODERN


def said(turn: Any) -> Parts:
    return {"user_message": chat_pb2.UserMessage(turn_id=turn.id, text=turn.text)}


def argument(name: str, value: str) -> plan_pb2.Argument:
    if value.startswith("="):
        return plan_pb2.Argument(name=name, expression=value[1:])
    return plan_pb2.Argument(name=name, literal=struct_pb2.Value(string_value=value))


def step(
    name: str, intent: str, *, condition: str = "", judged: str = "", each: str = "", effect: bool = False, **args: str
) -> Any:
    made = plan_pb2.Step(id=name, intent=intent, for_each=each, has_effect=effect)
    made.arguments.extend(argument(key, value) for key, value in args.items())
    if condition:
        made.condition.words = condition
    if judged:
        made.condition.judged_over.append(judged)
    return made


def plan(*steps: plan_pb2.Step, plan_id: str = "p1") -> Parts:
    return {"plan_made": chat_pb2.PlanMade(plan=plan_pb2.Plan(id=plan_id, steps=steps, planner="embedded"))}


def started(name: str, server: str = "order_server", *, index: int = 0, total: int = 1, side: Any = MODERN) -> Parts:
    left = chat_pb2.StepStarted(plan_id="p1", step_id=name, index=index, total=total, server=server, generation=side)
    return {"step_started": left}


def outcome(name: str, status: str, server: str = "", *, index: int = 0, side: Any = MODERN, **words: Any) -> Any:
    value = plan_pb2.OutcomeStatus.Value(f"OUTCOME_STATUS_{status}")
    made = plan_pb2.Outcome(step_id=name, index=index, status=value, server=server, **words)
    made.generation = side if server else annotations_pb2.GENERATION_UNSPECIFIED
    return made


def finished(
    name: str, server: str = "order_server", *, index: int = 0, side: Any = MODERN, description: str = ""
) -> Parts:
    done = outcome(name, "SUCCEEDED", server, index=index, side=side, description=description)
    return {"step_finished": chat_pb2.StepFinished(plan_id="p1", outcome=done)}


def failed(
    name: str,
    message: str,
    server: str = "order_server",
    *,
    index: int = 0,
    status: str = "FAILED",
    description: str = "",
) -> Parts:
    broke = outcome(name, status, server, index=index, message=message, description=description)
    return {"step_failed": chat_pb2.StepFailed(plan_id="p1", outcome=broke)}


def skipped(name: str, condition: str = "", *, index: int = 0, description: str = "", **seen: str) -> Parts:
    left = outcome(name, "SKIPPED", index=index, description=description)
    for path, value in seen.items():
        left.seen.add(path=path.replace("__", "."), value=value)
    return {"step_skipped": chat_pb2.StepSkipped(plan_id="p1", outcome=left, condition=condition)}


def delta(text: str) -> Parts:
    return {"reply_delta": chat_pb2.ReplyDelta(text=text)}


def reply(text: str, kind: str = "ANSWER") -> Parts:
    return {"reply": chat_pb2.Reply(text=text, kind=chat_pb2.ReplyKind.Value(f"REPLY_KIND_{kind}"))}


def done(*, cancelled: bool = False) -> Parts:
    usage = chat_pb2.TurnUsage(model_calls=2, prompt_tokens=549, completion_tokens=40, rpc_calls=1, judged_conditions=1)
    return {"turn_done": chat_pb2.TurnDone(usage=usage, cancelled=cancelled)}


def turn_failed(message: str, reason: str = "MODEL_UNREACHABLE") -> Parts:
    return {"turn_failed": chat_pb2.TurnFailed(reason=reason, message=message)}


def approval(*effects: chat_pb2.PendingEffect, question: str = "Shall I do this?", changed: bool = False) -> Parts:
    asked = chat_pb2.ApprovalRequested(plan_id="p1", effects=effects, question=question, changed=changed)
    return {"approval_requested": asked}


def effect(
    name: str, intent: str, description: str, server: str = "order_server", *, index: int = 0, **args: str
) -> Any:
    made = chat_pb2.PendingEffect(step_id=name, index=index, intent=intent, description=description, server=server)
    made.arguments.extend(argument(key, value) for key, value in args.items())
    return made


def because(effect: chat_pb2.PendingEffect, condition: str, *, side: Any = MODERN, **seen: str) -> Any:
    """The effect with who would act and the condition that holds."""
    effect.generation, effect.condition = side, condition
    for path, value in seen.items():
        effect.seen.add(path=path.replace("__", "."), value=value)
    return effect


async def shop_talk(turn: Any) -> AsyncIterator[Parts]:
    """A script for every test that needs no other: what is said decides what happens."""
    if turn.text:
        yield said(turn)
    word = turn.text.split()[0] if turn.text else "approval"
    talks = {"points": _points, "cancel": _cancel, "approval": _decided, "slow": _slow, "each": _each, "all": _all}
    script = _all_decided if turn.only or word == "yes" else talks.get(word, _words)
    async for parts in script(turn):
        yield parts


async def _points(turn: Any) -> AsyncIterator[Parts]:
    yield plan(step("s1", "loyalty.get_points"))
    yield started("s1", "legacy_server", side=LEGACY)
    yield finished("s1", "legacy_server", side=LEGACY)
    for piece in ("You have ", "1,240 ", "points."):
        yield delta(piece)
    yield reply("You have 1,240 points.")
    yield done()


async def _cancel(turn: Any) -> AsyncIterator[Parts]:
    yield plan(step("s1", "order.get", order_id="A-1042"), step("s2", "order.cancel", effect=True, order_id="A-1042"))
    yield started("s1")
    yield finished("s1")
    yield approval(effect("s2", "order.cancel", "Cancel order A-1042", order_id="A-1042"))
    yield reply("Shall I do this?", "APPROVAL")
    yield done()


async def _decided(turn: Any) -> AsyncIterator[Parts]:
    if turn.approved:
        yield started("s2")
        yield finished("s2")
    yield reply("Order A-1042 is cancelled." if turn.approved else "Nothing was changed.")
    yield done()


async def _slow(turn: Any) -> AsyncIterator[Parts]:
    yield plan(step("s1", "shipping.track", order_id="A-1042"))
    yield started("s1", "shipping_server")
    waits = [asyncio.create_task(turn.gate.wait()), asyncio.create_task(turn.cancelled.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    if turn.cancelled.is_set():
        yield failed("s1", "You stopped it.", "shipping_server", status="CANCELLED")
        yield done(cancelled=True)
        return
    yield finished("s1", "shipping_server")
    yield reply("It is on its way.")
    yield done()


async def _each(turn: Any) -> AsyncIterator[Parts]:
    """Runs for each of three, of which one is left out and one fails; the last step's condition is judged."""
    late = "it is late"
    yield plan(
        step("s1", "order.list"),
        step("s2", "order.cancel", each="s1.orders", condition=late, effect=True, order_id="=each.id"),
        step("s3", "order.return", judged="s1", condition="she sounds unhappy"),
    )
    yield started("s1", "legacy_server", side=LEGACY)
    yield finished("s1", "legacy_server", side=LEGACY, description="list orders")
    yield skipped("s2", late, index=1, description="cancel order A-2", each__delay="0 days")
    yield started("s2", total=3)
    yield finished("s2", description="cancel order A-1")
    yield started("s2", index=2, total=3)
    yield failed("s2", "It has shipped already.", index=2, description="cancel order A-3")
    yield skipped("s3", "she sounds unhappy", description="return order A-1")
    yield reply("I cancelled one of three.")
    yield done()


async def _all(turn: Any) -> AsyncIterator[Parts]:
    """Three changes wait for a yes."""
    late, address = "older than two weeks", "12 Rue de la Paix, 75002 Paris, France"
    yield plan(
        step("s1", "order.list"),
        step("s2", "order.cancel", each="s1.orders", condition=late, effect=True, order_id="=each.id"),
        step("s3", "shipping.change_address", effect=True, order_id="A-3", address=address),
    )
    yield started("s1")
    yield finished("s1")
    first, second = (
        effect("s2", "order.cancel", f"cancel order A-{n + 1}", index=n, order_id=f"A-{n + 1}") for n in range(2)
    )
    yield approval(
        because(first, late, each__placed_at="6 November", each__status="PENDING"),
        because(second, late, side=LEGACY, each__placed_at="2 November", each__status="PENDING"),
        effect("s3", "shipping.change_address", "send order A-3 elsewhere", order_id="A-3", address=address),
    )
    yield reply("Shall I do this?", "APPROVAL")
    yield done()


async def _all_decided(turn: Any) -> AsyncIterator[Parts]:
    """Does what was named, or the first where plain words named it."""
    for name, index in turn.only or (("s2", 0),):
        yield started(name, index=index, total=2)
        yield finished(name, index=index, description=f"{name} {index}")
    yield reply("Done in part.")
    yield done()


async def _words(turn: Any) -> AsyncIterator[Parts]:
    match turn.text.split()[0]:
        case "which":
            yield reply("Which order do you mean?", "CLARIFICATION")
        case "weather":
            yield reply("I cannot do that. I can track orders.", "REFUSAL")
        case "break":
            yield turn_failed("The model cannot be reached. Try again in a moment.")
            return
        case "late":
            yield plan(step("s1", "order.cancel", effect=True, order_id="A-7"))
            yield started("s1")
            yield failed("s1", "Order A-7 has shipped already.")
            yield reply("I could not cancel it: it has shipped already.")
        case _:
            yield reply(f"You said: {turn.text}")
    yield done()
