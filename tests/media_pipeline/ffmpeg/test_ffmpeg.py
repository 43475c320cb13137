"""The one way to run a media program: fed, drained, limited, and ended for certain."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import ffmpeg as graph
from media_pipeline import ffmpeg, sandbox
from media_pipeline.ffmpeg.command import SOURCE_FD
from tests.media_pipeline.audio import make, tone

QUICK = ffmpeg.Limits(wall_s=20)
REPO = Path(__file__).parents[3]


def python(code: str, **options) -> ffmpeg.RunResult:
    """Run a few lines of Python the way FFmpeg is run."""
    options.setdefault("limits", QUICK)
    return ffmpeg.run_limited([sys.executable, "-I", "-S", "-c", textwrap.dedent(code)], **options)


def failure(code: str, **options) -> ffmpeg.ProcessFailed:
    with pytest.raises(ffmpeg.ProcessFailed) as failed:
        python(code, **options)
    return failed.value


def gone(pid: int) -> bool:
    """Whether a process is no more, waiting a little for the kernel."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_binary_is_a_release_without_the_known_hole():
    version = ffmpeg.version()
    assert version is None or version >= (8, 1, 3)


def test_the_source_comes_first_then_pipes_then_files(tmp_path):
    (tmp_path / "in").write_bytes(b"music")
    heard = {"a": b"", "b": b""}
    python(
        """
        import os
        os.write(4, b"A" + os.read(3, 99))
        os.write(5, b"B")
        os.write(6, b"file")
        """,
        source=tmp_path / "in",
        pipes={
            name: (lambda data, name=name: heard.update({name: heard[name] + data}))
            for name in heard
        },
        files={"out": tmp_path / "out"},
        limits=ffmpeg.Limits(wall_s=20, file_size=100),
    )
    assert heard == {"a": b"Amusic", "b": b"B"}
    assert (tmp_path / "out").read_bytes() == b"file"


def test_it_inherits_nothing_else(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with Path("/etc/hostname").open() as ours:
        os.set_inheritable(ours.fileno(), True)
        answer = bytearray()
        python(
            """
            import os
            def is_open(fd):
                try:
                    return bool(os.fstat(fd))
                except OSError:
                    return False
            found = [fd for fd in range(1000) if is_open(fd)]
            os.write(3, repr((found, dict(os.environ), os.getcwd())).encode())
            """,
            pipes={"answer": answer.extend},
        )
    fds, environment, folder = eval(answer.decode())
    assert fds == [0, 1, 2, 3]
    assert set(environment) <= {"LC_CTYPE", "PWD"}
    assert folder == "/"


def test_a_flood_on_all_pipes_and_stderr_is_drained():
    counts = {"a": 0, "b": 0}

    def counting(name):
        return lambda data: counts.update({name: counts[name] + len(data)})

    result = python(
        """
        import os, threading
        def flood(fd):
            for _ in range(200): os.write(fd, b"x" * 65536)
        threads = [threading.Thread(target=flood, args=(fd,)) for fd in (2, 3, 4)]
        [t.start() for t in threads]; [t.join() for t in threads]
        os.write(2, b"the end")
        """,
        pipes={name: counting(name) for name in counts},
    )
    assert counts == {"a": 200 << 16, "b": 200 << 16}
    assert result.stderr_tail.endswith("the end")
    assert len(result.stderr_tail) <= 64 << 10


def test_a_failure_carries_the_last_words():
    failed = failure("import sys; sys.exit('I cannot read this')")
    assert (failed.reason, failed.returncode) == ("exit", 1)
    assert "I cannot read this" in failed.stderr_tail


def test_a_program_that_is_not_there_is_the_machines_fault():
    with pytest.raises(ffmpeg.ProcessFailed) as failed:
        ffmpeg.run_limited(["/no/such/program"], limits=QUICK)
    assert failed.value.reason in {"cannot-start", "exit"}


def test_who_stands_still_is_ended():
    began = time.monotonic()
    failed = failure("import time; time.sleep(60)", limits=ffmpeg.Limits(wall_s=60, stall_s=1))
    assert failed.reason == "stalled"
    assert time.monotonic() - began < 10


def test_words_on_stderr_are_no_progress():
    code = "import os, time\nwhile True: os.write(2, b'busy'); time.sleep(.1)"
    assert failure(code, limits=ffmpeg.Limits(wall_s=60, stall_s=1)).reason == "stalled"


def test_who_is_too_slow_is_ended():
    code = "import os, time\nwhile True: os.write(3, b'x'); time.sleep(.1)"
    failed = failure(code, pipes={"a": len}, limits=ffmpeg.Limits(wall_s=1))
    assert failed.reason == "too-slow"


def test_who_eats_memory_is_ended():
    code = "import time; eaten = bytearray(200 << 20)\ntime.sleep(60)"
    assert failure(code, limits=ffmpeg.Limits(wall_s=30, resident=100 << 20)).reason == "memory"


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"address_space": 256 << 20}, "bytearray(512 << 20)"),
        (
            {"file_size": 1000},
            "import os; os.write(3, bytes(1001)) == 1001 or exit(1); os.write(3, b'x')",
        ),
        ({"open_files": 8}, "import os; [os.dup(0) for _ in range(20)]"),
    ],
)
def test_the_kernel_keeps_the_limits(tmp_path, limit, code):
    files = {"out": tmp_path / "out"} if "file_size" in limit else {}
    assert failure(code, files=files, limits=ffmpeg.Limits(wall_s=20, **limit)).reason in {
        "exit",
        "signal",
    }


