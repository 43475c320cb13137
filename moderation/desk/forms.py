"""What a moderator fills in to decide."""

import json
from typing import Any
from uuid import UUID

from django import forms

from moderation import things
from moderation.cases.rules import may_ban
from moderation.decisions.rules import OFFERED, REDRESS
from moderation.decisions.statements import DAYS_MOST, Statement
from moderation.models import Case, Decision, Reason, Scope
from moderation.models.case import NOTE_CHARS
from moderation.models.decision import (
    CLAUSE_CHARS,
    FACTS_CHARS,
    REDRESS_CHARS,
    RESTRICTS,
    TERRITORY_CHARS,
    Kind,
)
from moderation.models.strike import POLICY
from social.notes.forms import MomentField

# In the order in which a moderator thinks of them.
KINDS = (
    *(Kind.HIDE, Kind.REMOVE, Kind.LIMIT, Kind.WARN),
    *(Kind.SUSPEND_UPLOADS, Kind.BAN, Kind.NO_ACTION),
)
# What the key that restricts begins with, by what it is about.
FIRST = {
    str(scope): next((str(kind) for kind in KINDS if kind in RESTRICTS and kind in kinds), "")
    for scope, kinds in OFFERED.items()
}
# What is proposed to rest on; it is read and changed before anything is sent.
CLAUSES = {
    Reason.COPYRIGHT: (Decision.Ground.LAW, "Copyright: the work is used without permission"),
    Reason.MINORS: (Decision.Ground.LAW, "Protection of minors"),
    Reason.PRIVACY: (Decision.Ground.LAW, "Protection of personal data and of private life"),
}
CLAUSE_ELSE = (Decision.Ground.TERMS, "Terms of use: {}")


NONE_YET = UUID(int=0)


def newest_of(case: Case) -> UUID:
    """Return the newest decision of a case, by which a page knows whether it is old."""
    return case.decisions.order_by("-pk").values_list("pk", flat=True).first() or NONE_YET


class DecideForm(forms.Form):
    """A decision about one of the parts of a case, with its statement of reasons."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Decision", choices=[(kind, kind.label) for kind in KINDS])
    about = forms.ChoiceField(label="About")
    at = MomentField(
        label="The moment begins",
        max_length=12,
        required=False,
        help_text="Of a moment alone: minutes and seconds, like 1:02.",
    )
    until = MomentField(label="The moment ends", max_length=12, required=False)
    facts = forms.CharField(
        label="What you found", max_length=FACTS_CHARS, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.ChoiceField(label="How you came to know", choices=Decision.Source)
    ground = forms.ChoiceField(label="On what it rests", choices=Decision.Ground)
    clause = forms.CharField(
        label="Which clause, and why it applies", max_length=CLAUSE_CHARS, required=False
    )
    territory = forms.CharField(
        label="Where it holds", max_length=TERRITORY_CHARS, initial="Everywhere", required=False
    )
    days = forms.IntegerField(
        label="For how many days",
        min_value=1,
        max_value=DAYS_MOST,
        required=False,
        help_text="Empty: until it is undone.",
    )
    automated = forms.BooleanField(label="A machine took part in it", required=False)
    is_strike = forms.BooleanField(
        label="It counts as a strike",
        required=False,
        help_text=f"{POLICY.most} of {POLICY.counts_for.days} days lead to a hold.",
    )
    redress = forms.CharField(
        label="What they can do about it",
        max_length=REDRESS_CHARS,
        initial=REDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, case: Case, row: Any, by: Any, kind: str = "", **words: Any
    ) -> None:
        ground, clause = CLAUSES.get(Reason(case.reason), CLAUSE_ELSE)
        said = clause.format(case.get_reason_display().lower())
        source = Decision.Source.NOTICE if case.reports.exists() else Decision.Source.OWN
        words["initial"] = {"ground": ground, "clause": said[:CLAUSE_CHARS], "source": source}
        words["initial"]["is_strike"] = case.reason == Reason.COPYRIGHT
        words["initial"]["kind"] = kind or OFFERED[case.target][0]
        words["initial"]["seen"] = newest_of(case)
        super().__init__(*args, **words)
        if not may_ban(by):
            offered = [(kind, kind.label) for kind in KINDS if kind != Kind.BAN]
            self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        self.fields["kind"].widget.attrs["data-first"] = json.dumps(FIRST)
        self.parts = {
            f"{kind.scope}:{part.pk}": (kind, part)
            for kind, part in things.parts_of(case.target, row)
        }
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (key, f"{kind.scope.label}: {things.title_of(kind, part)[:80]}")
            for key, (kind, part) in self.parts.items()
        ]

    def see(self, case: Case) -> None:
        """Let the form know of what was decided meanwhile: its page tells of it now."""
        self.data = {**self.data.dict(), "seen": str(newest_of(case))}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what has no effect on such a thing."""
        found = super().clean() or self.cleaned_data
        kind, about = found.get("kind"), found.get("about")
        if kind and about and kind != Kind.NO_ACTION:
            scope = about.partition(":")[0]
            if kind not in OFFERED[scope]:
                names = ", ".join(one.label for one in OFFERED[scope])
                self.add_error("kind", f"About this one can decide: {names}.")
        if kind == Kind.NO_ACTION:
            found["is_strike"] = False
        elif found.get("is_strike") and about in self.parts and not self._owner(about):
            self.add_error("is_strike", "A guest wrote this: there is nobody to count it against.")
        return found

    def _owner(self, about: str) -> Any:
        kind, part = self.parts[about]
        return kind.owner(part)

    @property
    def part(self) -> tuple[things.Kind, Any]:
        """Return what it is about."""
        return self.parts[self.cleaned_data["about"]]

    @property
    def statement(self) -> Statement:
        """Return the reasons, as the service takes them."""
        names = ("facts", "source", "ground", "clause", "territory", "days", "automated", "redress")
        words: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        at, until = self.cleaned_data["at"], self.cleaned_data["until"]
        if self.part[0].scope == Scope.MOMENT and at is not None and until is not None:
            words["span"] = (at, until)
        return Statement(**words)


class OpenForm(forms.Form):
    """What nobody reported: a kind of thing and its id, as its report link names it."""

    about = forms.RegexField(
        r"^[a-z]{4,8}:[0-9a-f-]{36}$",
        label="About",
        error_messages={"invalid": "Write a kind and an id, like track:0192…"},
    )
    reason = forms.ChoiceField(label="Reason", choices=Reason)

    def clean_about(self) -> tuple[things.Kind, Any]:
        """Return the thing. Raises ValidationError where there is none."""
        name, _, key = self.cleaned_data["about"].partition(":")
        kind = things.kind_of(name)
        try:
            row = things.find(kind.scope, UUID(key)) if kind else None
        except ValueError:
            row = None
        if kind is None or row is None:
            raise forms.ValidationError("There is no such thing here.")
        return kind, row


class NoteForm(forms.Form):
    """A note for the other moderators."""

    words = forms.CharField(
        label="Note for other moderators",
        max_length=NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
