"""Whoever asked for something decides about it as little as whoever asked for the same.

Refused where no upper room has a rule for it: it may let a party decide on conditions of its own,
where nobody else is left who could.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from config.lib.problems import Problem


@dataclass(frozen=True)
class Question:
    """A row that is decided about: since when whom it concerns, and the right by which one may.

    `rule` is the one that stands in the way of whom it concerns.
    """

    row: Any
    parties: Mapping[UUID, datetime]
    right: str
    rule: str = "own-content"


Rule = Callable[[Any, Question], None]
_rules: list[Rule] = []


def judges_parties(rule: Rule) -> Rule:
    """Register what lets a party decide: it raises Problem where that is not so."""
    _rules.append(rule)
    return rule


def require_no_party(by: Any, question: Question) -> None:
    """Let whoever is no party decide; others as the rules say. In a transaction.

    Raises Problem with the question’s rule, and those of the rules.
    """
    if by.pk not in question.parties:
        return
    if not _rules:
        sentence = "This is about yourself. Somebody else has to decide it."
        raise Problem(question.rule, sentence, status=403)
    for rule in _rules:
        rule(by, question)
