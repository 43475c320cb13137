"""An hour in the artist's time zone, and the nights in which clocks jump."""

from datetime import UTC, datetime, timedelta

import pytest

from config.lib.problems import Problem
from tracks.moments import moment_of, there, zones

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def said(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_hour_is_that_of_the_place() -> None:
    assert moment_of(said("2026-03-01T12:00"), "Europe/Berlin", NOW) == (
        datetime(2026, 3, 1, 11, tzinfo=UTC),
        "",
    )
    assert moment_of(said("2026-07-01T12:00"), "Pacific/Auckland", NOW)[0].hour == 0


def test_an_hour_that_is_left_out_in_spring_is_refused() -> None:
    with pytest.raises(Problem, match="There is no 02:30 on 29 March 2026 in Europe/Berlin"):
        moment_of(said("2026-03-29T02:30"), "Europe/Berlin", NOW)


def test_an_hour_that_comes_twice_in_autumn_is_the_first() -> None:
    found, note = moment_of(said("2026-10-25T02:30"), "Europe/Berlin", NOW)
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "comes twice" in note


@pytest.mark.parametrize(
    ("local", "zone", "type"),
    [
        (NOW.replace(tzinfo=None), "UTC", "hour-passed"),
        (NOW.replace(tzinfo=None) + timedelta(days=4000), "UTC", "too-far"),
        (said("2026-03-01T12:00"), "Nowhere/Else", "time-zone"),
        (said("2026-03-01T12:00"), "../../etc/passwd", "time-zone"),
        (said("9999-12-31T23:59"), "Pacific/Kiritimati", "too-far"),
        (said("0001-01-01T00:00"), "Pacific/Kiritimati", "hour-passed"),
    ],
)
def test_what_is_no_hour_to_come_has_a_sentence(local: datetime, zone: str, type: str) -> None:
    with pytest.raises(Problem) as refusal:
        moment_of(local, zone, NOW)
    assert refusal.value.type == type


def test_a_moment_is_shown_by_the_clocks_of_the_place() -> None:
    moment = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    assert there(moment, "Asia/Tokyo") == datetime(2026, 3, 1, 12, 0)  # noqa: DTZ001
    assert there(moment, "Mars") == datetime(2026, 3, 1, 3, 0)  # noqa: DTZ001
    assert there(None, "Asia/Tokyo") is None


def test_there_are_places_to_choose_from() -> None:
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} < set(zones())
    assert not any(name.startswith(("Etc/", "posix")) for name in zones())
