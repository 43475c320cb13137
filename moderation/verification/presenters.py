"""What is shown of a verification: what to do, what was found, until when it holds."""

from dataclasses import dataclass

from config.lib import origins
from moderation.models import Verification
from moderation.verification.rules import PLACE, RECORD

Method = Verification.Method


@dataclass(frozen=True)
class Line:
    """One of somebody's own. `task` says what to do, `place` where, `put` what to put there."""

    row: Verification
    task: str
    place: str
    put: str


def line(row: Verification) -> Line:
    """Return what its owner is shown of it."""
    profile = origins.home() + row.person.get_absolute_url()
    match row.method:
        case Method.DNS:
            task, place = "Add a TXT record to the domain’s DNS.", RECORD + row.subject
            return Line(row, task, place, row.proof)
        case Method.FILE:
            place = f"https://{row.subject}{PLACE}"
            return Line(row, "Put a text file with this line there.", place, row.proof)
        case Method.REL_ME:
            put = f'<a rel="me" href="{profile}">'
            return Line(row, "Put a link to your page here on that page.", row.subject, put)
        case Method.PROFILE:
            task = "Write this into the description of your profile there."
            return Line(row, task, row.subject, row.proof)
    return Line(row, "A moderator will look at it.", "", "")
