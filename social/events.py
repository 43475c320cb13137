"""What can happen between people, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

NOTE_WRITTEN = "note.written"
NOTE_RESOLVED = "note.resolved"
NOTE_ASSIGNED = "note.assigned"
REVIEWER_INVITED = "reviewer.invited"
APPROVER_ASKED = "approver.asked"
SIGN_OFF_SAID = "sign_off.said"
PERSON_JOINED = "person.joined"
PERSON_BANNED = "person.banned"
PERSON_UNBANNED = "person.unbanned"
PERSON_EDITED = "person.edited"
PERSON_LEAVING = "person.leaving"
PERSON_STAYS = "person.stays"
PERSON_LEFT = "person.left"
EXPORT_READY = "export.ready"


def register_all() -> None:
    """Say what can happen here."""
    register(NOTE_WRITTEN, "Somebody wrote a note, or replied to one.", "track", "version")
    register(NOTE_RESOLVED, "A note was resolved.", "track", "version")
    register(NOTE_ASSIGNED, "A note was given to somebody to see to.", "track", "version", "to")
    register(REVIEWER_INVITED, "Somebody was asked to review a track.", "track", "user")
    register(APPROVER_ASKED, "Somebody was asked to sign a track off.", "user")
    register(SIGN_OFF_SAID, "Somebody signed a track off, or asked for changes.", "track")
    register(PERSON_JOINED, "Somebody has an account now.")
    register(PERSON_BANNED, "An account was closed.")
    register(PERSON_UNBANNED, "A closed account was opened again.")
    register(PERSON_EDITED, "Somebody has changed what their page says.")
    register(PERSON_LEAVING, "Somebody asked for their account to be deleted.")
    register(PERSON_STAYS, "Somebody kept their account after all.")
    register(PERSON_LEFT, "An account was deleted.")
    register(EXPORT_READY, "The archive of a person’s data can be fetched.")
