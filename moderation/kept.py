"""What is kept of moderators’ work, and for how long."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows
from moderation.models import (
    Attestation,
    Case,
    Evidence,
    Message,
    Mute,
    PageText,
    Report,
    SavedFilter,
    Suggestion,
    Talk,
    Verification,
)
from moderation.verification import rules as verification

KEPT_FOR = timedelta(days=365)
REPORTS_KEPT = timedelta(days=730)
NETWORKS_KEPT = timedelta(days=365)
ATTESTATIONS_KEPT = timedelta(days=3 * 365)
GONE = "something of somebody who has left"


def register_all() -> None:
    """Say what is kept, and what happens to it when somebody leaves."""
    kept.register(
        Kept(
            "moderation.Evidence",
            "What a moderator opened to look at, and why",
            Fate.REMOVED,
            "One year after it ended",
            words="What is about you goes with your account; what you opened as a moderator stays "
            "as somebody’s. The sealed log keeps the fact. It is in no archive, for it would tell "
            "of other people.",
            minor=True,
        ),
        Kept(
            "moderation.Report",
            "What you have reported, and a pseudonym of the address it came from",
            Fate.ANONYMISED,
            "Two years after its case was closed",
            section="reports",
            words="What was reported stays as somebody’s, for whom it is about has rights, too.",
        ),
        Kept(
            "moderation.Decision",
            "What moderators have decided about something of yours, and why",
            Fate.KEPT,
            "As long as the site: every act is shown by its row",
            section="decisions",
            words="It names an account that has no name any more (GDPR, article 17 (3) (e)).",
        ),
        Kept(
            "moderation.Strike",
            "Which decisions count, or counted, as strikes against you",
            Fate.KEPT,
            "As long as the decision; it counts for 90 days",
            section="strikes",
            words="It names an account that has no name any more (GDPR, article 17 (3) (e)).",
        ),
        Kept(
            "moderation.Appeal",
            "What you said against a decision, and the answer",
            Fate.KEPT,
            "As long as the decision",
            section="decisions",
            minor=True,
        ),
        Kept(
            "moderation.Case",
            "What moderators had to look at: what it is called, and whose it is",
            Fate.ANONYMISED,
            "As long as the decisions about it; without any, two years after it was closed",
            words="It tells what others have reported, so it is in no archive.",
            minor=True,
        ),
        Kept(
            "moderation.CaseNote",
            "What moderators wrote for one another about a case",
            Fate.ANONYMISED,
            "As long as the case",
            words="It is the moderators’ work, and tells of other people.",
            minor=True,
        ),
    )
    kept.register(
        Kept(
            "moderation.Attestation",
            "That you said of a piece that it is yours to share, and from which network",
            Fate.ANONYMISED,
            "As long as the piece, and three years; the network for one year",
            section="attestations",
            words="Whoever says later that the piece is theirs is answered with it (GDPR, "
            "article 17 (3) (e)).",
        ),
    )
    kept.register(
        Kept(
            "moderation.Verification",
            "How you have shown who you are, and what was found",
            Fate.REMOVED,
            "While it holds, and one year",
            section="verifications",
            words="What was verified is public beside your name while it holds.",
        ),
    )
    kept.register(
        Kept(
            "moderation.PageText",
            "Who wrote which version of the site’s terms and contact",
            Fate.ANONYMISED,
            "As long as the site",
            words="The words are the site’s own, and public.",
            minor=True,
        ),
        Kept(
            "moderation.Talk",
            "What you and moderators wrote to each other about a case",
            Fate.ANONYMISED,
            "As long as the case, or the report",
            section="talks",
        ),
        Kept(
            "moderation.Message",
            "One message of it",
            Fate.ANONYMISED,
            "As long as the conversation",
            section="talks",
            minor=True,
        ),
        Kept(
            "moderation.Mute",
            "That reports from you were warned of, or not looked at for a time, and why",
            Fate.REMOVED,
            "Two years; then nobody can be muted by it any more",
            words="You are sent it, and read it beside your report.",
            minor=True,
        ),
        Kept(
            "moderation.Custody",
            "What is kept as evidence of a serious crime, sealed, until it is released",
            Fate.KEPT,
            "Until somebody releases it, which is asked for again and again",
            words="It serves to find and prosecute crimes (GDPR, articles 17 (3) (e) and 23), so "
            "it is in no archive; the account it is about stays as long.",
            minor=True,
        ),
        Kept(
            "moderation.Suggestion",
            "What a machine marked for moderators, and who dismissed it",
            Fate.ANONYMISED,
            "As long as the case",
            words="It is the moderators’ work.",
            minor=True,
        ),
        Kept(
            "moderation.SavedFilter",
            "How a moderator looks at the queue",
            Fate.REMOVED,
            "Until they forget it",
            words="A setting of the moderators’ desk.",
            minor=True,
        ),
    )
    kept.register_rule(
        Rule(
            "mutes",
            ("moderation.Mute",),
            "Warnings and mutes of reporters are forgotten after two years.",
            forget_mutes,
        )
    )
    kept.impersonal(
        moderation__Wording="Texts that moderators use again",
        moderation__WatchedWord="Words at which a moderator is to look",
        moderation__Walk="Where a thing could be found before and after a decision: addresses",
    )
    kept.register_rule(
        Rule(
            "reports",
            ("moderation.Report",),
            "Reports are forgotten two years after their case was closed.",
            forget_reports,
        )
    )
    kept.register_rule(
        Rule(
            "cases",
            ("moderation.Case", "moderation.CaseNote"),
            "Cases that nobody decided are forgotten two years after they were closed.",
            forget_cases,
        )
    )
    kept.register_rule(
        Rule(
            "evidence",
            ("moderation.Evidence",),
            "What a moderator opened is forgotten one year after it ended.",
            forget_evidence,
        )
    )
    kept.register_rule(
        Rule(
            "attestations",
            ("moderation.Attestation",),
            "What was said of pieces that are gone is forgotten after three years, and after one "
            "from which network it was said.",
            forget_attestations,
        )
    )
    kept.register_rule(
        Rule(
            "verifications",
            ("moderation.Verification",),
            "Verifications that have ended, or were never made, are forgotten after one year.",
            forget_verifications,
        )
    )
    kept.on_farewell(remove_evidence, order=40)
    kept.on_farewell(unname, order=40)


def forget_evidence(now: datetime, most: int) -> int:
    """Forget what ended a year ago, by its time or by hand."""
    ended = Q(expires_at__lt=now - KEPT_FOR) | Q(closed_at__lt=now - KEPT_FOR)
    return forget_rows(Evidence.objects.filter(ended), most)


def forget_reports(now: datetime, most: int) -> int:
    """Forget reports of cases that were closed two years ago."""
    return forget_rows(Report.objects.filter(case__in=_closed_before(now - REPORTS_KEPT)), most)


def forget_mutes(now: datetime, most: int) -> int:
    """Forget what was decided about reporters two years ago, with what undid it."""
    old = Mute.objects.filter(created_at__lt=now - REPORTS_KEPT, undoes=None)
    return forget_rows(old, most)


def forget_cases(now: datetime, most: int) -> int:
    """Forget cases closed two years ago that nobody decided and of which no report is left."""
    old = _closed_before(now - REPORTS_KEPT)
    return forget_rows(old.filter(decisions=None, appeals=None, reports=None), most)


def forget_attestations(now: datetime, most: int) -> int:
    """Forget what was said three years ago of what is gone, and networks after one year."""
    rows = Attestation.objects.exclude(network="").filter(attested_at__lt=now - NETWORKS_KEPT)
    named = list(rows.values_list("pk", flat=True)[:most])
    Attestation.objects.filter(pk__in=named).update(network="")
    old = Attestation.objects.filter(track=None, attested_at__lt=now - ATTESTATIONS_KEPT)
    return max(len(named), forget_rows(old, most))


def forget_verifications(now: datetime, most: int) -> int:
    """Forget what ended a year ago, and what was begun then and never verified."""
    moment, states = now - verification.KEPT_FOR, Verification.State
    never = Q(state__in=[states.WAITING, states.FAILED], created_at__lt=moment)
    return forget_rows(Verification.objects.filter(never | Q(ended_at__lt=moment)), most)


def _closed_before(moment: datetime) -> Any:
    return Case.objects.filter(state=Case.State.CLOSED, closed_at__lt=moment)


def unname(person: Any) -> None:
    """Take the name from what somebody reported and from cases; rows of decisions stay."""
    Report.objects.filter(reporter=person).update(reporter=None, source="")
    Attestation.objects.filter(person=person).update(person=None, title=GONE, network="")
    Case.objects.filter(assigned_to=person).update(assigned_to=None)
    Case.objects.filter(person=person).update(title=GONE)
    PageText.objects.filter(by=person).update(by=None)
    Talk.objects.filter(person=person).update(person=None)
    Message.objects.filter(moderator=person).update(moderator=None)
    Suggestion.objects.filter(dismissed_by=person).update(dismissed_by=None)
    Suggestion.objects.filter(case__person=person).update(words=GONE)
    Mute.objects.filter(by=person).update(by=None)
    Mute.objects.filter(person=person).delete()
    SavedFilter.objects.filter(moderator=person).delete()


def remove_evidence(person: Any) -> None:
    """Remove what was opened about a person, and what they verified; what they opened themselves
    stays without a name."""
    Verification.objects.filter(person=person).delete()
    type(person).objects.filter(pk=person.pk).update(verified_as="", verified_until=None)
    Evidence.objects.filter(person=person).delete()
