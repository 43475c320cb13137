"""Playlists as files: what players write is read, and what is none says so in a sentence."""

from typing import Any

import pytest

from tracks.playlists.formats import m3u8, xspf
from tracks.playlists.formats.lines import LINES_MOST, Line, Listed, Unreadable

LISTED = Listed(
    "Late & “loud” <3",
    "http://site.example/playlists/late/",
    [
        Line("http://site.example/tracks/a/", "A & B", "Ada, “the” <x>", 222_000, "GBAYE6800001"),
        Line("http://site.example/tracks/b/", "שלום", "مغنية", None, ""),
    ],
)
SPACE = 'xmlns="http://xspf.org/ns/0/"'


@pytest.mark.parametrize("form", [m3u8, xspf], ids=["m3u8", "xspf"])
def test_what_is_written_is_read_back(form: Any) -> None:
    assert form.read(form.write(LISTED).encode()) == LISTED.lines


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("#EXTINF:12,Ada - Song\na.mp3", ("Ada", "Song", 12_000)),
        ("#EXTINF:12.5,Song\na.mp3", ("", "Song", 12_500)),
        ("#EXTINF:-1,Song\na.mp3", ("", "Song", None)),
        ("#EXTINF:,Song\na.mp3", ("", "Song", None)),
        ("#EXTINF:12\nAda - Song.mp3", ("Ada", "Song", 12_000)),
        ('#EXTINF:7 tvg-name="x, y" group="z",Ada - Song\na', ("Ada", "Song", 7_000)),
        ("#extinf:9,Song\na", ("", "Song", 9_000)),
        ("#EXTINF:99999999999999999999,Song\na", ("", "Song", None)),
        ("#EXTINF:1e9,Song\na", ("", "Song", 1_000)),
        ("#EXTINF:5,One\n#EXTINF:6,Two\na", ("", "Two", 6_000)),
        ("file:///home/ada/Music/03%20-%20Ada%20-%20Song.flac", ("Ada", "Song", None)),
        (r"C:\Music\Ada - Song.mp3", ("Ada", "Song", None)),
        ("../../../etc/passwd", ("", "passwd", None)),
        ("https://elsewhere.example/x/song.mp3?y=1", ("", "song.mp3?y=1", None)),
        ("/", ("", "", None)),
    ],
)
def test_each_way_of_saying_a_piece(said: str, wanted: tuple[str, str, int | None]) -> None:
    (line,) = m3u8.read(f"#EXTM3U\n{said}\n".encode())
    assert (line.artist, line.title, line.duration_ms) == wanted


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff#EXTM3U\r\n#EXTINF:1,Café\r\nx\r\n".encode(),
        "#EXTM3U\r#EXTINF:1,Café\rx".encode(),
        "#EXTINF:1,Café\nx".encode("latin-1"),
        "#EXTINF:1,Café\nx".encode("utf-16"),
        "\n\n# a comment\n#EXTINF:1,Cafe\u0301\n   x   \n".encode(),
    ],
)
def test_marks_breaks_and_encodings(data: bytes) -> None:
    (line,) = m3u8.read(data)
    assert (line.title, line.location) == ("Café", "x")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no piece"),
        (b"#EXTM3U\n# nothing\n", "no piece"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:4\nsegment.ts\n", "one stream"),
        (b"a\n" * (LINES_MOST + 1), f"more than {LINES_MOST}"),
        (b"\0\1\2" * 100, "not text"),
    ],
)
def test_what_is_no_m3u8_is_said(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        m3u8.read(data)


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><playlist xmlns="http://xspf.org/ns/0/">&c;</playlist>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<playlist xmlns="http://xspf.org/ns/0/"><title>&a;</title></playlist>"""
FETCHED = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><playlist/>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        *((BOMB, "declares"), (OUTSIDE, "declares"), (FETCHED, "declares")),
        ("<html/>", "no XSPF"),
        ('<playlist xmlns="http://elsewhere.example/"/>', "namespace"),
        ("<playlist><trackList>", "breaks off in line 1"),
        ('<?xml version="1.0" encoding="klingon"?><playlist/>', "encoding"),
        (f"<playlist {SPACE}><trackList/></playlist>", "no piece"),
        ("<a>" * 200_000, "breaks off"),
        (f"<playlist {SPACE}><trackList>{'<track/>' * 1001}</trackList></playlist>", "more than"),
        ("<playlist>&undeclared;</playlist>", "breaks off"),
    ],
)
def test_what_is_no_xspf_is_said(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        xspf.read(text.encode())


def test_xspf_of_other_programs() -> None:
    text = f"""<playlist version="0" {SPACE} xmlns:vlc="http://vlc.example/ns/">
      <title>Mine</title><trackList>
      <track><vlc:title>Not this</vlc:title></track>
      <track><location>file:///a/Ada%20-%20Song.ogg</location><duration>-3</duration></track>
      <track><!-- words --><title> Song\n two </title><creator>Ada</creator>
        <identifier>x</identifier><identifier>isrc:GB-AYE-68-00001</identifier>
        <duration>222000</duration><extension application="x"><title>no</title></extension></track>
      </trackList></playlist>"""
    first, second, third = xspf.read(text.encode("utf-16"))
    assert first.title == "Not this"
    assert (second.artist, second.title, second.duration_ms) == ("Ada", "Song", None)
    assert third == Line("", "Song two", "Ada", 222_000, "GBAYE6800001")


def test_what_xml_cannot_hold_is_left_out() -> None:
    listed = Listed("a\x0bb", "", [Line("http://x/", "c\x00\ufffed", "e", None, "")])
    (line,) = xspf.read(xspf.write(listed).encode())
    assert line.title == "cd"
