"""What an artist fills in to be sent what is owed to them."""

from typing import Any

from django import forms

from economics import money
from economics.models import PayLink
from economics.outgoing_admin import AmountForm


class AskForm(AmountForm):
    """How much, and where to."""

    def __init__(self, *args: Any, links: list[PayLink], free: int, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["amount"].initial = money.plain(free)
        self.links = {str(one.pk): one for one in links}
        choices = [(key, f"{one}: {one.where}") for key, one in self.links.items()]
        self.fields["link"] = forms.ChoiceField(label="Where to", choices=choices)

    def clean_link(self) -> PayLink:
        """Return the way they are paid."""
        return self.links[self.cleaned_data["link"]]
