"""What an archive's things are called here, and what has become of each."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from social.models import Imported, User

TRACK, VERSION, STEM, VISUAL = (
    "tracks.track",
    "tracks.trackversion",
    "tracks.stem",
    "tracks.trackvisual",
)
RELEASE, PLAYLIST = "tracks.release", "tracks.playlist"
NOTE, POLICY = "social.note", "social.reviewpolicy"
REVISION, COLLABORATOR = "tracks.revision", "tracks.playlistcollaborator"
PAGE, PICTURE = "social.artistpage", "social.artistpicture"
UPLOAD = "upload"  # under way; goes when it has become something
NAMES = {
    TRACK: "pieces",
    VERSION: "versions",
    STEM: "stems",
    VISUAL: "pictures and films",
    RELEASE: "releases",
    PLAYLIST: "playlists",
    NOTE: "notes",
    POLICY: "rules of who may write notes",
    REVISION: "saves of what was said of pieces",
    COLLABORATOR: "invitations to work on playlists",
    PAGE: "pages of an artist",
    PICTURE: "pictures of that page",
}


@dataclass
class Report:
    """What was made, what was here already, and what was not taken, with the reason."""

    made: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leave(self, what: str, why: str, count: int = 1) -> None:
        """Say that something was not taken."""
        if count:
            self.left[what, why] += count

    def lines(self) -> list[str]:
        """Return it for people to read."""
        lines = [
            f"{NAMES[kind]}: {self.made[kind]} made, {self.there[kind]} here already"
            for kind in NAMES
            if self.made[kind] or self.there[kind]
        ]
        return lines + [
            f"not taken: {what}{f' ({count})' if count > 1 else ''}: {why}"
            for (what, why), count in self.left.items()
        ]


class Origins:
    """Under which id each thing of an archive is known here; written with the thing itself."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        rows = Imported.objects.filter(owner=owner).values_list("origin", "local")
        self._known: dict[str, str] = dict(rows.iterator())

    def of(self, kind: str, origin: Any) -> str | None:
        """Return the id here; None for what was not brought."""
        return self._known.get(f"{kind}:{origin}")

    def note(self, kind: str, *pairs: tuple[Any, Any]) -> None:
        """Write down what things are called here; needs the transaction that makes them."""
        rows = [
            Imported(owner=self.owner, origin=f"{kind}:{origin}", local=str(local))
            for origin, local in pairs
        ]
        Imported.objects.bulk_create(rows, batch_size=1000)
        self._known |= {row.origin: row.local for row in rows}

    def forget(self, kind: str, origin: Any) -> None:
        """Take back what was noted of a thing that is not there any more."""
        name = f"{kind}:{origin}"
        if self._known.pop(name, None):
            Imported.objects.filter(owner=self.owner, origin=name).delete()
