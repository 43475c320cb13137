"""What is kept of moderators’ work, and for how long."""

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule
from moderation.forgetting import (
    forget_attestations,
    forget_cases,
    forget_evidence,
    forget_mutes,
    forget_reports,
    forget_verifications,
    remove_evidence,
    unname,
)


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
