"""What was decided, and why: rows that are never changed or taken away."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now

from config.lib.ids import token128, uuid7
from config.lib.urls import address_of
from moderation.models.case import Case, Scope

FACTS_CHARS, CLAUSE_CHARS, REDRESS_CHARS, TERRITORY_CHARS = 4000, 300, 1000, 100
SOMETHING = r"\S"
FEW = 200  # decisions that are collected for each query; of more, each row is looked up


class Kind(models.TextChoices):
    """What a decision does."""

    WARN = "warn", "Warn"
    LIMIT = "limit", "Limit how it is found"
    HIDE = "hide", "Hide: closed to all but its owner"
    REMOVE = "remove", "Remove: closed to its owner too"
    SUSPEND_UPLOADS = "suspend_uploads", "Suspend uploads"
    BAN = "ban", "Ban: close the account"
    RESTORE = "restore", "Restore: undo a decision"
    NO_ACTION = "no_action", "No action"


RESTRICTS = [Kind.LIMIT, Kind.HIDE, Kind.REMOVE, Kind.SUSPEND_UPLOADS, Kind.BAN]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, by what is in force now."""

    def in_force(self) -> "DecisionQuerySet":
        """Return what restricts somebody at this moment: not undone, and not over."""
        lasts = Q(until=None) | Q(until__gt=Now())
        return self.filter(lasts, kind__in=RESTRICTS, undone_by=None)


class ClosedNow(Func):
    """Whether a column names a thing of this scope that such decisions, in force, are about.

    Always the same as `in_force`, and written as SQL: to have it built anew took twice as long as
    the rest of a query of music, in each of which it stands. While that is little, all that is
    closed is collected once, as the keys of an object. Where decisions are many, to collect a
    thousand took longer than a whole page: each row is looked up instead, by its key, or in a hash
    of all where the planner expects many rows.
    """

    output_field = models.BooleanField()
    many = (
        "(SELECT count(*) > %s FROM (SELECT FROM moderation_decision decided"
        " WHERE decided.scope = %s AND decided.kind = ANY(%s) LIMIT %s) some_of_them)"
    )
    one = (
        "EXISTS (SELECT FROM moderation_decision decided"
        " WHERE decided.scope = %s AND decided.target_id = {column} AND decided.kind = ANY(%s)"
        " AND (decided.until IS NULL OR decided.until > statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision undoing"
        " WHERE undoing.undoes_id = decided.id))"
    )
    all_of_them = (
        "COALESCE((SELECT jsonb_object_agg(decided.target_id, NULL)"
        " FROM moderation_decision decided"
        " WHERE decided.scope = %s AND decided.kind = ANY(%s)"
        " AND (decided.until IS NULL OR decided.until > statement_timestamp())"
        " AND NOT EXISTS (SELECT FROM moderation_decision undoing"
        " WHERE undoing.undoes_id = decided.id)) ? {column}::text, false)"
    )

    def __init__(self, column: str, scope: str, *kinds: str) -> None:
        super().__init__(column)
        self.scope, self.kinds = scope, kinds

    def as_sql(self, compiler: Any, connection: Any, **_words: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the condition; false where the column is empty, or nothing is closed."""
        column, params = compiler.compile(self.source_expressions[0])
        kinds = list(self.kinds)
        sql = f"CASE WHEN {self.many} THEN {self.one} ELSE {self.all_of_them} END"
        many = [FEW, self.scope, kinds, FEW + 1]
        one, all_of_them = [self.scope, *params, kinds], [self.scope, kinds, *params]
        return sql.format(column=column), [*many, *one, *all_of_them]


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
    scope = models.CharField(max_length=8, choices=Scope)
    target_id = models.UUIDField()
    title = models.CharField(max_length=200, help_text="What it was called then.")
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
            models.Index(fields=["scope", "target_id"], name="decision_about"),
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
                condition=Q(facts__regex=SOMETHING), name="decision_says_its_facts"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.RESTORE, undoes__isnull=False)
                | (~Q(kind=Kind.RESTORE) & Q(undoes=None)),
                name="decision_that_restores_undoes_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_scope_display()} “{self.title}”"

    def get_absolute_url(self) -> str:
        """Return the page that tells whom it touches of it."""
        return address_of("decision", self.key)

    @property
    def restricts(self) -> bool:
        """Tell whether it takes something away, for as long as it is in force."""
        return self.kind in RESTRICTS
