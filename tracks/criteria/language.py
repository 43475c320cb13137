"""Rules as people write them, as they are kept, and the tracks they stand for.

Kept is a JSON object: `match` (`all` or `any`), `rules` (each `field`, `operator`, `value`), `sort`
and `limit`. A rule on something that nobody asks any more finds nothing, and never everything.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tracks.criteria.registry import FIELDS

RULES_MOST = 12
LIMIT_MOST = 500
LIMIT = 100
VALUE_MOST = 200  # characters
MATCHES = {"all": "all of these", "any": "any of these"}
_OUT = Coalesce("published_at", "created_at")
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "newest": ("Newest first", (_OUT.desc(), "-pk")),
    "oldest": ("Oldest first", (_OUT.asc(), "pk")),
    "title": ("By title", ("title", "pk")),
    "slowest": ("Slowest first", (F("bpm").asc(nulls_last=True), "pk")),
    "fastest": ("Fastest first", (F("bpm").desc(nulls_last=True), "pk")),
}


class Unclear(ValueError):
    """Rules that cannot be kept: `errors` has a sentence for each, by its place or its name."""

    def __init__(self, errors: dict[int | str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Rule:
    """One thing that tracks are asked."""

    field: str
    operator: str
    value: str

    def asked(self) -> Q:
        """Return the Q of the tracks that are so; of none where the field is unknown."""
        field = FIELDS.get(self.field)
        if field is None or self.operator not in field.operators:
            return Q(pk__in=[])
        return field.asked(self.operator, self.value)


@dataclass(frozen=True)
class Criteria:
    """What stands in a list that nobody fills by hand."""

    rules: tuple[Rule, ...]
    match: str = "all"
    sort: str = "newest"
    limit: int = LIMIT

    def asked(self) -> Q:
        """Return the Q of the tracks; who may open them it does not say."""
        join = and_ if self.match == "all" else or_
        return reduce(join, (rule.asked() for rule in self.rules))

    @property
    def order(self) -> tuple[Any, ...]:
        """Return by what they are ordered."""
        return SORTS[self.sort][1]

    def kept(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return asdict(self) | {"rules": [asdict(rule) for rule in self.rules]}


def of(kept: Mapping[str, Any]) -> Criteria:
    """Return what was kept."""
    rules = tuple(Rule(**rule) for rule in kept["rules"])
    return Criteria(rules, kept["match"], kept["sort"], kept["limit"])


def read(raw: Any) -> Criteria:
    """Read what a person or a program wrote. Raises Unclear."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("rules"), list):
        raise Unclear({"rules": "Rules are a list of field, operator and value."})
    errors: dict[int | str, str] = {}
    rules = []
    for place, one in enumerate(raw["rules"][: RULES_MOST + 1]):
        try:
            rules.append(_rule(one))
        except ValueError as error:
            errors[place] = str(error)
    if len(raw["rules"]) > RULES_MOST:
        errors["rules"] = f"At most {RULES_MOST} rules."
    elif not raw["rules"]:
        errors["rules"] = "Say with at least one rule what is to stand in it."
    match, sort = raw.get("match", "all"), raw.get("sort", "newest")
    for name, value, known in (("match", match, MATCHES), ("sort", sort, SORTS)):
        if not isinstance(value, str) or value not in known:
            errors[name] = "Choose one of those offered."
    limit = _limit(raw.get("limit", LIMIT))
    if not limit:
        errors["limit"] = f"Write how many tracks, 1 to {LIMIT_MOST}."
    if errors:
        raise Unclear(errors)
    return Criteria(tuple(rules), match, sort, limit)


def _rule(one: Any) -> Rule:
    if not isinstance(one, Mapping):
        raise ValueError("A rule has a field, an operator and a value.")
    name, operator, value = (one.get(part, "") for part in ("field", "operator", "value"))
    field = FIELDS.get(name) if isinstance(name, str) else None
    if field is None:
        raise ValueError("Choose what to ask for.")
    if operator not in field.operators:
        words = ", ".join(_WORDS[known] for known in field.operators)
        raise ValueError(f"{field.label} can be asked so: {words}.")
    if not isinstance(value, str) or len(value) > VALUE_MOST or "\0" in value:
        raise ValueError(f"Write at most {VALUE_MOST} letters.")
    return Rule(name, operator, field.read(value))


def _limit(raw: Any) -> int:
    text = str(raw).strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= 4
    return int(text) if is_number and 1 <= int(text) <= LIMIT_MOST else 0


_WORDS = {"is": "is", "not": "is not", "least": "at least", "most": "at most", "fits": "goes with"}
