"""Codes are taken as people write them, and refused with a sentence when they cannot be right."""

import pytest

from tracks import codes


@pytest.mark.parametrize("text", ["GB-A1B-24-00001", "gba1b2400001", "ISRC GB A1B 24 00001"])
def test_an_isrc_is_kept_without_its_marks(text: str) -> None:
    assert codes.isrc(text) == "GBA1B2400001"


@pytest.mark.parametrize("text", ["GBA1B240000", "1BA1B2400001", "GBA1B24O0001", "x" * 5000])
def test_what_is_no_isrc_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISRC"):
        codes.isrc(text)


def test_an_iswc_proves_its_check_digit() -> None:
    assert codes.iswc("T-034.524.680-1") == "T0345246801"  # ISO's own example
    with pytest.raises(ValueError, match="check"):
        codes.iswc("T-034.524.680-2")
    with pytest.raises(ValueError, match="ten digits"):
        codes.iswc("T-034.524")


@pytest.mark.parametrize("text", ["036000291452", "4006381333931", "4-006381-333931"])
def test_a_upc_or_ean_proves_its_check_digit(text: str) -> None:
    assert codes.upc(text) == text.replace("-", "")
    with pytest.raises(ValueError, match="check"):
        codes.upc(text[:-1] + str((int(text[-1]) + 1) % 10))


def test_nothing_is_no_code_and_no_fault() -> None:
    assert (codes.isrc(""), codes.iswc(" "), codes.upc("")) == ("", "", "")
