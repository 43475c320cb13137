"""Helpers of the Makefile; they run before or beside the site, never in it."""
