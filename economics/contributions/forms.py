"""What staff write down about a contribution."""

from typing import Any

from django import forms

from economics.models.ledger import REFERENCE_CHARS
from economics.money import read


class SettleForm(forms.Form):
    """By what it came in or went back, and what the provider kept."""

    reference = forms.CharField(
        label="Reference: by what it came in, or went back", max_length=REFERENCE_CHARS
    )
    fee = forms.CharField(label="Fee that the provider kept", required=False, max_length=20)

    def clean_fee(self) -> int:
        """Return the fee in minor units."""
        written: Any = self.cleaned_data["fee"]
        try:
            return read(written) if written.strip() else 0
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
