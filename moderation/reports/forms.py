"""What whoever reports something fills in."""

from django import forms

from moderation.models import Reason
from moderation.models.report import WORDS_CHARS
from moderation.reports.services import HAS_MOMENTS
from moderation.things import Kind
from social.notes.forms import MomentField


class AddressForm(forms.Form):
    """The address of what is to be reported."""

    address = forms.CharField(
        label="Its address",
        max_length=2000,
        help_text="Copy it from the top of the window in which you see or hear it.",
        error_messages={"required": "Paste the address of what is wrong."},
    )


class ReportForm(forms.Form):
    """What is wrong, in words, and at which moment of a piece."""

    kind = forms.ChoiceField(
        label="What is wrong?",
        choices=Reason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    at = MomentField(label="At which moment", max_length=12, required=False)
    description = forms.CharField(
        label="In your words",
        max_length=WORDS_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": WORDS_CHARS}),
        help_text="What a moderator should know, and where to look or listen.",
    )

    def __init__(self, *args: object, about: Kind, **words: object) -> None:
        super().__init__(*args, **words)  # type: ignore[arg-type]
        self.fields["at"].help_text = "Minutes and seconds, like 1:02."
        if about.scope not in HAS_MOMENTS:
            del self.fields["at"]
