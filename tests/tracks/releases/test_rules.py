"""What tags say of a release, and what is made of those that lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracks.releases.rules import File, folder_disc, in_order, kind_of, natural, told_by, words_of


def file(path: str, **tags: str) -> File:
    return File(path, path, told_by(tags), 200_000)


def test_a_whole_album_is_read() -> None:
    tags = {
        "album": "Orchard",
        "album_artist": "Ada",
        "artist": "Ada feat. Bo",
        "date": "2026-03-01",
        "label": "Fields",
        "catalognumber": "FLD 7",
        "barcode": "036000291452",
        "isrc": "GB-A1B-24-00001",
        "track": "3/10",
        "disc": "02",
    }
    told = told_by(tags)
    assert (told.number, told.disc, told.isrc) == (3, 2, "GBA1B2400001")
    words = words_of([File("a", "a.flac", told, 200_000)], fallback="Folder")
    assert (words.title, words.artist_credit, words.kind) == ("Orchard", "Ada", "single")
    assert (words.released_on, words.label) == ("2026-03-01", "Fields")
    assert (words.catalogue_number, words.upc) == ("FLD 7", "036000291452")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("barcode", "036000291453"), ("barcode", "x" * 5000), ("isrc", "nonsense")),
        *(("date", "2026-02-31"), ("date", "9999-01-01"), ("date", "٢٠٢٦-٠١-٠١")),
        *(("track", "99999999999999999999"), ("track", "A1"), ("disc", "-3"), ("track", "0")),
    ],
)
def test_what_makes_no_sense_is_left_out(name: str, value: str) -> None:
    told = told_by({name: value})
    assert (told.upc, told.isrc, told.day, told.number, told.disc) == ("", "", "", None, None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        *(("1977", "1977"), ("1977-03", "1977-03"), ("1977-03-01", "1977-03-01")),
        *(("1977-00-00", "1977"), ("1977-03-00", "1977-03"), (" 1977 ", "1977")),
        *(("1977-03-01T12:00:00", "1977-03-01"), ("1977-13", ""), ("77", ""), ("1066", "")),
        *(("19770301", ""), ("1977-3-1", ""), ("1977-", "")),
    ],
)
def test_as_much_of_a_date_is_taken_as_is_said(said: str, kept: str) -> None:
    assert told_by({"date": said}).day == kept


def test_the_latest_date_counts_and_of_one_year_the_most_exact() -> None:
    def released(*days: str) -> str:
        files = [File(n, f"{n}.flac", told_by({"date": day})) for n, day in enumerate(days)]
        return words_of(files, fallback="x").released_on

    assert released("1977", "1977-03-01", "") == "1977-03-01"
    assert released("1977-03-01", "1978") == "1978"
    assert released("", "") == ""


def test_markup_and_lines_stay_words_on_one_line() -> None:
    told = told_by({"album": "<b>Loud</b>\n\u202eevil", "artist": "x" * 5000})
    assert "\n" not in told.album
    assert told.album.startswith("<b>Loud</b>")
    assert len(told.artist) == 400


def test_the_order_is_disc_number_then_path() -> None:
    files = [
        file("10 Ten.flac"),
        file("b.flac", disc="1", track="2"),
        file("2 Two.flac"),
        file("c.flac", disc="2", track="1"),
        file("a.flac", disc="1", track="1"),
    ]
    wanted = [("a.flac", 1), ("b.flac", 1), ("2 Two.flac", 1), ("10 Ten.flac", 1), ("c.flac", 2)]
    assert in_order(files) == wanted
    assert in_order(reversed(files)) == wanted


def test_folders_are_discs_where_no_tag_says_so() -> None:
    files = [file("X/CD2/01.flac", track="1"), file("X/CD 1/01.flac", track="1")]
    assert in_order(files) == [("X/CD 1/01.flac", 1), ("X/CD2/01.flac", 2)]


def test_folders_win_over_tags_that_give_one_number_twice() -> None:
    files = [
        file(f"X/Disc {disc}/0{number}.flac", disc="1", track=str(number))
        for disc in (1, 2)
        for number in (1, 2)
    ]
    assert [disc for _, disc in in_order(files)] == [1, 1, 2, 2]


def test_one_disc_and_number_twice_stand_in_the_order_of_their_paths() -> None:
    files = [file("b.flac", disc="1", track="1"), file("a.flac", disc="1", track="1")]
    assert in_order(files) == [("a.flac", 1), ("b.flac", 1)]


def test_discs_are_counted_from_one_without_a_gap() -> None:
    files = [file("a", disc="7", track="1"), file("b", disc="99", track="1")]
    assert [disc for _, disc in in_order(files)] == [1, 2]


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=6), st.text(max_size=6))))
def test_whatever_tags_say_there_is_one_order(said: list[tuple[str, str, str]]) -> None:
    files = [
        File(place, path, told_by({"disc": disc, "track": number}))
        for place, (path, disc, number) in enumerate(said)
    ]
    found = in_order(files)
    assert {key for key, _ in found} == set(range(len(files)))
    assert len(found) == len(files)
    discs = [disc for _, disc in found]
    assert discs == sorted(discs)
    assert set(discs) == set(range(1, len(set(discs)) + 1))


@pytest.mark.parametrize(
    ("count", "minutes", "kind"),
    [
        *((1, 4, "single"), (3, 4, "single"), (4, 4, "ep"), (6, 5, "ep")),
        *((6, 6, "album"), (7, 1, "album"), (2, 20, "album")),
    ],
)
def test_the_kind_follows_count_and_length(count: int, minutes: int, kind: str) -> None:
    assert kind_of([minutes * 60_000] * count) == kind


def test_the_artist_is_whom_most_files_name() -> None:
    files = [file("a", artist="Ada"), file("b", artist="Ada"), file("c", artist="Ada & Bo")]
    assert words_of(files, fallback="").artist_credit == "Ada"
    strangers = [file("a", artist="Ada"), file("b", artist="Bo"), file("c", artist="Cy")]
    assert words_of(strangers, fallback="").artist_credit == ""
    various = [file(str(n), album_artist="Various Artists") for n in range(9)]
    assert words_of(various, fallback="").kind == "compilation"


def test_paths_sort_as_people_count() -> None:
    assert sorted(["10", "9", "1a", "a2", "a10"], key=natural) == ["1a", "9", "10", "a2", "a10"]
    assert folder_disc("X/CD02/a.flac") == 2
    assert folder_disc("CDs of mine/a.flac") is None
