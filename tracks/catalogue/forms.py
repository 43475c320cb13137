"""What an artist says about a track."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.catalogue.rules import CHECKS, LABELS
from tracks.lyrics.formats import CHARACTERS_MOST
from tracks.lyrics.forms import LyricsFileField
from tracks.lyrics.services import text_of
from tracks.models import Track
from tracks.models.described import Form

TAKEN = "Something else has this address."
LYRICS_HELP = "Plain text, or LRC with a time in front of each line: [01:23.45]"


class Checkbox(forms.CheckboxInput):
    """A box that says so, too, when it is left empty."""

    def render(self, name: str, *args: Any, **words: Any) -> SafeString:
        """Return the box behind an empty value of the same name."""
        box = super().render(name, *args, **words)
        return format_html('<input type="hidden" name="{}" value="">{}', name, box)


class TrackForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything an owner says of a track. What is not sent along stays as it is.

    `only` names the one field of a form in place. The instance is left as it was.
    """

    lyrics = forms.CharField(
        required=False,
        strip=False,
        max_length=CHARACTERS_MOST,
        help_text=LYRICS_HELP,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    lyrics_file = LyricsFileField(
        required=False,
        label="Or lyrics from a file",
        widget=forms.FileInput(attrs={"accept": ".lrc,.txt,text/plain"}),
    )

    class Meta:
        model = Track
        fields = ["title", "slug", "description_md", "visibility", "form", "language"]
        fields += ["is_explicit"]
        fields += ["content_warning", "ai_made", "is_sponsored", "licence", "isrc", "iswc"]
        labels = LABELS
        error_messages = {"slug": {"unique": TAKEN}}
        help_texts = {
            "description_md": "You can use Markdown: **bold**, *italic*, lists, links.",
            "form": "Speech is heard for its words, and found by form:speech.",
            "slug": "The end of its address. The old address goes on leading here.",
            "content_warning": "What listeners should know before: one line.",
            "isrc": "Of the recording: GB-A1B-24-00001.",
            "iswc": "Of the work: T-034.524.680-1.",
        }
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "slug": forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
            "description_md": forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
            "content_warning": forms.TextInput(attrs={"dir": "auto"}),
            "visibility": forms.RadioSelect,
            "is_explicit": Checkbox,
            "is_sponsored": Checkbox,
        }

    field_order = [
        name for label in LABELS for name in (label, "lyrics_file" if label == "lyrics" else "")
    ]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        instance: Track,
        only: str = "",
    ) -> None:
        super().__init__(data, files, instance=copy(instance))
        for name in ("isrc", "iswc", "slug"):
            # People write codes with hyphens; the check has the last word on their length.
            field = self.fields[name] = forms.CharField(
                required=name == "slug",
                max_length=90,
                label=LABELS[name],
                help_text=self.Meta.help_texts[name],
                error_messages=self.Meta.error_messages.get(name),
                widget=self.fields[name].widget,
            )
            field.widget.attrs.pop("maxlength", None)
        wanted = {only, f"{only}_file"} if only else set(self.fields)
        if data is not None:
            wanted &= {*data, *(files or {})}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "form" in self.fields:
            guessed = Form(instance.form_guessed).label
            choices: Any = self.fields["form"]
            choices.choices = [
                ("", f"As it sounds: {guessed[0].lower()}{guessed[1:]}"),
                *Form.choices,
            ]
        if "lyrics" in self.fields:
            self.initial["lyrics"] = text_of(instance)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Look at each word as the rules do."""
        super().clean()
        for name in [*self.cleaned_data]:
            try:
                if check := CHECKS.get(name):
                    self.cleaned_data[name] = check(self.cleaned_data[name])
            except ValueError as error:
                self.add_error(name, str(error))
        return self.cleaned_data

    @property
    def words(self) -> dict[str, Any]:
        """Return what is said, as `services.editing` takes it; a file goes before the text."""
        words = dict(self.cleaned_data)
        brought = words.pop("lyrics_file", "")
        return words | ({"lyrics": brought} if brought else {})

    def refuse(self, refusal: Problem) -> None:
        """Say what the service refused beside its field."""
        field = refusal.extra.get("field")
        self.add_error(field if field in self.fields else None, refusal.detail)


def titled(text: str, refusal: str) -> str:
    """Return text on one line; a ValidationError where nothing of it can be seen."""
    line = one_line(text)
    if not line:
        raise forms.ValidationError(refusal)
    return line
