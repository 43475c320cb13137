"""Which handles a person may take."""

import re

from social.models.user import GONE, HANDLE_PATTERN

# Names that look like a part of the site, or like somebody who speaks for it.
RESERVED = frozenset(
    """
    about abuse accent account accounts admin administrator api assets auth billing blog cdn
    contact copyright dashboard demo dev discover dmca docs download edit embed explore feed
    health help home info legal login logout mail media mod moderation moderator music my nexus
    noreply notifications null oauth official payments playlists postmaster press privacy
    profile register releases root search security settings signup site staff static status
    support system tags team terms test tracks undefined upload uploads user users webmaster www
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


def refusal(handle: str) -> str:
    """Return why this handle cannot be taken, as a sentence; empty when it can.

    Whether somebody has it already is the database's to say.
    """
    if len(handle) < 2:
        return "Choose a name of at least 2 characters."
    if len(handle) > 30:
        return "Choose a name of at most 30 characters."
    if not re.fullmatch(r"[a-z0-9_-]*", handle):
        return "Use only the letters a to z, digits, hyphens and underscores."
    if not re.fullmatch(HANDLE_PATTERN, handle):
        return "Begin and end the name with a letter or a digit."
    if handle in RESERVED or GONE.fullmatch(handle):
        return "This name is kept for the site itself. Choose another one."
    return ""
