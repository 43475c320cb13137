"""What a viewer may do with the notes of a track: the one place that decides it."""

from dataclasses import dataclass

from social.models import Note, Reviewer, ReviewPolicy
from social.viewers import Viewer
from tracks import access
from tracks.models import Track

Who = ReviewPolicy.Who


@dataclass(frozen=True)
class Rights:
    """What this viewer may do on this track, which they may open."""

    viewer: Viewer
    is_owner: bool = False
    is_reviewer: bool = False
    may_write: bool = False

    @property
    def reads_all(self) -> bool:
        """Tell whether notes for the artist and the reviewers are for them, too."""
        return self.is_owner or self.is_reviewer

    def wrote(self, note: Note) -> bool:
        """Tell whether the note is theirs."""
        user, guest = self.viewer.user, self.viewer.guest
        if note.user_id:
            return note.user_id == user.pk
        return guest is not None and note.guest_id == guest.pk

    def may_edit(self, note: Note) -> bool:
        """Tell whether they may change its words: the writer, until it was resolved."""
        return self.wrote(note) and not note.removed_at and not is_resolved(note)

    def may_remove(self, note: Note) -> bool:
        """Tell whether they may delete it: the writer, and the track's owner."""
        return (self.is_owner or self.wrote(note)) and not note.removed_at

    def may_resolve(self, note: Note) -> bool:
        """Tell whether they may resolve it or open it again."""
        signed_in = self.viewer.user.is_authenticated
        return signed_in and note.parent_id is None and (self.is_owner or self.wrote(note))

    def may_assign(self, note: Note) -> bool:
        """Tell whether they may say who sees to it."""
        return self.is_owner and note.parent_id is None and not note.removed_at


def is_resolved(note: Note) -> bool:
    """Tell whether the note was resolved; free where `resolution` was selected.

    Only the first note of a thread can be.
    """
    return note.parent_id is None and getattr(note, "resolution", None) is not None


def rights_on(track: Track, viewer: Viewer) -> Rights:
    """Return what the viewer may do; at most two queries."""
    user, link = viewer.user, viewer.link
    is_owner = user.is_authenticated and user.pk == track.owner_id
    by_review_link = link is not None and link.track_id == track.pk
    invited = (
        user.is_authenticated
        and not is_owner
        and Reviewer.objects.filter(track=track, user_id=user.pk).exists()
    )
    return Rights(
        viewer=viewer,
        is_owner=is_owner,
        is_reviewer=invited or by_review_link,
        may_write=_may_write(
            track, viewer, is_owner=is_owner, invited=invited, by_review_link=by_review_link
        ),
    )


def _may_write(
    track: Track, viewer: Viewer, *, is_owner: bool, invited: bool, by_review_link: bool
) -> bool:
    if viewer.author is None or access.is_only_evidence(track, viewer.user):
        return False
    row = ReviewPolicy.objects.filter(track=track).values_list("who", flat=True).first()
    who = Who(row) if row else Who.EVERYBODY
    guest_may = by_review_link and bool(viewer.link and viewer.link.may_comment)
    as_guest = viewer.guest if viewer.author is viewer.guest else None
    if as_guest and (as_guest.removed_at or not guest_may):
        return False
    return {
        Who.EVERYBODY: True,
        Who.INVITED: is_owner or invited or guest_may,
        Who.OWNER: is_owner,
        Who.NOBODY: False,
    }[who]
