"""The machines elsewhere are registered, and what was asked of them is forgotten in time."""

from datetime import datetime, timedelta

from assistant.models import ProviderCall
from assistant.providers import openai
from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.openai.speech import OpenAISpeech
from assistant.providers.openai.writer import OpenAIWriter
from assistant.providers.registry import MACHINES
from config.lib.kept import Rule, forget_rows, register_rule

CALLS_KEPT = timedelta(days=90)


def forget_calls(now: datetime, most: int) -> int:
    """Forget what was asked long ago."""
    return forget_rows(ProviderCall.objects.filter(asked_at__lt=now - CALLS_KEPT), most)


def register_all() -> None:
    """Register the machines, by the word of the settings and by the name that owners know."""
    speech, embedder, writer = OpenAISpeech(), OpenAIEmbedder(), OpenAIWriter()
    for name in (openai.NAME, speech.name):
        MACHINES.speech[name] = speech
        MACHINES.embedders[name] = embedder
        MACHINES.writers[name] = writer
    sentence = "How much was asked of providers is kept for 90 days."
    register_rule(Rule("provider-calls", ("assistant.ProviderCall",), sentence, forget_calls))
