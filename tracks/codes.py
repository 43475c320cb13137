"""Codes of recordings, works and releases: as people write them, and as they are kept."""

import re

ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}", re.ASCII)
ISWC = re.compile(r"T\d{10}", re.ASCII)
UPC = re.compile(r"\d{12,13}", re.ASCII)
MARKS = re.compile(r"[\s.\-‐-―_]+")
LONGEST = 40  # characters of what is looked at; no code has half as many


def isrc(text: str) -> str:
    """Return the ISRC in its 12 letters and digits, empty for no text. Raises ValueError.

    ISO 3901:2019: prefix (country and registrant), year, designation. It has no check digit.
    """
    code = _bare(text, "ISRC")
    if code and not ISRC.fullmatch(code):
        raise ValueError(
            "An ISRC has two letters, three letters or digits, and seven digits: GB-A1B-24-00001."
        )
    return code


def iswc(text: str) -> str:
    """Return the ISWC as T and ten digits, empty for no text. Raises ValueError.

    ISO 15707:2022: the check digit C makes 1 + Σ i·dᵢ + C a multiple of 10.
    """
    code = _bare(text, "ISWC")
    if not code:
        return ""
    if not ISWC.fullmatch(code):
        raise ValueError("An ISWC has a T and ten digits: T-034.524.680-1.")
    total = 1 + sum(place * int(digit) for place, digit in enumerate(code[1:10], start=1))
    if (total + int(code[10])) % 10:
        raise ValueError("This ISWC fails its check: a digit may be wrong or two changed places.")
    return code


def shown_isrc(code: str) -> str:
    """Return an ISRC as people read it: GB-A1B-24-00001."""
    return "-".join((code[:2], code[2:5], code[5:7], code[7:])) if code else ""


def shown_iswc(code: str) -> str:
    """Return an ISWC as people read it: T-034.524.680-1."""
    return f"T-{code[1:4]}.{code[4:7]}.{code[7:10]}-{code[10:]}" if code else ""


def upc(text: str) -> str:
    """Return the UPC (12 digits) or EAN (13), empty for no text. Raises ValueError.

    GS1 General Specifications, 7.9: digits weigh 3 and 1 in turn from the right.
    """
    code = _bare(text, "UPC")
    if not code:
        return ""
    if not UPC.fullmatch(code):
        raise ValueError("A UPC has 12 digits, an EAN 13.")
    total = sum((3 if place % 2 else 1) * int(each) for place, each in enumerate(reversed(code)))
    if total % 10:
        raise ValueError("This UPC fails its check: a digit may be wrong or two changed places.")
    return code


def _bare(text: str, name: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"No {name} is as long as this.")
    code = MARKS.sub("", text).upper()
    return code.removeprefix(name) if code.startswith(name) else code
