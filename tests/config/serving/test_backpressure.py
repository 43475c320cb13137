"""A long file read by a slow phone does not pile up in the web process."""

import socket
import time
from pathlib import Path

import pytest

from media_pipeline.delivery import media_url
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory, MediaFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1024 * 1024
FILE_BYTES = 96 * MIB
# Django sends it in pieces of 64 KiB; the last one overflows the buffer again.
SEGMENT_BYTES = 2 * 64 * 1024 + 5000


def resident(pid: int) -> int:
    """Return the bytes of memory a process holds (VmRSS)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) * 1024


def test_a_slow_reader_costs_no_memory_and_gets_every_byte(site: Site, tmp_path: Path) -> None:
    media = MediaFactory(asset=AssetFactory(attempt="a1", extras_attempt="a2"))
    source = tmp_path / "long.mp3"
    with source.open("wb") as file:
        file.truncate(FILE_BYTES)
    key = f"transcodes/{media.asset_id}/a2/mp3_320.mp3"
    get_storage().write_file(key, source, content_type="audio/mpeg")
    process = site.serve()
    site.client().get("/health/")
    before = resident(process.pid)
    path = media_url(media, "a2", "mp3_320.mp3")
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as phone:
            phone.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = phone.recv(4096)
            assert head.startswith(b"HTTP/1.1 200")
            time.sleep(2)  # the phone sleeps; the server must not run ahead
            assert resident(process.pid) - before < 24 * MIB
            left = FILE_BYTES - len(head.partition(b"\r\n\r\n")[2])
            while left > 0:
                data = phone.recv(MIB)
                assert data, f"{left} bytes are missing"
                left -= len(data)
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as phone:
            phone.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            phone.recv(4096)
        assert site.client().get("/health/").status_code == 200
    finally:
        get_storage().delete(key)


@pytest.mark.long("daphne would kill the task after ten seconds")
def test_a_written_answer_is_over_though_nobody_has_read_it(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It would else hold its task until daphne kills it, ten seconds later, and says so."""
    media = MediaFactory(asset=AssetFactory(attempt="a1"))
    key = f"transcodes/{media.asset_id}/a1/opus/segment_000.m4s"
    source = tmp_path / "segment.m4s"
    source.write_bytes(bytes(SEGMENT_BYTES))
    get_storage().write_file(key, source, content_type="video/iso.segment")
    site.serve()
    path = media_url(media, "a1", "opus/segment_000.m4s")
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as phone:
            phone.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert phone.recv(4096).startswith(b"HTTP/1.1 200")
            time.sleep(14)  # daphne looks every two seconds
    finally:
        get_storage().delete(key)
    assert "took too long" not in capfd.readouterr().err
