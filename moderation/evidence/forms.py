"""The form with which evidence is opened, in the admin."""

from typing import Any

from django import forms

from moderation.evidence.services import HOURS_MOST
from moderation.models import Evidence


class EvidenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A track or a person, a reason, and for how long."""

    hours = forms.IntegerField(min_value=1, max_value=HOURS_MOST, initial=24)

    class Meta:
        model = Evidence
        fields = ["track", "person", "reason"]

    def clean(self) -> dict[str, Any] | None:
        """Refuse two things, or none."""
        given = super().clean() or {}
        if bool(given.get("track")) == bool(given.get("person")):
            raise forms.ValidationError("Choose a track or a person.")
        return given
