"""The key of a name or tag: what is written another way and means the same has the same one.

Case, accents and kinds of quotes and dashes do not count. Accents are dropped from Latin and Greek
letters only: in other scripts they make another letter (が is not か, й is not и).
"""

import unicodedata

from config.lib.lines import one_line

ACCENTED = ("LATIN", "GREEK")
ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
)


def key_of(text: str) -> str:
    """Return the key of a text of one line; empty where nothing of it can be seen."""
    apart = unicodedata.normalize("NFKD", one_line(text).casefold())
    letters, base = [], ""
    for letter in apart:
        if unicodedata.category(letter) == "Mn":
            if not base.startswith(ACCENTED):
                letters.append(letter)
            continue
        if unicodedata.category(letter) == "Cf":  # joiners and marks of direction
            continue
        base = unicodedata.name(letter, "")
        letters.append(letter)
    plain = "".join(letters).translate(ALIKE)
    return " ".join(unicodedata.normalize("NFC", plain).split())
