"""What people fill in around a note."""

import re
from typing import Any

from django import forms

from social.models import Note, User
from social.notes.services.notes import BODY_MAX

MOMENT = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?")


class MomentField(forms.CharField):
    """A moment of a piece as people write it: 62, 1:02, 1:02.5 or 1:00:02. Cleans to ms."""

    default_error_messages = {"moment": "Write a moment like 1:02 or 1:02.5."}

    def clean(self, value: Any) -> int | None:
        """Return milliseconds; None for an empty optional field."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = MOMENT.fullmatch(text)
        if not found:
            raise forms.ValidationError(self.error_messages["moment"], code="moment")
        hours, minutes, seconds, rest = found.groups()
        whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
        return whole * 1000 + int((rest or "0").ljust(3, "0"))


def _words(label: str, hint: str = "") -> forms.CharField:
    attributes = {"rows": 3, "maxlength": BODY_MAX, "aria-keyshortcuts": "Control+Enter"}
    area = forms.Textarea(attrs=attributes | ({"placeholder": hint} if hint else {}))
    return forms.CharField(
        label=label,
        max_length=BODY_MAX,
        widget=area,
        error_messages={"required": "Write what you hear."},
    )


class NoteForm(forms.Form):
    """A new note: when, how long, what, and for whom."""

    at = MomentField(label="At", max_length=12)
    until = MomentField(label="Until", max_length=12, required=False)
    body_md = _words("Your note", "What do you hear?")
    visibility = forms.ChoiceField(
        label="Who reads it",
        choices=[
            (Note.Visibility.EVERYBODY, "Everybody here"),
            (Note.Visibility.REVIEWERS, "Artist and reviewers"),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a passage that ends before it begins."""
        found = super().clean() or self.cleaned_data
        at, until = found.get("at"), found.get("until")
        if at is not None and until is not None and until <= at:
            self.add_error("until", "A passage ends after it begins.")
        found["visibility"] = found.get("visibility") or Note.Visibility.EVERYBODY
        return found


class WordsForm(forms.Form):
    """A reply, or the words of a note anew."""

    body_md = _words("Your words")


class AssigneeForm(forms.Form):
    """Who sees to a note, of these people; nobody when empty."""

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(user.pk): user for user in people}
        names = [(key, user.name) for key, user in self._people.items()]
        self.fields["to"] = forms.TypedChoiceField(
            label="Who sees to it",
            choices=[("", "Nobody"), *names],
            coerce=self._people.get,
            required=False,
            empty_value=None,
        )
