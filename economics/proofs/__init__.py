"""Proofs that what somebody gave is in the totals that everybody reads."""
