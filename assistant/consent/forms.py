"""What an owner chooses about machines that read."""

from typing import Any

from django import forms
from django.conf import settings

from assistant.consent.registry import providers
from assistant.consent.selectors import Choice
from assistant.models.consent import Mining, Where
from config.lib.problems import Problem


def wheres(*, named: bool) -> list[tuple[str, str]]:
    """Return what can be chosen, the site's own way first; providers where some can be named."""
    own = Where(settings.NEXUS_MACHINES).label
    choices = [("", f"As this site does: {own[0].lower()}{own[1:]}"), *Where.choices]
    return choices if named else [one for one in choices if one[0] != Where.PROVIDERS]


def minings() -> list[tuple[str, str]]:
    """Return what can be chosen about mining, the site's own way first."""
    return [("", f"As this site does: {settings.NEXUS_MINING}"), *Mining.choices]


class ConsentForm(forms.Form):
    """Where a piece may be read, by whom, and whether mining is reserved."""

    where = forms.ChoiceField(
        label="Where a machine may read it", required=False, widget=forms.RadioSelect
    )
    providers = forms.MultipleChoiceField(
        label="Providers that may read it", required=False, widget=forms.CheckboxSelectMultiple
    )
    mining = forms.ChoiceField(
        label="Text and data mining", required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, choice: Choice | None = None) -> None:
        first = {} if choice is None else _first(choice)
        super().__init__(data, initial=first)
        offered = providers() | {name: name for name in first.get("providers", ())}
        self.fields["where"].choices = wheres(named=bool(offered))  # type: ignore[attr-defined]
        self.fields["mining"].choices = minings()  # type: ignore[attr-defined]
        self.fields["providers"].choices = [  # type: ignore[attr-defined]
            (name, providers().get(name, name)) for name in offered
        ]
        if not offered:
            del self.fields["providers"]

    def refuse(self, refusal: Problem) -> None:
        """Say what the service refused beside its field."""
        field = refusal.extra.get("field")
        self.add_error(field if field in self.fields else None, refusal.detail)


def _first(choice: Choice) -> dict[str, Any]:
    return {
        "where": choice.said,
        "providers": list(choice.providers),
        "mining": choice.mining_said,
    }
