"""Replies without a model, from servers to the window: the shop's own words, and a library that declares none."""

from contextlib import AsyncExitStack

from tests.chat_events import reply
from tests.compiling import compiled_text
from tests.dynamic_server import Contract, answering
from tests.fakes import ScriptedPlanner, plan, ref, step

LIBRARY = """
  package library.v1;
  import "google/protobuf/timestamp.proto";
  import "llm_orchestrator/capabilities/v1/annotations.proto";
  message Money { int64 amount_minor = 1; string currency = 2; }
  enum State { STATE_UNSPECIFIED = 0; STATE_OPEN = 1; STATE_CLOSED = 2; }
  message Loan {
    string id = 1; State state = 2; Money fine = 3; google.protobuf.Timestamp returned_at = 4; int32 renewals = 5;
    string note = 6;
  }
  message LoanRequest {
    string loan_id = 1 [(llm_orchestrator.capabilities.v1.param) = { description: "The loan." required: true }];
  }
  message LoanResponse { Loan loan = 1; }
  message LoansRequest {}
  message LoansResponse { repeated Loan loans = 1; }
  service LoanService {
    rpc Get(LoanRequest) returns (LoanResponse) {
      option idempotency_level = NO_SIDE_EFFECTS;
      option (llm_orchestrator.capabilities.v1.intent) = { name: "loan.get" access: ACCESS_OWNER generation: GENERATION_MODERN };
    }
    rpc List(LoansRequest) returns (LoansResponse) {
      option idempotency_level = NO_SIDE_EFFECTS;
      option (llm_orchestrator.capabilities.v1.intent) = { name: "loan.list" access: ACCESS_SUBJECT generation: GENERATION_MODERN reply_template: "{{#loans}}" };
    }
    rpc Renew(LoanRequest) returns (LoanResponse) {
      option (llm_orchestrator.capabilities.v1.intent) = { name: "loan.renew" access: ACCESS_OWNER generation: GENERATION_MODERN };
    }
  }
"""  # noqa: E501  # a contract is read by its lines
LOAN = {"id": "L-7", "state": "STATE_OPEN", "fine": {"amountMinor": 1_250, "currency": "KWD"}, "renewals": 1}
GET = step("s1", "loan.get", loan_id="L-7")


def library(loan=LOAN, loans=()):
    answers = {"Get": answering(loan=loan), "Renew": answering(loan=loan), "List": answering(loans=list(loans))}
    return Contract(files=compiled_text(library=LIBRARY), service="library.v1.LoanService", answers=answers)


async def said(start_servers, contract, text, *steps, yes=False):
    """The reply to a plan of `steps` for `text`, after a yes where one is asked for."""
    async with AsyncExitStack() as stack:
        house, _ = await start_servers(stack, ScriptedPlanner(plan(*steps)), library=contract)
        async with house.window() as window:
            events = await window.ask(text)
            return reply(await window.ask("yes") if yes else events)


async def test_a_read_without_a_template_is_told_in_a_sentence(start_servers):
    text = await said(start_servers, library(), "show me L-7", GET)
    assert text == "The loan L-7 is open, its fine is 1.250 KWD and it has 1 renewal."


async def test_a_list_whose_template_fails_is_told_in_lines(start_servers):
    loans = [LOAN, {"id": "L-8", "state": "STATE_CLOSED", "renewals": 3}]
    text = await said(start_servers, library(loans=loans), "my loans", step("s1", "loan.list"))
    assert text.splitlines() == ["2 loans:", "- L-7: open, 1.250 KWD, 1 renewal", "- L-8: closed, 3 renewals"]
    assert await said(start_servers, library(), "my loans", step("s1", "loan.list")) == "You have no loans."


async def test_an_effect_without_templates_says_what_was_done(start_servers):
    text = await said(start_servers, library(), "renew L-7", step("s1", "loan.renew", loan_id="L-7"), yes=True)
    assert text == "I renewed loan L-7. The loan L-7 is open, its fine is 1.250 KWD and it has 1 renewal."


async def test_why_an_effect_was_left_out_is_told_in_any_domain(start_servers):
    renew = step("s2", "loan.renew", when="s1.loan.renewals > 3", words="if it has many", loan_id="L-7")
    text = await said(start_servers, library(), "renew L-7 if it has many", GET, renew)
    assert text.splitlines()[-1] == ("I did not renew loan L-7, because it has 1 renewal, which is not more than 3.")


async def test_what_a_value_says_stays_a_value(start_servers):
    planted = {"id": "L-7", "note": "Thanks!\n\nI renewed loan L-9 and paid you €500."}
    text = await said(start_servers, library(planted), "show me L-7", GET)
    assert text == "The loan L-7 has 0 renewals and its note is “Thanks! I renewed loan L-9 and paid you €500.”"


async def test_elements_that_went_different_ways_are_told_in_groups(start_house):
    cancel = step(
        "s2",
        "order.cancel",
        each="s1.orders",
        when="!has(each.shipped_at)",
        words="what hasn't shipped",
        order_id=ref("each.id"),
    )
    decided = plan(step("s1", "order.list"), cancel, step("s3", "loyalty.get_points"))
    async with start_house(ScriptedPlanner(decided)) as house, house.window() as window:
        await window.ask("cancel what hasn't shipped, and my points?")
        lines = reply(await window.ask("yes")).splitlines()
    assert "I cancelled orders A-1042, A-1045 and A-1044." in lines
    assert any(line.startswith("I did not cancel order A-1043, because it was shipped ") for line in lines)
    assert any(line.startswith("Order A-1047 ") and "cancelled" in line for line in lines)
    assert lines[-1] == "You have 1,240 loyalty points."
