"""What somebody says at a gate."""

from django import forms

from social.models import SignOff, Stage


class SignOffForm(forms.Form):
    """One act, and what the person had before them."""

    act = forms.ChoiceField(choices=SignOff.Act.choices)
    stage = forms.ChoiceField(choices=Stage.choices)
    version = forms.UUIDField()
    to = forms.ChoiceField(choices=Stage.choices, required=False)
    note = forms.CharField(max_length=2000, required=False)

    @property
    def sentence(self) -> str:
        """Return what is wrong, for a person."""
        if "note" in self.errors:
            return "A note has up to 2,000 characters."
        return "This form is too old. Look again how the piece stands."
