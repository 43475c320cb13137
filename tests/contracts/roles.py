"""Which pages of the admin each role of the staff sees, and what it does there. All else is closed.

An administrator sees every page and does every act; `manage.py` and the shell are theirs too.
"""

MODERATOR, RIGHTS, FINANCE, EDITOR = "moderator", "rights desk", "finance", "editor"
ADMINISTRATOR, NO_ROLE = "administrator", "no role"
ROLES = (MODERATOR, RIGHTS, FINANCE, EDITOR, ADMINISTRATOR, NO_ROLE)
BENCH = {MODERATOR, RIGHTS}

# Pages that anybody but an administrator sees.
SEES: dict[str, set[str]] = {
    "moderation.case": BENCH,
    "moderation.report": BENCH,
    "moderation.decision": BENCH,
    "moderation.appeal": BENCH,
    "moderation.evidence": BENCH,
    "moderation.attestation": BENCH,
    "moderation.custody": BENCH,
    "moderation.mute": BENCH,
    "moderation.strike": BENCH,
    "moderation.verification": BENCH,
    "moderation.watchedword": {MODERATOR},
    "moderation.wording": {MODERATOR},
    "moderation.pagetext": {EDITOR},
    "economics.artistpayout": {FINANCE},
    "economics.charity": {FINANCE},
    "economics.contribution": {FINANCE},
    "economics.disbursement": {FINANCE},
    "economics.ledgeraccount": {FINANCE},
    "economics.ledgertransaction": {FINANCE},
    "economics.providercall": {FINANCE},
    "economics.providerevent": {FINANCE},
    "media_pipeline.sealedentry": BENCH,
    "tracks.nameclaim": BENCH,
    "tracks.name": BENCH,
    "tracks.tag": {EDITOR},
    "tracks.label": {EDITOR},
}
# Who adds or changes rows there, by Django's own forms.
ADDS: dict[str, set[str]] = {
    "economics.charity": {FINANCE},
    "moderation.evidence": BENCH,
    "moderation.watchedword": {MODERATOR},
    "moderation.wording": {MODERATOR},
    "moderation.pagetext": {EDITOR},
}
CHANGES: dict[str, set[str]] = {
    "economics.charity": {FINANCE},
    "moderation.watchedword": {MODERATOR},
    "moderation.wording": {MODERATOR},
    "tracks.tag": {EDITOR},
}

# What is done at the desk: a case of hate, one of copyright. `True`: it is done.
DESK = (
    *("open", "assign", "note", "evidence", "decide", "undo", "answer", "close", "hear"),
    *("propose", "ban", "unban", "answer of a ban"),
)
OF_COPYRIGHT = {MODERATOR, RIGHTS, ADMINISTRATOR}
OF_ALL = {MODERATOR, ADMINISTRATOR}
# Looking at something, and bringing it before the others, is for all who judge of anything.
OF_WHO_JUDGES = {"open": OF_COPYRIGHT, "evidence": OF_COPYRIGHT}
# Accounts are closed and opened again by moderators, also where it was about copyright: the rights
# desk proposes a ban to them.
OF_MODERATORS = {"ban": OF_ALL, "unban": OF_ALL, "answer of a ban": OF_ALL}
