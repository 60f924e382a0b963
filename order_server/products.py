"""Finds what people call a product, and takes it from stock."""

from dataclasses import dataclass

import sqlite_utils
from rapidfuzz import fuzz, process, utils

from order_server.order import Money
from service_kit.errors import FailedPrecondition, NotFound

MOST_SUGGESTIONS = 3
LEAST_SIMILARITY = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is for sale, with how many are left."""

    sku: str
    name: str
    price: Money
    stock: int


def find_product(db: sqlite_utils.Database, said: str) -> Product:
    """The product whose SKU or name is `said`, in any letter case. Raises NotFound (`PRODUCT_NOT_FOUND`)."""
    rows = db.query("SELECT * FROM products WHERE sku = :said OR name = :said", {"said": said.strip()})
    for row in rows:
        price = Money(amount_minor=row["price_minor"], currency=row["currency"])
        return Product(sku=row["sku"], name=row["name"], price=price, stock=row["stock"])
    raise _unknown(db, said)


def take_from_stock(db: sqlite_utils.Database, product: Product, quantity: int) -> None:
    """Takes `quantity` pieces away. Raises FailedPrecondition (`OUT_OF_STOCK`) when fewer are left."""
    if product.stock < quantity:
        left = f"only {product.stock} left" if product.stock else "none left"
        raise FailedPrecondition(
            "OUT_OF_STOCK", f"There is {left} of the {product.name}.", sku=product.sku, left=str(product.stock)
        )
    db.execute("UPDATE products SET stock = stock - ? WHERE sku = ?", [quantity, product.sku])


def put_back(db: sqlite_utils.Database, sku: str, quantity: int) -> None:
    """Gives `quantity` pieces back to the stock."""
    db.execute("UPDATE products SET stock = stock + ? WHERE sku = ?", [quantity, sku])


def _unknown(db: sqlite_utils.Database, said: str) -> NotFound:
    names = [row["name"] for row in db.query("SELECT name FROM products ORDER BY name")]
    found = process.extract(
        said,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=MOST_SUGGESTIONS,
        score_cutoff=LEAST_SIMILARITY,
    )
    similar = [name for name, _, _ in found]
    hint = f" Did you mean: {', '.join(similar)}?" if similar else ""
    return NotFound("PRODUCT_NOT_FOUND", f"There is no product {said!r}.{hint}", sku=said, similar=", ".join(similar))
