"""What a full disk is, and the file that is kept for that moment."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.db import OperationalError
from psycopg import errors

from config.lib import disk
from tests.disks import MIB, fill
from tests.faults.conftest import disk_of  # noqa: F401 - a fixture


def caused(error: Exception, cause: Exception) -> Exception:
    """Return `error` as it is raised from `cause`."""
    error.__cause__ = cause
    return error


def storage_error(status: int) -> ClientError:
    """Return what an object storage answers with this status."""
    told: Any = {"Error": {"Code": "?"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "PutObject")


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (caused(RuntimeError("the pass"), OSError(errno.ENOSPC, "")), True),
        (caused(OperationalError("could not extend"), errors.DiskFull("could not extend")), True),
        (storage_error(507), True),
        (storage_error(503), False),
        (OSError(errno.EFBIG, "File too large"), False),
        (OSError(errno.EACCES, "Permission denied"), False),
        (RuntimeError("No space left on device"), False),  # words alone may be a stranger's
        (None, False),
    ],
)
def test_one_predicate_says_what_a_full_disk_is(error: Exception | None, is_full: bool) -> None:
    assert disk.is_full(error) is is_full


def test_the_reserve_is_a_share_or_what_the_setting_says(
    disk_of: Callable[[int], Path],  # noqa: F811
    settings: Any,
) -> None:
    folder = disk_of(50)
    assert disk.reserve_bytes(folder) == 1 * MIB
    assert disk.reserve_bytes(folder / "not" / "yet" / "there") == 1 * MIB
    assert disk.has_room(folder, 49 * MIB)
    assert not disk.has_room(folder, 49 * MIB + 1)
    settings.NEXUS_DISK_RESERVE_BYTES = 10 * MIB
    assert not disk.has_room(folder, 41 * MIB)
    settings.NEXUS_DISK_RESERVE_BYTES = 0
    assert disk.has_room(folder, 50 * MIB)


def test_what_is_kept_is_given_up_only_when_all_is_full_and_kept_again_later(
    disk_of: Callable[[int], Path],  # noqa: F811
    settings: Any,
) -> None:
    settings.STATE_DIR = state = disk_of(64)
    assert disk.keep_room(state)
    kept = state / disk.KEPT_NAME
    assert kept.stat().st_size == kept.stat().st_blocks * 512 == 4 * MIB
    assert not disk.give_up_kept(state)
    filler = fill(state)
    assert disk.give_up_kept(state)
    assert not disk.give_up_kept(state)
    (state / "what the site must write").write_bytes(bytes(MIB))
    assert disk.free_bytes(state) == 0  # what was given up is for nobody else
    assert not disk.keep_room(state)
    filler.unlink()
    assert disk.keep_room(state)
    assert [path.name for path in state.glob(".kept*")] == [disk.KEPT_NAME]
