"""What moderators are told and decide, and what they looked at for it."""

from moderation.models.appeal import Appeal
from moderation.models.attestation import Attestation
from moderation.models.case import Case, CaseNote, Reason, Scope
from moderation.models.decision import RESTRICTS, Decision
from moderation.models.evidence import Evidence
from moderation.models.report import Report
from moderation.models.verification import Verification
from moderation.models.walk import Walk

__all__ = [
    "RESTRICTS",
    "Appeal",
    "Attestation",
    "Case",
    "CaseNote",
    "Decision",
    "Evidence",
    "Reason",
    "Report",
    "Scope",
    "Verification",
    "Walk",
]
