"""Who can open a piece or a release, and from when."""

from datetime import datetime
from typing import Any

from django import forms


class ScheduleForm(forms.Form):
    """Now, at an hour on the clocks of a place, to whoever has the link, or to nobody else."""

    NOW, LATER, UNLISTED, PRIVATE = "now", "later", "unlisted", "private"

    when = forms.ChoiceField(choices=[(word, word) for word in (NOW, LATER, UNLISTED, PRIVATE)])
    local = forms.CharField(max_length=20, required=False)  # its zone is not the site's
    time_zone = forms.CharField(max_length=60, required=False)
    seen = forms.CharField(max_length=16, required=False)  # what the page has said would follow

    def clean_local(self) -> datetime | None:
        """Return the local date and time without zone; None for nothing."""
        text = self.cleaned_data["local"]
        try:
            return datetime.strptime(text, "%Y-%m-%dT%H:%M") if text else None  # noqa: DTZ007
        except ValueError:
            raise forms.ValidationError("Write the hour like 2026-03-01T12:00.") from None

    def clean(self) -> dict[str, Any]:
        """Ask for the hour where one is meant."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("when") == self.LATER and not said.get("local"):
            self.add_error("local", "Say the day and the hour.")
        return said
