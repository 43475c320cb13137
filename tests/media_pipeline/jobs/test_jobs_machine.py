"""When the machine is at fault and not the file, the work is tried again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media_pipeline import ffmpeg
from tests.media_pipeline.jobs.test_jobs_processing import arrive, process

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dying_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An FFmpeg that somebody kills at once, as the kernel does when memory is short."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    monkeypatch.setenv("FFMPEG_BIN", str(program))
    ffmpeg.binary.cache_clear()
    yield
    monkeypatch.undo()
    ffmpeg.binary.cache_clear()


@pytest.mark.usefixtures("dying_ffmpeg")
def test_a_killed_media_process_counts_as_a_crash(tone: Callable[..., Path]) -> None:
    job = process(arrive(tone(seconds=2)))
    assert (job.state, job.crash_count, job.error) == ("pending", 1, "")
    assert "signal" in job.stderr_tail or "cannot-start" in job.stderr_tail
