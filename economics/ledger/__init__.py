"""The ledger: what came in, whose it is, and where it went; rows that only come."""
