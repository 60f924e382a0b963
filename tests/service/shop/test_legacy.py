"""What only the monolith still does: points, newsletter, invoices."""

import pytest
from grpc import StatusCode


async def test_my_points(legacy):
    assert (await legacy("GetPoints")).points == 1240


async def test_the_newsletter_stops_once(legacy, shop):
    assert (await legacy("Unsubscribe")).was_subscribed is True
    assert (await legacy("Unsubscribe")).was_subscribed is False
    assert shop.table("customers").get("dana.fields@example.com")["newsletter"] == 0


@pytest.mark.parametrize("rpc", ["GetPoints", "Unsubscribe"])
async def test_they_are_for_customers_and_for_oneself(legacy, refused, rpc):
    assert (await refused(legacy.by("new@example.com")(rpc))).reason == "CUSTOMER_NOT_FOUND"
    assert (await refused(legacy(rpc, email="erik.holm@example.com"))).code is StatusCode.PERMISSION_DENIED


async def test_my_invoice(legacy):
    invoice = (await legacy("GetInvoice", order_id="A-1046")).invoice
    order = (await legacy("GetOrder", order_id="A-1046")).order
    assert invoice.number.startswith("INV-")
    assert (invoice.order_id, invoice.billed_to, invoice.total) == ("A-1046", "Dana Fields", order.total)
    assert invoice.issued_at == order.shipped_at


@pytest.mark.parametrize(("order_id", "hint"), [("A-1042", "when the order ships"), ("A-1047", "was cancelled")])
async def test_before_shipping_there_is_none(legacy, refused, order_id, hint):
    error = await refused(legacy("GetInvoice", order_id=order_id))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, "INVOICE_NOT_YET_ISSUED")
    assert hint in error.message


@pytest.mark.parametrize("order_id", ["A-1049", "A-9999"])
async def test_anothers_invoice_is_not_found(legacy, refused, order_id):
    assert (await refused(legacy("GetInvoice", order_id=order_id))).reason == "ORDER_NOT_FOUND"
