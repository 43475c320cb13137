"""An hour that an artist names in their own time zone, and the two nights in which clocks jump."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from config.lib.problems import Problem

PLACES = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe")
FARTHEST = timedelta(days=366 * 5)


@cache
def zones() -> tuple[str, ...]:
    """Return the names people choose from: those of places, and UTC."""
    places = (*PLACES, "Indian", "Pacific")
    return ("UTC", *sorted(n for n in available_timezones() if n.split("/")[0] in places))


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of this name. Raises Problem `time-zone`."""
    if name not in zones():
        raise Problem("time-zone", "Choose a time zone from the list, such as Europe/Berlin.")
    return ZoneInfo(name)


def moment_of(local: datetime, zone: str, now: datetime) -> tuple[datetime, str]:
    """Return the moment (UTC) of a local time without zone, and a sentence if it comes twice.

    Raises Problem: `no-such-hour` in the gap of a night in spring, `hour-passed`, `too-far`.
    """
    place = zone_of(zone)
    there = local.replace(tzinfo=place, fold=0)
    found = there.astimezone(UTC)
    said = f"{local:%H:%M}"
    back = found.astimezone(place)
    if back.replace(tzinfo=None) != local:
        raise Problem(
            "no-such-hour",
            f"There is no {said} on {local.day} {local:%B %Y} in {zone}: the clocks jump to "
            f"{back:%H:%M} then. Choose another time.",
        )
    if found <= now:
        raise Problem("hour-passed", "This hour has passed. Choose a later one, or publish it now.")
    if found > now + FARTHEST:
        raise Problem("too-far", "Choose an hour within the next five years.")
    twice = local.replace(tzinfo=place, fold=1).utcoffset() != there.utcoffset()
    note = f"{said} comes twice that night in {zone}; the first time is meant." if twice else ""
    return found, note


def there(moment: datetime | None, zone: str) -> datetime | None:
    """Return a moment as the clocks of the artist's place show it, UTC where that is not known.

    Without its zone: templates would bring it to the site's own.
    """
    if moment is None:
        return None
    place = zone_of(zone if zone in zones() else "UTC")
    return moment.astimezone(place).replace(tzinfo=None)
