"""Takes sentences apart into clauses, each with its role."""
