"""Languages of music: tags as people write them, as they are kept, and their names."""

import re
from typing import Any

from django.conf.locale import LANG_INFO

# RFC 5646 (BCP 47), section 2.1: language, script, region, variants; extensions are of no use here.
TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.ASCII,
)
LONGEST = 35
# ISO 639-1: every language of two letters that there is.
_TWO = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv
cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr
ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw
ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr
ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
yo za zh zu
"""
TWO_LETTERS = frozenset(_TWO.split())
UNSUNG = {"zxx": "No words", "mul": "Several languages", "und": "Not known"}


def language(text: str) -> str:
    """Return a tag in its usual letters (`pt-BR`, `zh-Hant`), empty for no text.

    Raises ValueError with a sentence.
    """
    tag = text.strip().replace("_", "-").lower()
    if not tag:
        return ""
    found = TAG.fullmatch(tag) if len(tag) <= LONGEST else None
    if found is None:
        raise ValueError("A language is a tag such as en, pt-BR or zh-Hant.")
    main = found["language"]
    if len(main) == 2 and main not in TWO_LETTERS:
        raise ValueError(f"No language has the tag {main}. English is en, Japanese ja, Czech cs.")
    parts = [main, (found["script"] or "").title(), (found["region"] or "").upper()]
    return "-".join(part for part in parts if part) + found["variants"]


def name_of(tag: str) -> str:
    """Return what a language is called, with its tag where more than the language is said."""
    known: dict[str, Any] = {name.lower(): info for name, info in LANG_INFO.items()}
    for step in (tag.lower(), tag.partition("-")[0].lower()):
        name = UNSUNG.get(step) or known.get(step, {}).get("name")
        if name:
            return str(name) if step == tag.lower() else f"{name} ({tag})"
    return tag
