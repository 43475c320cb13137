"""What somebody says of themselves to the press, on the pages of the names that are theirs."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.lib import slots
from config.lib.markdown import excerpt
from social.models import ArtistPage
from tracks.hidden_words import shown

ABOUT = 600  # letters of it; the rest is on the press page


def _about(context: Mapping[str, Any]) -> SafeString:
    person = context["account"]
    page = ArtistPage.objects.filter(user=person.pk, shows_press=True).first()
    if page is None:
        return mark_safe("")
    words = {"person": person, "about": excerpt(shown(page.press_md, person), ABOUT)}
    return render_to_string("social/profiles/_about.html", words)


def fill() -> None:
    """Put it below the links of the name."""
    slots.register("artist", _about)
