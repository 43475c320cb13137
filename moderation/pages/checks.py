"""What `manage.py doctor` says of the site's own pages."""

from config.lib import health
from config.lib.health import Note
from moderation.pages.selectors import current


def contact() -> str:
    """People and authorities can reach the operator (Regulation (EU) 2022/2065, art. 11 and 12)."""
    if current("contact").is_own:
        return "the contact page says how you are reached"
    return Note("The contact page does not say yet how you are reached: Page texts in the admin.")


def terms() -> str:
    """The terms are the operator's, or those that come along."""
    told = current("terms")
    if told.is_own:
        return f"version {told.number}, of {told.changed_at:%Y-%m-%d}"
    return "those that come with Nexus; change them in the admin, under Page texts"


def register_all() -> None:
    """Let the doctor know."""
    health.register("contact", contact)
    health.register("terms", terms)
