"""Whom and what somebody can give to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from economics.contributions.selectors import offered_charities
from economics.models import Charity, Contribution, Price
from social.models import User
from social.viewers import Viewer
from tracks.models import Release, Track

SYSTEM = "system"
PERSON, TRACK, RELEASE = "person", "track", "release"


@dataclass(frozen=True)
class Target:
    """What something is given for; nothing of it is the site as a whole."""

    artist: User | None = None
    track: Track | None = None
    release: Release | None = None

    @property
    def title(self) -> str:
        """Return what it is called; empty for an artist alone and for the site."""
        thing = self.track or self.release
        return thing.title if thing else ""

    @property
    def about(self) -> str:
        """Return how an address names it: `track:<id>`."""
        for name, thing in ((TRACK, self.track), (RELEASE, self.release), (PERSON, self.artist)):
            if thing:
                return f"{name}:{thing.handle if isinstance(thing, User) else thing.pk}"
        return ""

    @property
    def url(self) -> str:
        """Return the page of it; empty for the site."""
        thing: Any = self.track or self.release or self.artist
        return thing.get_absolute_url() if thing else ""


def find(viewer: Viewer, name: str, key: str) -> Target | None:
    """Return what this viewer may give to: a person by handle, all else by id or slug; None else.

    Nobody gives to whom or what they may not see, or to whoever is banned or leaves.
    """
    if name == PERSON:
        artist = _people(viewer.user).filter(handle=key.removeprefix("@").lower()).first()
        return Target(artist) if artist else None
    model = {TRACK: Track, RELEASE: Release}.get(name)
    row = _opened(model, viewer, key) if model else None
    if row is None or not _people(viewer.user).filter(pk=row.owner_id).exists():
        return None
    return Target(artist=row.owner, **{name: row})


def price_of(target: Target) -> Price | None:
    """Return what a copy of this costs; None where it is not for sale."""
    if target.track:
        return Price.objects.filter(track=target.track).first()
    return Price.objects.filter(release=target.release).first() if target.release else None


def find_charity(slug: str) -> Charity | None:
    """Return a charity that can be chosen."""
    found: Charity | None = offered_charities().filter(slug=slug).first()
    return found


def shares_before(person: Any, *, with_artist: bool) -> Contribution | None:
    """Return what somebody gave last of this kind, and bought nothing by: its shares come again."""
    rows = Contribution.objects.filter(giver=person, artist__isnull=not with_artist, buys=False)
    return rows.select_related("charity").order_by("-pk").first()


def _people(user: Any) -> Any:
    """Return whom something can be given to; and oneself, who sees the page as others do."""
    found = User.objects.visible_to(user).filter(is_active=True, is_banned=False)
    own = Q(pk=user.pk) if user.is_authenticated else Q(pk__in=[])
    return found.filter(Q(leaves_at=None) | own, left_at=None).exclude(handle=SYSTEM)


def _opened(model: Any, viewer: Viewer, key: str) -> Any:
    try:
        wanted: dict[str, Any] = {"pk": UUID(key)}
    except ValueError:
        wanted = {"slug": key}
    rows: Any
    if model is Track:
        rows = Track.objects.opened_by(*viewer.opens)
    else:
        rows = Release.objects.visible_to(viewer.user)
        if viewer.key:
            rows |= Release.objects.opened_by_token(viewer.key, viewer.user)
    return rows.filter(**wanted).select_related("owner").first()
