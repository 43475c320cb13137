"""What notes look like to programs."""

from typing import Any

from rest_framework import serializers

from social.models import Note, User
from social.notes.selectors.threads import ShownNote
from social.notes.services.notes import BODY_MAX

LONGEST_MS = 2**31 - 1


class NewNote(serializers.Serializer[Any]):
    """A note at `at_ms`, up to `until_ms` for a passage; a reply has only `parent` and `body`."""

    at_ms = serializers.IntegerField(min_value=0, max_value=LONGEST_MS, required=False)
    until_ms = serializers.IntegerField(
        min_value=1, max_value=LONGEST_MS, required=False, allow_null=True
    )
    body = serializers.CharField(max_length=BODY_MAX, help_text="Markdown.")
    visibility = serializers.ChoiceField(
        Note.Visibility.choices, required=False, default=Note.Visibility.EVERYBODY
    )
    parent = serializers.UUIDField(  # type: ignore[assignment] # a member, not DRF's own parent
        required=False, help_text="The note this answers."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a note without a moment."""
        if "parent" not in attrs and "at_ms" not in attrs:
            raise serializers.ValidationError({"at_ms": "Say when: at_ms, in milliseconds."})
        return attrs


class Words(serializers.Serializer[Any]):
    """The words of a note anew."""

    body = serializers.CharField(max_length=BODY_MAX, help_text="Markdown.")


class Assignee(serializers.Serializer[Any]):
    """Who sees to a note."""

    handle = serializers.CharField(max_length=30, allow_null=True)


class Writer(serializers.Serializer[Any]):
    """Who wrote it; guests, and those who have left, have no handle."""

    name = serializers.CharField()
    handle = serializers.CharField(allow_null=True)


class Reply(serializers.Serializer[Any]):
    """An answer, or the part of a note that answers have, too."""

    id = serializers.UUIDField()
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment] # likewise
    writer = Writer()
    body = serializers.CharField()
    body_html = serializers.CharField(help_text="Sanitised.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed = serializers.BooleanField()


class NoteSerializer(Reply):
    """A note where it stands in the version asked for; null figures on replies."""

    at_ms = serializers.IntegerField(allow_null=True)
    until_ms = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(["open", "resolved"])
    visibility = serializers.ChoiceField(Note.Visibility.choices)
    assigned_to = serializers.CharField(allow_null=True, help_text="A handle.")
    written_on = serializers.IntegerField(allow_null=True, help_text="Number of the version.")
    written_at_ms = serializers.IntegerField(help_text="Where it was when it was written.")
    changed = serializers.BooleanField(help_text="The passage sounds different in this version.")
    lost = serializers.BooleanField(help_text="The passage is not in this version.")
    replies = Reply(many=True)


class NotePage(serializers.Serializer[Any]):
    """Notes in the order of their moments."""

    notes = NoteSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="What to send as `after`.")


def describe(data: ShownNote) -> dict[str, Any]:
    """Return the members of a note, or of a reply."""
    note, placed = data.note, data.placement
    return {
        "id": note.pk,
        "parent": note.parent_id,
        "writer": {"name": data.writer, "handle": _handle(note.user)},
        "body": note.body_md,
        "body_html": str(data.html),
        "created_at": note.created_at,
        "edited_at": note.edited_at,
        "removed": note.removed_at is not None,
        "at_ms": placed.at_ms if placed else None,
        "until_ms": placed.until_ms if placed else None,
        "state": data.state,
        "visibility": note.visibility,
        "assigned_to": _handle(note.assigned_to) if placed else None,
        "written_on": data.written_on if placed else None,
        "written_at_ms": note.at_ms if not placed or data.written_on else placed.at_ms,
        "changed": bool(placed and placed.changed),
        "lost": bool(placed and placed.lost),
        "replies": [describe(reply) for reply in data.replies],
    }


def _handle(person: User | None) -> str | None:
    return person.handle if person and not person.is_gone else None
