"""Providers: through whom money comes, behind one interface."""
