"""Tags of languages, as people write them."""

import pytest

from tracks.languages import language, name_of


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("", ""),
        (" EN ", "en"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("gsw", "gsw"),
        ("de-ch-1996", "de-CH-1996"),
        ("zxx", "zxx"),
    ],
)
def test_a_tag_is_kept_in_its_usual_letters(text: str, tag: str) -> None:
    assert language(text) == tag


@pytest.mark.parametrize(
    "text", ["english", "jp", "e", "en-", "x-klingon", "en us", "ｅｎ", "en" * 20]
)
def test_what_is_no_language_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        language(text)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("de", "German"),
        ("pt-BR", "Brazilian Portuguese"),
        ("de-CH", "German (de-CH)"),
        ("zxx", "No words"),
        ("gsw", "gsw"),
    ],
)
def test_a_language_has_a_name(tag: str, name: str) -> None:
    assert name_of(tag) == name
