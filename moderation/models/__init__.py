"""What moderators are told and decide, and what they looked at for it."""

from moderation.models.appeal import Appeal
from moderation.models.attestation import Attestation
from moderation.models.case import Case, CaseNote, Reason, Scope
from moderation.models.custody import Custody
from moderation.models.decision import RESTRICTS, Decision
from moderation.models.evidence import Evidence
from moderation.models.mute import Mute
from moderation.models.page_text import PageText
from moderation.models.report import Report
from moderation.models.strike import Strike
from moderation.models.suggestion import Suggestion, WatchedWord
from moderation.models.talk import Message, Talk
from moderation.models.verification import Verification
from moderation.models.walk import Walk
from moderation.models.wording import SavedFilter, Wording

__all__ = [
    "RESTRICTS",
    "Appeal",
    "Attestation",
    "Case",
    "CaseNote",
    "Custody",
    "Decision",
    "Evidence",
    "Message",
    "Mute",
    "PageText",
    "Reason",
    "Report",
    "SavedFilter",
    "Scope",
    "Strike",
    "Suggestion",
    "Talk",
    "Verification",
    "Walk",
    "WatchedWord",
    "Wording",
]
