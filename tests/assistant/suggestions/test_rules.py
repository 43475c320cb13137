"""What the rules say of texts and of music: the same each time, and soon."""

import time

import pytest

from assistant.suggestions.rules import languages, moods, phrases, sentences, titles
from tests.factories.assistant import SPEECH

MEGABYTE = 1_000_000
ODD = {
    "no blank": "x" * MEGABYTE,
    "blanks": " \n" * (MEGABYTE // 2),
    "short words": "a b " * (MEGABYTE // 4),
    "signs": "词" * MEGABYTE,
    "marks": ".!? " * (MEGABYTE // 4),
    "hyphens": "a-" * (MEGABYTE // 2),
    "sentences": " ".join(
        f"Word{at % 991} goes to place{at % 97} with thing{at % 13}."
        for at in range(MEGABYTE // 40)
    ),
    "nothing of a text": "\u202e\u0000\ud7ff" * (MEGABYTE // 3),
}


@pytest.mark.parametrize("name", ODD)
def test_a_megabyte_of_whatever_is_read_within_seconds(name: str) -> None:
    text, began = ODD[name], time.process_time()
    sentences.summary(text, "en", most=600)
    phrases.phrases(text, "en", most=8)
    phrases.grams(text, most=1500)
    languages.guess(text)
    titles.first_words(text)
    assert time.process_time() - began < 5


def test_a_summary_is_made_of_sentences_of_the_text_in_their_order() -> None:
    text = " ".join(SPEECH)
    found = sentences.summary(text, "en", most=150)
    assert 0 < len(found) <= 150
    chosen = sentences.split(found)
    assert [each for each in SPEECH if each in chosen] == chosen
    assert found == sentences.summary(text, "en", most=150)


def test_what_the_description_says_is_not_said_again() -> None:
    text = " ".join(SPEECH)
    assert sentences.summary(text, "en", most=600, without=text) == ""


def test_key_phrases_stand_between_common_words() -> None:
    found = phrases.phrases(" ".join(SPEECH * 4), "en", most=5)
    assert any("nets" in phrase or "harbour" in phrase for phrase in found)
    assert not any("the" in phrase.split() for phrase in found)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "ask not what your country can do for you"),
        ("de", "Ich bin so müde und weiß nicht wohin mit mir"),
        ("fr", "Je ne sais pas ce que tu veux de moi"),
        ("es", "No sé qué hacer con mi vida y no te quiero perder"),
        ("pt", "Não sei o que fazer com a minha vida"),
        ("it", "Non so cosa fare della mia vita e non ti voglio perdere"),
        ("nl", "Ik weet niet wat ik met mijn leven moet doen"),
        ("sv", "jag vet inte vad jag ska göra med dig"),
        ("pl", "nie wiem co mam zrobić ze swoim życiem bo jestem tu"),
        ("ru", "я не знаю что мне делать и как мне быть с тобой"),
        ("ja", "この曲は海のそばで書きました"),
        ("zh", "我不知道该怎么办才好我在海边写了这首歌"),
        ("ko", "나는 무엇을 해야 할지 모르겠어요"),
        ("", "la la la la la la la la la la"),
        ("", "12 34 56 78 90 !!!"),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_common_words_or_not_at_all(tag: str, text: str) -> None:
    assert languages.guess(text) == tag


@pytest.mark.parametrize(
    ("bpm", "key", "first"),
    [
        (140.0, "C", "energetic"),
        (140.0, "Am", "energetic"),
        (60.0, "Am", "melancholic"),
        (60.0, "F", "calm"),
    ],
)
def test_moods_follow_tempo_and_key(bpm: float, key: str, first: str) -> None:
    assert moods.moods(bpm=bpm, key=key)[0] == first


def test_what_lies_in_between_has_no_mood() -> None:
    assert moods.moods(bpm=102.0, key="C") == []
    assert moods.moods(bpm=None, key="C") == []
    assert moods.moods(bpm=140.0, key="") == []


@pytest.mark.parametrize(
    ("now", "better"),
    [
        ("01 - my_song_final_v3.wav", "My song"),
        ("03 Sommer am See.mp3", "Sommer am See"),
        ("12_Monkeys.mp3", "Monkeys"),
        ("REC_2024-03-12", ""),
        ("New Recording 5", ""),
        ("Track 01", ""),
    ],
)
def test_names_of_files_become_titles(now: str, better: str) -> None:
    assert titles.is_of_file(now)
    assert titles.of_file(now) == better


@pytest.mark.parametrize("own", ["99 Luftballons", "7 Rings", "Take five", "1979", "Sommer am See"])
def test_titles_are_let_be(own: str) -> None:
    found = titles.title(now=own, of_music="X", file_name="y.wav", texts=["Z a."], is_guessed=False)
    assert found == "" or own == "1979"
