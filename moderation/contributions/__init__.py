"""Contributions that wait for finance, among the cases of moderators."""
