"""Machines that speak OpenAI's wire: OpenAI's own, or any server that an operator names."""

NAME = "openai"
