"""What an owner says about giving away."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from tracks.downloads import selectors
from tracks.downloads.audiences import choices
from tracks.downloads.services.people import NOTE_MAX
from tracks.models import Given, Release, Track

LABELS = {
    Given.ORIGINAL: "The original, as you uploaded it",
    Given.FLAC: "FLAC, lossless",
    Given.MP3: "MP3, 320 kbit/s",
    Given.STEMS: "The stems, as a zip",
}
FOR_EVER = "0"
EVERYTHING, EVERYTHING_LABEL = "everything", "All that you have opened"
LENGTHS = [(FOR_EVER, "until you take it back"), ("7", "7 days"), ("30", "30 days")]


class AudiencesForm(forms.Form):
    """To whom each kind of file is open; only for what there is of the piece."""

    def __init__(self, thing: Track | Release, data: Any = None) -> None:
        super().__init__(data, initial=self._now(thing))
        self.thing = thing
        if isinstance(thing, Release):
            self.fields["download"] = _audience("The release, as a zip, and each of its files")
            return
        there = selectors.there_is(thing)
        for what, label in LABELS.items():
            if what in there:
                self.fields[f"gives_{what.value}"] = _audience(label)
        if Given.FLAC in there:
            self.fields["opens_lossless"] = forms.BooleanField(
                label="Everybody who may listen", required=False
            )
            self.fields["opens_lossless_listed"] = forms.BooleanField(
                label="People on your list", required=False
            )

    @property
    def audiences(self) -> list[Any]:
        """Return the fields of audiences."""
        return [field for field in self.visible_fields() if not field.name.startswith("opens_")]

    @property
    def lossless(self) -> list[Any]:
        """Return the fields of lossless listening."""
        return [field for field in self.visible_fields() if field.name.startswith("opens_")]

    def said(self) -> dict[str, dict[str, Any]]:
        """Return what a valid form says, as `services.settings.set_audiences` takes it."""
        words: dict[str, Any] = self.cleaned_data
        heard = {name: words[name] for name in words if name.startswith("opens_")}
        return {
            "audiences": {name: words[name] for name in words if name not in heard},
            "lossless": heard,
        }

    @staticmethod
    def _now(thing: Any) -> dict[str, Any]:
        names = [f"gives_{what}" for what in Given.values]
        names += ["opens_lossless", "opens_lossless_listed", "download"]
        return {name: getattr(thing, name) for name in names if hasattr(thing, name)}


def _audience(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices)


class ListenerForm(forms.Form):
    """Somebody for the list."""

    handle = forms.CharField(
        label="Handle",
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    note = forms.CharField(label="Note to yourself", max_length=NOTE_MAX, required=False)


class GrantForm(forms.Form):
    """Somebody who gets something, and for how long."""

    handle = ListenerForm.base_fields["handle"]
    what = forms.ChoiceField(label="What")
    days = forms.ChoiceField(label="For how long", choices=LENGTHS)

    def __init__(self, thing: Track | Release, data: Any = None) -> None:
        super().__init__(data)
        there = (
            list(selectors.OF_RELEASE) if isinstance(thing, Release) else selectors.there_is(thing)
        )
        field: Any = self.fields["what"]
        field.choices = [
            (EVERYTHING, EVERYTHING_LABEL),
            *((one, Given(one).label) for one in there),
        ]

    def clean_what(self) -> str:
        """Return what it is of, empty for everything."""
        what: str = self.cleaned_data["what"]
        return "" if what == EVERYTHING else what

    def ends(self) -> datetime | None:
        """Return when the grant of a valid form ends; None where it does not."""
        days = int(self.cleaned_data["days"])
        return timezone.now() + timedelta(days=days) if days else None
