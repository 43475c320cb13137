"""What the figures are taken of: the outsides of search and of hearing, and nothing below them."""

import importlib
import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client, override_settings

from assistant.providers.registry import MACHINES
from config.lib import redis

SEARCH = "/api/v1/search/"
PATIENCE_S = 60.0  # a page waits for a fraction of a second; figures are not about that


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # of the package that it would be in
        return False


CAN_FIND = _is_there("assistant.meaning.asking")
CAN_HEAR = _is_there("assistant.transcripts.services.hearing")
NO_FINDING = "Search by meaning is not on this branch."
NO_HEARING = "Transcripts are not on this branch."


@dataclass(frozen=True)
class Answer:
    """One thing that was found: which piece, the moment if any, and the passage."""

    track: UUID
    at_ms: int | None
    passage: str


def ask(client: Client, query: str, mode: str = "both") -> list[Answer]:
    """Return what the site answers to a question, the best first."""
    words = {"query": query, "mode": mode}
    answer = client.post(SEARCH, words, content_type="application/json")
    assert answer.status_code == 200, answer.content[:300]
    return [
        Answer(UUID(row["track"]), row["at_ms"], row["passage"]) for row in answer.json()["results"]
    ]


def read_all() -> None:
    """Do all that a site does until everything that may be found is found."""
    _module("tests.assistant.passages").read_all()


@contextmanager
def embedder(name: str) -> Iterator[None]:
    """Let this machine make the vectors, and answer questions as a general worker does."""
    stopping = threading.Event()
    asking = _module("assistant.meaning.asking")
    with override_settings(NEXUS_EMBEDDINGS=name):
        read_all()
        worker = threading.Thread(target=asking.answer_all, args=[stopping], daemon=True)
        worker.start()
        try:
            yield
        finally:
            stopping.set()
            redis.client().lpush(asking.ASKED, "null")  # so that it looks
            worker.join(30)


def know(name: str, texts: list[str]) -> None:
    """Wait until the vectors of these questions are known: their speed is measured elsewhere."""
    if name == "lexical":
        return
    asking, machine = _module("assistant.meaning.asking"), MACHINES.embedders[name]
    bounds = {bound: getattr(asking, bound) for bound in ("BOUND_S", "ELSEWHERE_S", "STALE_S")}
    for bound in bounds:
        setattr(asking, bound, PATIENCE_S)
    for text in texts:
        assert asking.vector_of(machine, text) is not None, f"No vector of {text!r} came."
    for bound, seconds in bounds.items():
        setattr(asking, bound, seconds)


def _module(name: str) -> Any:
    """Return a module of a topic that may not be there: `CAN_FIND` and `CAN_HEAR` tell."""
    return importlib.import_module(name)
