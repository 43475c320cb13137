"""What an artist fills in to be paid."""

from django import forms

from economics.models import PayLink
from economics.models.pay_link import LABEL_CHARS, WORDS_CHARS

WHERE = "An https:// address, an IBAN, or your own words"


class PayLinkForm(forms.Form):
    """One way to be paid."""

    kind = forms.ChoiceField(label="How", choices=PayLink.Kind)
    where = forms.CharField(label=WHERE, max_length=WORDS_CHARS)
    label = forms.CharField(label="What it is called", max_length=LABEL_CHARS, required=False)
    is_public = forms.BooleanField(label="Show it on my page", required=False)
