"""What an artist says about a price."""

from typing import Any

from django import forms

from economics import money


class PriceForm(forms.Form):
    """The least, and what the form for buyers begins with."""

    least = forms.CharField(label="A copy costs at least", max_length=15)
    suggested = forms.CharField(label="Suggested", max_length=15, required=False)

    def __init__(self, data: Any = None, **words: Any) -> None:
        super().__init__(data, **words)
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.fields["least"].help_text = f"In {money.currency()}. Who wants to can give more."

    def clean_least(self) -> int:
        """Return minor units."""
        return _amount(self.cleaned_data["least"])

    def clean_suggested(self) -> int | None:
        """Return minor units; None where nothing was said."""
        words = self.cleaned_data["suggested"]
        return _amount(words) if words.strip() else None

    def clean(self) -> dict[str, Any]:
        """Refuse what is suggested below the least."""
        found: dict[str, Any] = super().clean() or {}
        if (high := found.get("suggested")) and high < found.get("least", 0):
            self.add_error("suggested", "Suggest at least as much as you ask.")
        return found


def _amount(words: str) -> int:
    try:
        found = money.read(words)
    except ValueError as refusal:
        raise forms.ValidationError(str(refusal)) from None
    if found <= 0:
        raise forms.ValidationError("A price is more than nothing.")
    return found
