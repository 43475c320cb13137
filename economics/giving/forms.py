"""What somebody fills in to give."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from config.lib.ids import token128
from economics.contributions.selectors import offered_charities, site_is_paid
from economics.giving import rules
from economics.giving.rules import PARTS, SHARES
from economics.giving.selectors import Target, price_of, shares_before
from economics.models import Contribution, Pledge
from economics.models.contribution import MESSAGE_CHARS
from economics.money import plain, read

ONCE, MONTHLY = "once", "monthly"
ALL_TO_ARTIST = {"artist_percent": 100, "charity_percent": 0, "platform_percent": 0}
ONE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class Share(forms.DecimalField):
    """A share in percent, with at most two decimals."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            max_digits=5,
            decimal_places=2,
            validators=ONE,
            widget=forms.NumberInput(
                attrs={"step": "0.01", "min": "0", "max": "100", "inputmode": "decimal"}
            ),
        )


class SharesForm(forms.Form):
    """An amount, its three shares and a charity; a share is asked for where somebody is there."""

    preset = forms.TypedChoiceField(required=False, widget=forms.RadioSelect, coerce=str)
    amount = forms.CharField(
        label="Another amount",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    artist_percent = Share("Artist")
    charity_percent = Share("Charity")
    platform_percent = Share("This site")
    charity: Any = forms.ModelChoiceField(
        None, label="Which charity", required=False, to_field_name="slug", empty_label="None"
    )

    def __init__(self, *args: Any, with_artist: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["preset"].choices = rules.presets()  # type: ignore[attr-defined]
        self.fields["charity"].queryset = offered_charities()  # type: ignore[attr-defined]
        if not with_artist:
            del self.fields["artist_percent"]
        if not site_is_paid():
            del self.fields["platform_percent"]

    def clean(self) -> dict[str, Any]:
        """Read the amount into `minor`, in minor units, and the shares into basis points."""
        found: dict[str, Any] = super().clean() or {}
        written = found.get("amount", "").strip() or found.get("preset", "")
        try:
            found["minor"] = read(written) if written else 0
        except ValueError as error:
            self.add_error("amount", str(error))
        if not written:
            self.add_error("amount", "Choose an amount, or write one.")
        elif found.get("minor", 1) <= 0:
            self.add_error("amount", "Give something more than nothing.")
        for name in SHARES:
            percent = found.get(name) if name in self.fields else Decimal(0)
            if percent is not None:
                found[name.replace("_percent", "_bp")] = rules.to_bp(percent)
        return found


class SupportForm(SharesForm):
    """Everything that is asked of a giver; most of it may stay as it is."""

    how_often = forms.ChoiceField(
        label="How often",
        choices=[(ONCE, "Once"), (MONTHLY, "Each month")],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label="A message",
        max_length=MESSAGE_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_public = forms.BooleanField(label="Show my name beside it", required=False)
    country = forms.ChoiceField(label="Your country, for the receipt", required=False)
    provider = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, target: Target, person: Any, **words: Any) -> None:
        self.price = price_of(target)
        words["initial"] = _first(target, person)
        if self.price:
            words["initial"] |= rules.amount_of(self.price.suggested) | ALL_TO_ARTIST
        super().__init__(*args, with_artist=target.artist is not None, **words)
        choices = [("", "Not said"), *rules.countries()]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]
        if not person.is_authenticated:
            del self.fields["is_public"], self.fields["how_often"]


class ChangeForm(SharesForm):
    """What is given each month from now on."""

    def __init__(self, *args: Any, pledge: Pledge, **words: Any) -> None:
        shares = {f"{name}_percent": getattr(pledge, f"{name}_bp") for name in PARTS}
        words["initial"] = {
            "amount": plain(pledge.amount, pledge.currency),
            "charity": pledge.charity.slug if pledge.charity else None,
            **{name: rules.to_percent(bp) for name, bp in shares.items()},
        }
        super().__init__(*args, with_artist=pledge.artist is not None, **words)


def _first(target: Target, person: Any) -> dict[str, Any]:
    with_artist = target.artist is not None
    before: Contribution | None = None
    if person.is_authenticated:
        before = shares_before(person, with_artist=with_artist)
    shares = rules.first_shares(before, with_artist=with_artist, with_site=site_is_paid())
    charity = before.charity if before and before.charity else offered_charities().first()
    return {
        **shares,
        "preset": rules.presets()[rules.PRESETS.index(rules.PRESET)][0],
        "charity": charity.slug if charity else None,
        "how_often": ONCE,
        "once": token128(),
        "country": before.country if before else "",
        "is_public": before.is_public if before else False,
    }
