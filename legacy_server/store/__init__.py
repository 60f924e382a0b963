"""The monolith's rules and SQL, one file per thing of the shop. Knows no gRPC.

Functions take the database first and run on its thread; what changes something runs inside the caller's transaction.
What belongs to another customer is exactly like what does not exist.
"""
