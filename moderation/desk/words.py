"""Ready texts, with what they stand for filled in: words for words, and nothing is carried out."""

import re
from collections.abc import Mapping

STANDS = re.compile(r"\{(title|reason|clause)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its variables filled in once: what they hold is never read as one."""
    return STANDS.sub(lambda found: values.get(found[1], ""), text)
