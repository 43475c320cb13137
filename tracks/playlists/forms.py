"""What somebody writes about a playlist: its rules, row by row."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from config.lib.lines import one_line
from tracks.criteria.language import LIMIT, RULES_MOST, Criteria, Unclear, read
from tracks.criteria.registry import FIELDS

TITLE_MOST = 200
PARTS = ("field", "operator", "value")


@dataclass
class RulesForm:
    """The rows as they were sent, and the sentence for what is unclear in each.

    A browser sends a field, an operator and a value for each row, and `do`: `add`, `remove:2`,
    `preview` or `save`. It works without scripts.
    """

    rows: list[dict[str, Any]]
    match: str = "all"
    sort: str = "newest"
    limit: str = str(LIMIT)
    title: str = ""
    errors: dict[int | str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, criteria: Criteria | None) -> "RulesForm":
        """Return the form of what is kept, or an empty one."""
        if criteria is None:
            return cls([_empty()])
        kept = criteria.kept()
        return cls(kept["rules"], kept["match"], kept["sort"], str(kept["limit"]))

    @classmethod
    def sent(cls, data: QueryDict) -> "RulesForm":
        """Return the form as it was sent, with a row more or less where that was asked for."""
        columns = [data.getlist(part)[: RULES_MOST + 1] for part in PARTS]
        rows = [dict(zip(PARTS, row, strict=True)) for row in zip(*columns, strict=False)]
        do, _, place = data.get("do", "").partition(":")
        if do == "add" and len(rows) < RULES_MOST:
            rows.append(_empty())
        if do == "remove" and place.isascii() and place.isdigit():
            rows = [row for at, row in enumerate(rows) if at != int(place[:4])]
        match, sort = data.get("match", "all"), data.get("sort", "newest")
        limit, title = data.get("limit", str(LIMIT)), data.get("title", "")
        return cls(rows or [_empty()], match, sort, limit, title)

    def criteria(self) -> Criteria | None:
        """Return the rules; None where one is unclear, which `errors` then says."""
        words = {"match": self.match, "sort": self.sort, "limit": self.limit, "rules": self.rows}
        try:
            return read(words)
        except Unclear as unclear:
            self.errors.update(unclear.errors)
            return None

    def named(self) -> str:
        """Return the title on one line; "" where there is none, which `errors` then says."""
        title = one_line(self.title)
        if not title or len(title) > TITLE_MOST:
            self.errors["title"] = f"Give it a title of at most {TITLE_MOST} letters."
            return ""
        return title

    def shown(self) -> list[dict[str, Any]]:
        """Return the rows for the page, each with its number and what is unclear in it."""
        return [
            {**row, "number": at, "error": self.errors.get(at, ""), "hint": _hint(row["field"])}
            for at, row in enumerate(self.rows)
        ]


def _empty() -> dict[str, Any]:
    first = next(iter(FIELDS.values()))
    return {"field": first.name, "operator": first.operators[0], "value": ""}


def _hint(name: str) -> str:
    return FIELDS[name].hint if name in FIELDS else ""
