"""Finding what the owner's review settings show."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from config.lib.paging import Page, page, read_id_cursor
from social.models import Reviewer, ReviewGuest, ReviewLink, ReviewPolicy
from social.signoff.selectors import Board, board
from tracks.models import Track, TrackVersion

REVIEWERS_SHOWN = 200


@dataclass(frozen=True)
class ReviewSettings:
    """Everything about who reviews one track."""

    track: Track
    policy: ReviewPolicy
    reviewers: list[Reviewer]
    links: Page[ReviewLink]
    sign_off: Board
    versions: list[TrackVersion]


def review_settings(track: Track, before: str = "") -> ReviewSettings:
    """Return who reviews a track, with a page of its links, newest first; seven queries."""
    policy = ReviewPolicy.objects.filter(track=track).first() or ReviewPolicy(track=track)
    asked = Reviewer.objects.filter(track=track).select_related("user").order_by("pk")
    versions = TrackVersion.objects.filter(track=track).only("number", "label").order_by("-number")
    return ReviewSettings(
        track=track,
        policy=policy,
        reviewers=list(asked[:REVIEWERS_SHOWN]),
        links=links_of(track, before),
        sign_off=board(track),
        versions=list(versions),
    )


def links_of(track: Track, before: str = "") -> Page[ReviewLink]:
    """Return a page of the track's review links, each with its `guests` and their `note_count`."""
    written = Count("notes", filter=Q(notes__removed_at=None))
    guests = ReviewGuest.objects.annotate(note_count=written).order_by("pk")
    links = (
        ReviewLink.objects.filter(track=track)
        .prefetch_related(Prefetch("guests", guests))
        .order_by("-pk")
    )
    if before:
        links = links.filter(pk__lt=read_id_cursor(before))
    return page(links, lambda link: link.pk.hex)
