"""A restart under a piece with ten thousand notes, on which five hundred pages are open."""

import asyncio
from typing import Any

from tests.measured.storm import p95, storm

NOTES, PAGES, PEOPLE = 10_000, 500, 50


def measure(base: str) -> dict[str, Any]:
    """Return the seconds until every page was told where things stand, and the p95 of another
    visitor's page before and meanwhile, in milliseconds. Half of the pages belong to people who
    have signed in."""
    from django.conf import settings

    from tests.factories.social import UserFactory
    from tests.factories.tracks import PublicTrackFactory
    from tests.measured.test_notes_storm import many_notes
    from tests.sockets import signed_in

    track = PublicTrackFactory()
    many_notes(track, NOTES)
    name = settings.SESSION_COOKIE_NAME
    clients = [signed_in(UserFactory()) for _ in range(PEOPLE)]
    cookies = [f"{name}={client.cookies[name].value}" for client in clients] + [""] * PEOPLE
    path, page = f"/ws/tracks/{track.pk}/notes/", f"/tracks/{track.slug}/"
    found = asyncio.run(storm(base, path, page, pages=PAGES, cookies=cookies))
    return {
        "pages": PAGES,
        "notes": NOTES,
        "settled_s": found.seconds,
        "refused": len(found.refused),
        "reasons": sorted(set(found.refused))[:3],
        "calm_p95_ms": round(p95(found.calm_ms), 1),
        "meanwhile_p95_ms": round(p95(found.meanwhile_ms), 1),
        "p95_ratio": found.p95_ratio,
        "largest_bytes": found.largest_bytes,
    }
