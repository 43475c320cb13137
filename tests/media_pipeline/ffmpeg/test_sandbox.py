"""Shut in: what a media process can reach on this machine, tried from inside."""

import ctypes
import socket
import sys
import textwrap

from media_pipeline import ffmpeg, sandbox


def inside(code: str) -> bytes:
    """What a few lines of Python, run the way FFmpeg is run, write to descriptor 3."""
    answer = bytearray()
    argv = [sys.executable, "-I", "-S", "-c", textwrap.dedent(code)]
    ffmpeg.run_limited(argv, pipes={"answer": answer.extend}, limits=ffmpeg.Limits(wall_s=20))
    return bytes(answer)


def test_the_strongest_tier_that_works_is_used():
    tier = sandbox.tier()
    assert tier.sentence.endswith(".")
    assert tier.complete == (tier in {sandbox.BUBBLEWRAP, sandbox.LANDLOCK})


def test_a_kernel_with_landlock_is_made_use_of():
    abi = ctypes.CDLL(None).syscall(444, None, 0, 1)  # landlock_create_ruleset, asking the version
    assert sandbox.tier().bubblewrap or sandbox.tier().landlock or abi < 1


def test_nobody_out_here_can_be_reached_from_inside():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = inside(
            f"""
            import os, socket
            try:
                socket.create_connection(("127.0.0.1", {port}), 1)
                os.write(3, b"reached")
            except OSError:
                os.write(3, b"alone")
            """
        )
    assert answer == (b"reached" if sandbox.tier() == sandbox.LIMITS_ONLY else b"alone")


def test_no_file_out_here_can_be_opened_or_made_from_inside(tmp_path):
    (tmp_path / "secret").write_text("secret")
    answer = inside(
        f"""
        import os
        for path, flags in (("secret", os.O_RDONLY), ("new", os.O_WRONLY | os.O_CREAT)):
            try:
                os.open(f"{tmp_path}/{{path}}", flags)
                os.write(3, b"opened ")
            except OSError:
                os.write(3, b"blind ")
        """
    )
    tier = sandbox.tier()
    hidden = tier.bubblewrap or tier.landlock
    assert answer == (b"blind blind " if hidden else b"opened opened ")