def test_it_stops_when_it_is_told_to_and_leaves_no_children():
    pids = bytearray()
    began = time.monotonic()
    with pytest.raises(ffmpeg.Stopped):
        python(
            """
            import os, subprocess, sys, time
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            os.write(3, f"{os.getpid()} {child.pid}".encode())
            time.sleep(60)
            """,
            pipes={"pids": pids.extend},
            should_stop=lambda: len(pids) > 0,
        )
    assert time.monotonic() - began < 5
    if not sandbox.tier().bubblewrap:  # there the numbers mean nothing outside
        assert all(gone(int(pid)) for pid in pids.split())


def test_an_error_of_the_listener_ends_the_program_too():
    def listen(data: bytes) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        python("import os, time; os.write(3, b'x'); time.sleep(60)", pipes={"a": listen})


def test_it_dies_with_its_parent(tmp_path):
    """kill -9 of a worker leaves no FFmpeg behind."""
    code = f"""
        import sys
        sys.path.insert(0, {str(REPO)!r})
        from media_pipeline import ffmpeg
        child = "import os, time; os.write(3, str(os.getpid()).encode()); time.sleep(60)"
        ffmpeg.run_limited([sys.executable, "-I", "-S", "-c", child],
                           limits=ffmpeg.Limits(wall_s=60),
                           pipes={{"pid": lambda data: print(data.decode(), flush=True)}})
    """
    worker = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    pid = int(worker.stdout.readline())
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    if not sandbox.tier().bubblewrap:
        assert gone(pid)


def test_many_runs_leave_no_descriptor_open():
    before = len([*Path("/proc/self/fd").iterdir()])
    for _ in range(20):
        python("pass", pipes={"a": len, "b": len})
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_an_input_without_its_guards_is_not_run(tmp_path):
    naked = graph.output(graph.input(str(tmp_path / "a.wav")), "-", format="null")
    with pytest.raises(ValueError, match="source"):
        ffmpeg.run(naked, file=tmp_path / "a.wav", limits=QUICK)


def test_the_guards_are_on_the_command_line():
    arguments = graph.get_args(graph.output(ffmpeg.source("flac"), "-", format="null"))
    line = " ".join(arguments[: arguments.index("-i")])
    assert "-f flac" in line
    assert "-format_whitelist flac" in line
    assert line.endswith("-protocol_whitelist fd")
    assert f"-fd {SOURCE_FD}" in line


def test_a_demuxer_reads_only_its_own_kind(tmp_path):
    flac = make(*tone(1), to=tmp_path / "a.flac")
    output = graph.output(ffmpeg.source("wav"), "-", format="null")
    with pytest.raises(ffmpeg.ProcessFailed):
        ffmpeg.run(output, file=flac, limits=QUICK)
