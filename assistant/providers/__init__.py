"""Machines that read: on this server, and others that speak OpenAI’s wire."""
