"""PostgreSQL's memory follows the machine's."""

import os
from pathlib import Path

import pytest
from django.db import connection

from config.embedded import tuning

GB = 1 << 30


@pytest.mark.parametrize(("memory", "buffers", "cache", "work"), [
    (GB, "128MB", "512MB", "4MB"),
    (4 * GB, "512MB", "2048MB", "8MB"),
    (64 * GB, "2048MB", "32768MB", "32MB"),
    (256 << 20, "64MB", "512MB", "4MB"),
])  # fmt: skip
def test_settings_grow_within_bounds(memory: int, buffers: str, cache: str, work: str) -> None:
    found = tuning.settings(memory)
    assert (found["shared_buffers"], found["effective_cache_size"], found["work_mem"]) == (
        buffers,
        cache,
        work,
    )


def test_a_bound_of_the_group_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tuning.memory()
    bound = tmp_path / "memory.max"
    monkeypatch.setattr(tuning, "CGROUP", bound)
    for words, wanted in (("max", whole), (str(2 * GB), min(whole, 2 * GB)), ("1", GB)):
        bound.write_text(words)
        assert tuning.memory() in {wanted, max(wanted, GB)}


@pytest.mark.django_db
def test_the_server_has_them() -> None:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("The database is not ours.")
    wanted = tuning.settings(tuning.memory())
    with connection.cursor() as cursor:
        for name in ("shared_buffers", "work_mem", "random_page_cost", "jit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            (said,) = cursor.fetchone() or ("",)
            if said.endswith("B"):
                cursor.execute("SELECT pg_size_bytes(%s) = pg_size_bytes(%s)", [said, wanted[name]])
                assert cursor.fetchone() == (True,), name
            else:
                assert said == wanted.get(name, "off")
