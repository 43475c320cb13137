"""Letting go of what is of no use any more."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from config.lib.kept import forget_rows
from tracks.downloads import selectors
from tracks.models import Download, DownloadGrant, ListedListener, Parcel, PreparedFile, Track

AT_ONCE = 200
UNUSED_KEPT = timedelta(days=1)  # longer than any address to it lives
VISITORS_KEPT = timedelta(days=30)
DOWNLOADS_KEPT = timedelta(days=730)
GRANTS_KEPT = timedelta(days=365)  # after their end


def sweep() -> None:
    """Remove what is of no use any more: parcels that nobody can be fetching, which are put
    together again when asked for, and prepared files that are not what is given now."""
    now = timezone.now()
    while forget_rows(Parcel.objects.filter(used_at__lt=now - UNUSED_KEPT), AT_ONCE):
        pass
    while _sweep_prepared(now, AT_ONCE):
        pass


@transaction.atomic
def _sweep_prepared(now: datetime, most: int) -> int:
    """Look at the next prepared files; return how many. What is still given is seen tomorrow."""
    rows = list(
        PreparedFile.objects.filter(wanted_at__lt=now - UNUSED_KEPT).order_by("wanted_at")[:most]
    )
    wanted = _wanted({row.asset_id for row in rows})
    kept = [row.pk for row in rows if (row.asset_id, row.what, row.digest) in wanted]
    PreparedFile.objects.filter(pk__in=kept).update(wanted_at=now)
    for row in rows:
        if row.pk not in kept:
            row.delete()
    return len(rows)


def _wanted(assets: set[Any]) -> set[tuple[Any, str, str]]:
    """Return the identities of all that is given of these assets now."""
    of_stem = Q(primary_version__stems__media__asset__in=assets)
    found = Track.objects.filter(Q(primary_version__media__asset__in=assets) | of_stem)
    tracks = selectors.with_sound(found.distinct())
    identities = set()
    for track in tracks:
        for needs in selectors.given_now(track):
            identities |= {need.identity for need in needs}
    return identities


def forget_downloads(now: datetime, most: int) -> int:
    """Forget pseudonyms of visitors after 30 days, and who has taken what after two years."""
    old = Download.objects.filter(at__lt=now - VISITORS_KEPT).exclude(visitor="")
    keys = list(old.values_list("pk", flat=True)[:most])
    Download.objects.filter(pk__in=keys).update(visitor="")
    return len(keys) or forget_rows(Download.objects.filter(at__lt=now - DOWNLOADS_KEPT), most)


def forget_grants(now: datetime, most: int) -> int:
    """Forget grants that ended a year ago."""
    ended = now - GRANTS_KEPT
    over = Q(revoked_at__lt=ended) | Q(expires_at__lt=ended)
    return forget_rows(DownloadGrant.objects.filter(over), most)


def farewell(person: Any) -> None:
    """Take somebody who leaves off every list; what they took loses their name."""
    ListedListener.objects.filter(Q(owner=person) | Q(person=person)).delete()
    DownloadGrant.objects.filter(Q(person=person) | Q(granted_by=person)).delete()
    Download.objects.filter(user=person).update(user=None)
    Parcel.objects.filter(downloads__owner=person).delete()
    Download.objects.filter(owner=person).delete()
