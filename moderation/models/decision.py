"""What was decided, and why: rows that are never changed or taken away."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from config.lib.ids import token128, uuid7
from config.lib.urls import address_of
from moderation.models.case import Case, Scope

FACTS_CHARS, CLAUSE_CHARS, REDRESS_CHARS, TERRITORY_CHARS = 4000, 300, 1000, 100
SOMETHING = r"\S"


class Kind(models.TextChoices):
    """What a decision does."""

    WARN = "warn", "Warn"
    LIMIT = "limit", "Limit how it is found"
    HIDE = "hide", "Hide: closed to all but its owner"
    REMOVE = "remove", "Remove: closed to its owner too"
    SUSPEND_UPLOADS = "suspend_uploads", "Suspend uploads"
    HOLD = "hold", "Hold: until a person has looked at it"
    BAN = "ban", "Ban: close the account"
    RESTORE = "restore", "Restore: undo a decision"
    NO_ACTION = "no_action", "No action"


# What each is to whom it touches, who did not choose it from a list of what can be done.
TOLD_AS = {
    Kind.WARN: "A warning",
    Kind.LIMIT: "Left out of lists and searches",
    Kind.HIDE: "Closed to everybody but you",
    Kind.REMOVE: "Removed: closed to you, too",
    Kind.SUSPEND_UPLOADS: "Your uploads are suspended",
    Kind.HOLD: "Held until a person has looked at it",
    Kind.BAN: "Your account is closed",
    Kind.RESTORE: "An earlier decision is undone",
    Kind.NO_ACTION: "Nothing is done about it",
}
HIDDEN_PARTS = {
    Scope.MOMENT: "A moment is muted",
    Scope.COVER: "The cover is hidden",
    Scope.PICTURE: "The picture is hidden",
    Scope.WORDS: "The words are hidden",
    Scope.LYRICS: "The lyrics are hidden",
}
RESTRICTS = [Kind.LIMIT, Kind.HIDE, Kind.REMOVE, Kind.SUSPEND_UPLOADS, Kind.HOLD, Kind.BAN]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, by what is in force now."""

    def in_force(self) -> "DecisionQuerySet":
        """Return what restricts somebody at this moment: not undone, and not over."""
        lasts = Q(until=None) | Q(until__gt=Now())
        return self.filter(lasts, kind__in=RESTRICTS, undone_by=None)


class ClosedNow(Func):
    """Whether one of some columns names a thing that such decisions, in force, are about.

    Always the same as `in_force`, and written as SQL: to have it built anew took twice as long as
    the rest of a query of music, in each of which it stands. All that is closed is collected once,
    as the keys of an object. As `IN (SELECT …)` it would be collected once too, but counted by the
    planner for every row it looks up, until it rather reads whole tables. One collection does for
    several scopes: no two things have one id.
    """

    output_field = models.BooleanField()
    closed = (
        "SELECT jsonb_object_agg(decided.target_id, NULL) FROM moderation_decision decided"
        " WHERE decided.scope = ANY(%s) AND decided.kind = ANY(%s)"
        " AND (decided.until IS NULL OR decided.until > statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision undoing"
        " WHERE undoing.undoes_id = decided.id)"
    )

    def __init__(self, columns: str | list[str], scopes: str | list[str], *kinds: str) -> None:
        super().__init__(*_listed(columns))
        self.scopes, self.kinds = _listed(scopes), kinds

    def as_sql(self, compiler: Any, connection: Any, **_words: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the condition; false where the columns are empty, or nothing is closed."""
        found = [compiler.compile(column) for column in self.source_expressions]
        names = ", ".join(f"{column}::text" for column, _ in found)
        params = [param for _, params in found for param in params]
        sql = f"COALESCE(({self.closed}) ?| ARRAY[{names}], false)"
        return sql, [self.scopes, list(self.kinds), *params]


def _listed(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


class Decision(models.Model):
    """One act of a moderator with its statement of reasons (Regulation (EU) 2022/2065, art. 17).

    Rows only come: a trigger refuses every change. What one has closed, another opens that names it
    in `undoes`.
    """

    Kind = Kind

    class Source(models.TextChoices):
        OWN = "own", "We found it ourselves"
        NOTICE = "notice", "Somebody reported it"
        ORDER = "order", "An authority ordered it"

    class Ground(models.TextChoices):
        LAW = "law", "The law"
        TERMS = "terms", "Our terms"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=22, unique=True, default=token128)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whom it touches.",
    )
    kind = models.CharField(max_length=15, choices=Kind)
    scope = models.CharField(max_length=12, choices=Scope)
    target_id = models.UUIDField()
    title = models.CharField(max_length=200, help_text="What it was called then.")
    at_ms = models.PositiveIntegerField(null=True, help_text="Where a muted moment begins.")
    until_ms = models.PositiveIntegerField(null=True, help_text="Where it ends.")
    facts = models.TextField(max_length=FACTS_CHARS)
    source = models.CharField(max_length=6, choices=Source)
    ground = models.CharField(max_length=5, choices=Ground, blank=True)
    clause = models.CharField(max_length=CLAUSE_CHARS, blank=True)
    territory = models.CharField(max_length=TERRITORY_CHARS, default="Everywhere")
    until = models.DateTimeField(null=True, help_text="When it ends; empty: until it is undone.")
    automated = models.BooleanField(default=False)
    redress = models.TextField(max_length=REDRESS_CHARS, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        permissions = [("decide_copyright", "Can decide cases of copyright")]
        indexes = [
            models.Index(
                fields=["scope", "target_id"],
                condition=Q(kind__in=RESTRICTS),
                name="decision_restricts",
            ),
            models.Index(fields=["person", "-id"], name="decision_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.RESTORE, Kind.NO_ACTION])
                | Q(
                    source__in=["own", "notice", "order"],
                    ground__in=["law", "terms"],
                    clause__regex=SOMETHING,
                    territory__regex=SOMETHING,
                    redress__regex=SOMETHING,
                ),
                name="decision_states_its_reasons",
            ),
            models.CheckConstraint(
                # A comparison with nothing would pass.
                condition=Q(
                    scope=Scope.MOMENT,
                    at_ms__isnull=False,
                    until_ms__isnull=False,
                    until_ms__gt=F("at_ms"),
                )
                | (~Q(scope=Scope.MOMENT) & Q(at_ms=None, until_ms=None)),
                name="decision_of_a_moment_has_a_span",
            ),
            models.CheckConstraint(
                condition=Q(facts__regex=SOMETHING), name="decision_says_its_facts"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.RESTORE, undoes__isnull=False)
                | (~Q(kind=Kind.RESTORE) & Q(undoes=None)),
                name="decision_that_restores_undoes_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.HOLD) | Q(automated=True, until=None),
                name="decision_holds_until_a_person_decides",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_scope_display()} “{self.title}”"

    def get_absolute_url(self) -> str:
        """Return the page that tells whom it touches of it."""
        return address_of("decision", self.key)

    @property
    def headline(self) -> str:
        """Return what it is, in the words of whom it touches."""
        if self.kind == Kind.HIDE and self.scope in HIDDEN_PARTS:
            return HIDDEN_PARTS[Scope(self.scope)]
        return TOLD_AS[Kind(self.kind)]

    @property
    def span(self) -> tuple[int, int] | None:
        """From where to where it is silent, in ms; None for all but a moment."""
        if self.at_ms is None or self.until_ms is None:
            return None
        return self.at_ms, self.until_ms

    @property
    def restricts(self) -> bool:
        """Tell whether it takes something away, for as long as it is in force."""
        return self.kind in RESTRICTS
