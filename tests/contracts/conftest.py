"""Who and what the tables of contracts speak of, made once for a whole module."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import DjangoDbBlocker

from tests import database
from tests.contracts.cast import Cast, make_cast
from tests.media_pipeline.pieces import stored_piece, url


@pytest.fixture(scope="module")
def cast_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The rows, committed: every test works in a transaction of its own above them."""
    with django_db_blocker.unblock():
        made = make_cast()
    yield made
    with django_db_blocker.unblock():
        database.put_back()


@pytest.fixture
def cast(cast_of_module: Cast, db: None) -> Cast:
    """The cast, as if nobody had done anything with it."""
    return replace(cast_of_module)


@pytest.fixture
def music(cast: Cast) -> Iterator[None]:
    """Give the cast a signed address and a forged one."""
    with stored_piece() as piece:
        good = url(piece, "master.m3u8")
        parts = good.split("/")
        parts[4] = "A" * len(parts[4])
        cast.music = {"signed": good, "unsigned": "/".join(parts)}
        yield
