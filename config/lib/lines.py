"""Names and titles: text of one line, as a person meant it.

What joins letters and pictures stays (Persian needs U+200C, many emoji U+200D), and so does what is
newer than this Python's Unicode. What nobody sees, or what turns the line around, does not.
Sources: Unicode Standard Annex 9 (bidirectional text) and 44 (general categories), UTS 51 (emoji).
"""

import unicodedata

JOINERS = {"\u200c", "\u200d"}
MARKS_OF_DIRECTION = {"\u200e", "\u200f", "\u061c"}  # they end with their letter, unlike overrides
KEPT_FORMATS = JOINERS | MARKS_OF_DIRECTION
TAGS = range(0xE0020, 0xE0080)  # parts of the flags of Scotland, Wales and England
DROPPED = {"Cc", "Cf", "Cs", "Co"}
# Letters and signs of no width and no ink: fillers of Hangul, the empty pattern of Braille.
INKLESS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u17b5"}
WITHOUT_INK = {"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp", "Mn", "Me"}


def one_line(text: str) -> str:
    """Return `text` (in NFC) on one line: every break and run of blanks is one blank.

    Empty where nothing of it can be seen.
    """
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(_kept(letter) for letter in plain)
    line = " ".join(kept.split())
    return line if is_seen(line) else ""


def is_seen(text: str) -> bool:
    """Tell whether any of `text` has ink."""
    return any(
        unicodedata.category(letter) not in WITHOUT_INK and letter not in INKLESS for letter in text
    )


def _kept(letter: str) -> str:
    if letter.isspace():
        return " "
    code = ord(letter)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:  # never characters
        return ""
    if letter in KEPT_FORMATS or code in TAGS:
        return letter
    return "" if unicodedata.category(letter) in DROPPED else letter
