"""What finance writes of charities, and of what is sent to them."""

from urllib.parse import urlsplit

from django import forms

from economics.models import Charity


class CharityForm(forms.ModelForm):  # type: ignore[type-arg]
    """One charity."""

    website = forms.URLField(max_length=300, required=False, assume_scheme="https")
    pay_link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="Where one gives to it directly.",
    )

    class Meta:
        model = Charity
        fields = ["name", "slug", "about", "website", "pay_link", "is_active"]

    def clean_website(self) -> str:
        """Take pages of the web only."""
        return _secure(self.cleaned_data["website"])

    def clean_pay_link(self) -> str:
        """Take pages of the web only."""
        return _secure(self.cleaned_data["pay_link"])


class ReceiptForm(forms.Form):
    """A file that shows it."""

    file = forms.FileField(
        label="A PDF, picture or text of at most 900 kB. Everybody can fetch it: black out what "
        "is nobody’s business."
    )


def _secure(address: str) -> str:
    if address and urlsplit(address).scheme != "https":
        raise forms.ValidationError("Write an address that begins with https://.")
    return address
