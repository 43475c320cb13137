"""Texts that make renderers slow, and the processor time they cost."""

import time
from collections.abc import Callable

from hypothesis import strategies as st

FRAGMENTS = [
    *(
        "a://",
        "ftp://",
        "//a",
        "http://a ",
        "https://a/(",
        "https://a/[",
        "http://a.b(",
        "(http://a",
    ),
    *("http://x.y:1/", "http://a'", "https://a?&", "www.a.b ", "a@b.c ", "mailto:a@b", "a.b.c."),
    *("[", "](", "[a](", "![", "[![", "[](", "[a](<b", '[a](b "', "[a]: b\n", "[a]", "[^", "]"),
    *("*", "_", "**a", "*a_", "*_", "_*a", "a**b", "***a***", "~~", "~~a", "`", "``a`", "`a"),
    *("<", "<a", "<!--", "<?", "<![CDATA[", "<http://a", "&", "&#1;", "&amp", "\\", '"', "'"),
    *("> ", ">", "- ", "1. ", "> - ", "* - + ", "- a\n  ", "a\n", "a\n=\n", "    a\n", "  \n"),
    *("|", "|a|b|\n", "|-|\n", "# ", "~~~\n", "```\n", "\n\n", "\t", "--", "=", "((((", "x" * 20),
    *(
        "é",
        "\u0301",
        "\u0661",
        "\U0001f600",
        "\ufdfa",
        "\u202e",
        "\0",
        "\ufeff",
        "ß",
        "İ",
        "ﬁ",
        "名",
    ),
]
NESTED = [
    ("*a ", "b*"),
    ("_*", "*_"),
    ("[a *b ", "c*](u)"),
    ("[", "](u)"),
    ("(", ")"),
    ("<b>", "</b>"),
]


def filled(fragment: str, length: int) -> str:
    """Return a fragment repeated up to a length."""
    return (fragment * (length // max(1, len(fragment)) + 1))[:length]


def nested(opening: str, closing: str, length: int) -> str:
    """Return as many pairs within each other as a length holds."""
    pairs = length // (len(opening) + len(closing))
    return opening * pairs + closing * pairs


def adversarial() -> st.SearchStrategy[str]:
    """Return a strategy of fragments that are to be repeated, or of what stands between."""
    piece = st.sampled_from(FRAGMENTS) | st.text(min_size=1, max_size=3)
    return st.lists(piece, min_size=1, max_size=4).map("".join)


def cost_ms(work: Callable[[str], object], text: str, *, tries: int = 3) -> float:
    """Return the milliseconds of processor time that `work` takes, the best of some tries."""
    best = float("inf")
    for _ in range(tries):
        began = time.process_time()
        work(text)
        best = min(best, 1000 * (time.process_time() - began))
        if best < 1:
            break
    return best
