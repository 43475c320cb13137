"""What moderators are told and decide, and what they looked at for it."""

from moderation.models.appeal import Appeal
from moderation.models.case import Case, CaseNote, Reason, Scope
from moderation.models.decision import RESTRICTS, Decision
from moderation.models.evidence import Evidence
from moderation.models.page_text import PageText
from moderation.models.report import Report
from moderation.models.strike import Strike
from moderation.models.walk import Walk

__all__ = [
    "RESTRICTS",
    "Appeal",
    "Case",
    "CaseNote",
    "Decision",
    "Evidence",
    "PageText",
    "Reason",
    "Report",
    "Scope",
    "Strike",
    "Walk",
]
