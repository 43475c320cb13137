"""Dates of which only a part is known."""

import pytest

from tracks import dates


@pytest.mark.parametrize(
    ("text", "kept", "shown"),
    [
        ("", "", ""),
        ("1977", "1977", "1977"),
        (" 1977-03", "1977-03", "March 1977"),
        ("1977-03-01", "1977-03-01", "1 March 1977"),
        ("2024-02-29", "2024-02-29", "29 February 2024"),
    ],
)
def test_as_much_is_kept_and_shown_as_is_known(text: str, kept: str, shown: str) -> None:
    assert dates.read(text) == kept
    assert dates.shown(kept) == shown


@pytest.mark.parametrize(
    "text",
    ["77", "1977-", "1977-3", "1977-13", "1977-00", "2023-02-29", "1859", "2101", "٢٠٢٦", "<b>"],
)
def test_what_is_no_date_has_its_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write a|There is no"):
        dates.read(text)
