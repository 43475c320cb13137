"""What somebody fills in to show who they are, and a moderator who has looked at it."""

from django import forms

from moderation.models import Verification
from moderation.models.verification import SUBJECT_CHARS, WORDS_CHARS

SUBJECT = "A domain (example.org), the https:// address of your page, or your name"
WORDS = "Only for a moderator: how can they see that it is you?"


class VerifyForm(forms.Form):
    """One way to show who one is."""

    method = forms.ChoiceField(
        label="How", choices=Verification.Method.choices, widget=forms.Select
    )
    subject = forms.CharField(label=SUBJECT, max_length=SUBJECT_CHARS)
    words = forms.CharField(
        label=WORDS,
        max_length=WORDS_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EvidenceForm(forms.Form):
    """What a moderator has seen, or why it does not hold."""

    evidence = forms.CharField(
        label="What you have seen, or why not. Its owner reads why not.",
        max_length=WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 70}),
    )
