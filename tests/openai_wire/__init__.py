"""A local server that speaks OpenAI's wire: `from tests.openai_wire.server import speaking`."""
