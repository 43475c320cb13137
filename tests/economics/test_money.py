"""Amounts as people write and read them."""

import pytest

from economics import money


@pytest.mark.parametrize(
    ("written", "minor"),
    [("10", 1000), ("7.5", 750), (" 7,50 ", 750), ("0.01", 1), ("-3", -300), ("1e3", 100_000)],
)
def test_an_amount_is_read_to_the_minor_unit(written: str, minor: int) -> None:
    assert money.read(written, "EUR") == minor
    assert money.read(money.plain(minor, "EUR"), "EUR") == minor


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "ten",
            "1.005",
            "NaN",
            "sNaN",
            "inf",
            "1e999999",
            "1e999999999999999999",
            "1e-999999",
        ),
        *("1e999999999999999999", "9" * 30, "1.2.3", "1 000,00 €", "\0", "--1"),
        *("1,000", "1.000", "1e-3", "10.000,00"),  # a thousand to some, one to others
    ],
)
def test_anything_else_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        money.read(written, "EUR")


def test_a_currency_without_decimals_takes_none() -> None:
    assert money.read("500", "JPY") == 500
    assert money.told(500, "JPY") == "¥500"
    for words in ("500.5", "1,000", "500.0"):
        with pytest.raises(ValueError, match="at most 0 decimals"):
            money.read(words, "JPY")
