"""Products: what people call them, and how many are left."""

from dataclasses import dataclass

import sqlite_utils
from rapidfuzz import fuzz, process, utils

from service_kit.errors import FailedPrecondition, NotFound

MOST_SUGGESTIONS = 3
LEAST_SIMILARITY = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is for sale, with how many are left."""

    sku: str
    name: str
    price_minor: int
    currency: str
    stock: int


def find_product(db: sqlite_utils.Database, said: str) -> Product:
    """The product whose SKU or name is `said`, in any letter case. Raises NotFound (`PRODUCT_NOT_FOUND`)."""
    rows = db.query(
        "SELECT sku, name, price_minor, currency, stock FROM products WHERE sku = :said OR name = :said",
        {"said": said.strip()},
    )
    for row in rows:
        return Product(**row)
    similar = ", ".join(_similar(db, said))
    hint = f" Did you mean: {similar}?" if similar else ""
    raise NotFound("PRODUCT_NOT_FOUND", f"There is no product {said!r}.{hint}", sku=said, similar=similar)


def take_from_stock(db: sqlite_utils.Database, product: Product, quantity: int) -> None:
    """Takes `quantity` pieces away. Raises FailedPrecondition (`OUT_OF_STOCK`) when fewer are left."""
    if product.stock < quantity:
        left = f"only {product.stock} left" if product.stock else "none left"
        said = f"There is {left} of the {product.name}."
        raise FailedPrecondition("OUT_OF_STOCK", said, sku=product.sku, left=str(product.stock))
    db.execute("UPDATE products SET stock = stock - ? WHERE sku = ?", [quantity, product.sku])


def _similar(db: sqlite_utils.Database, said: str) -> list[str]:
    names = [row["name"] for row in db.query("SELECT name FROM products ORDER BY name")]
    found = process.extract(
        said,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=MOST_SUGGESTIONS,
        score_cutoff=LEAST_SIMILARITY,
    )
    return [name for name, _, _ in found]
