"""The monolith. Owns the shop's database (schema, migrations, seed) and serves what no other server does yet."""
