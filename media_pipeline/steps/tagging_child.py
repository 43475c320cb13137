"""Write words and a cover into a copy of a sound file, in a process that may die of it.

A program of its own, run by path under limits (``tagging.py``). Descriptor 3: the file. 4: one line
of JSON with the words, then the cover, a JPEG. 5: the copy; it stays empty where the format takes
no words. The sound is not touched: mutagen moves it as it is.

Fields: ID3v2.4 (section 4), Vorbis comments as MusicBrainz Picard maps them, iTunes' atoms.
"""

import base64
import io
import json
import os
import shutil
from typing import Any

from mutagen._riff import RiffFile
from mutagen.aiff import AIFF, AIFFFile
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3, Frames
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

Free: Any = MP4FreeForm
SOURCE_FD, WORDS_FD, COPY_FD = 3, 4, 5
HEAD_BYTES = 512
BLOCK = 1 << 20
FRONT, JPEG = 3, "image/jpeg"
MAX_RIFF = (1 << 32) - (64 << 20)  # a RIFF or FORM that is nearly full takes no further chunk
# What each field is called: in ID3, in Vorbis comments, in MP4 (with four letters: an atom).
NAMES = {
    "title": ("TIT2", "TITLE", "\xa9nam"),
    "artist": ("TPE1", "ARTIST", "\xa9ART"),
    "album": ("TALB", "ALBUM", "\xa9alb"),
    "album_artist": ("TPE2", "ALBUMARTIST", "aART"),
    "date": ("TDRC", "DATE", "\xa9day"),
    "genre": ("TCON", "GENRE", "\xa9gen"),
    "copyright": ("TCOP", "COPYRIGHT", "cprt"),
    "label": ("TPUB", "LABEL", "LABEL"),
    "isrc": ("TSRC", "ISRC", "ISRC"),
    "key": ("TKEY", "KEY", "initialkey"),
    "language": ("TLAN", "LANGUAGE", "LANGUAGE"),
    "composer": ("TCOM", "COMPOSER", "\xa9wrt"),
    "lyricist": ("TEXT", "LYRICIST", "LYRICIST"),
    "producer": ("TXXX:PRODUCER", "PRODUCER", "PRODUCER"),
    "mixer": ("TXXX:MIXER", "MIXER", "MIXER"),
    "engineer": ("TXXX:ENGINEER", "ENGINEER", "ENGINEER"),
    "performer": ("TXXX:PERFORMER", "PERFORMER", "PERFORMER"),
    "barcode": ("TXXX:BARCODE", "BARCODE", "BARCODE"),
    "catalogue_number": ("TXXX:CATALOGNUMBER", "CATALOGNUMBER", "CATALOGNUMBER"),
    "iswc": ("TXXX:ISWC", "ISWC", "ISWC"),
    "licence": ("TXXX:LICENSE", "LICENSE", "LICENSE"),
    "lyrics": ("USLT", "LYRICS", "\xa9lyr"),
    "comment": ("COMM", "COMMENT", "\xa9cmt"),
}
COUNTED = {  # of how many: ID3 and MP4 say both in one
    "track": ("TRCK", "TRACKNUMBER", "TRACKTOTAL", "trkn"),
    "disc": ("TPOS", "DISCNUMBER", "DISCTOTAL", "disk"),
}
INFO = {
    "INAM": "title",
    "IART": "artist",
    "IPRD": "album",
    "ICRD": "date",
    "IGNR": "genre",
    "IPRT": "track",
    "ICOP": "copyright",
    "ICMT": "comment",
}
AIFF_WORDS = {"NAME", "AUTH", "(c) ", "ANNO"}
ALIKE = ("ALBUM ARTIST", "TOTALTRACKS", "TOTALDISCS", "ORGANIZATION", "PUBLISHER", "DESCRIPTION")
Words = dict[str, list[str]]


def main() -> None:
    with os.fdopen(WORDS_FD, "rb") as file:
        words: Words = json.loads(file.readline())
        cover = file.read()
    with os.fdopen(SOURCE_FD, "rb") as source:
        size = os.fstat(source.fileno()).st_size
        kind = _kind(source.read(HEAD_BYTES))
        if kind is None or (kind in (WAVE, AIFF) and size > MAX_RIFF):
            return
        source.seek(0)
        with os.fdopen(COPY_FD, "r+b") as copy:
            shutil.copyfileobj(source, copy, BLOCK)
            copy.seek(0)
            tagged = kind(copy)
            _write(tagged, words, cover)
            copy.seek(0)
            tagged.save(copy)
            if kind in (WAVE, AIFF):
                _say_anew(copy, kind, words)


def _kind(head: bytes) -> Any:
    """How mutagen calls what begins so; None for what takes no words."""
    first = head[:4]
    if first == b"RIFF" and head[8:12] == b"WAVE":
        return WAVE
    if first == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return AIFF
    if first == b"OggS":
        marks = ((b"OpusHead", OggOpus), (b"\x01vorbis", OggVorbis), (b"\x7fFLAC", OggFLAC))
        return next((kind for mark, kind in marks if mark in head), None)
    if first == b"fLaC":
        return FLAC
    if head[4:8] == b"ftyp":
        return MP4
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return MP3
    return None


def _write(tagged: Any, words: Words, cover: bytes) -> None:
    if tagged.tags is None:
        tagged.add_tags()
    if isinstance(tagged.tags, ID3):
        _id3(tagged.tags, words, cover)
    elif isinstance(tagged, MP4):
        _mp4(tagged.tags, words, cover)
    else:
        _vorbis(tagged, words, cover)


def _id3(tags: Any, words: Words, cover: bytes) -> None:
    for field, (name, *_) in NAMES.items():
        tags.delall(name)
        texts = words.get(field)
        if not texts:
            continue
        frame = Frames[name[:4]]
        if name.startswith("TXXX:"):
            tags.add(frame(encoding=3, desc=name[5:], text=texts))
        elif name in ("COMM", "USLT"):
            tags.add(frame(encoding=3, lang="XXX", desc="", text="\n".join(texts)))
        else:
            tags.add(frame(encoding=3, text=texts))
    for field, (name, *_) in COUNTED.items():
        tags.delall(name)
        if number := words.get(field):
            total = words.get(f"{field}s")
            tags.add(Frames[name](encoding=3, text=["/".join([number[0], *(total or [])])]))
    for name, field in (("TBPM", "bpm"), ("WCOP", "licence_url"), ("WOAF", "url")):
        tags.delall(name)
        if texts := words.get(field):
            given = {"url": texts[0]} if name[0] == "W" else {"encoding": 3, "text": texts}
            tags.add(Frames[name](**given))
    if cover:
        tags.delall("APIC")
        picture = {"mime": JPEG, "type": FRONT, "desc": "Cover", "data": cover}
        tags.add(Frames["APIC"](encoding=3, **picture))


def _say_anew(copy: Any, kind: Any, words: Words) -> None:
    """Blank the words of older kinds, in their place: nothing behind them moves.

    In a WAV say the new ones in that way too, at its end (Multimedia Programming Interface and Data
    Specifications 1.0, chapter 2, INFO list).
    """
    reader, filler = (RiffFile, b"JUNK") if kind is WAVE else (AIFFFile, b"FLLR")
    copy.seek(0)
    for chunk in reader(copy).root.subchunks():
        old = chunk.id in AIFF_WORDS or (chunk.id == "LIST" and chunk.name == "INFO")
        if old and chunk.data_size <= BLOCK:
            copy.seek(chunk.offset)
            copy.write(filler)
            copy.seek(chunk.data_offset)
            copy.write(bytes(chunk.data_size))
    if kind is WAVE:
        body = b"INFO"
        for name, field in INFO.items():
            text = "; ".join(words.get(field, [])).encode() + b"\0"
            if len(text) > 1:
                part = name.encode() + len(text).to_bytes(4, "little") + text
                body += part + b"\0" * (len(text) % 2)
        copy.seek(0)
        RiffFile(copy).insert_chunk("LIST", body)


def _vorbis(tagged: Any, words: Words, cover: bytes) -> None:
    tags: Any = tagged.tags
    given = {name: words.get(field) for field, (_, name, _) in NAMES.items()}
    for field, (_, number, total, _) in COUNTED.items():
        given |= {number: words.get(field), total: words.get(f"{field}s")}
    given |= {"BPM": words.get("bpm"), "CONTACT": words.get("url")}
    given["LICENSE"] = [*words.get("licence", []), *words.get("licence_url", [])]
    given |= dict.fromkeys(ALIKE)
    for name, texts in given.items():
        if name in tags:
            del tags[name]
        if texts:
            tags[name] = texts
    if not cover:
        return
    picture: Any = Picture()
    picture.type, picture.mime, picture.desc, picture.data = FRONT, JPEG, "Cover", cover
    picture.width, picture.height, picture.depth = _size_of(cover)
    if type(tagged) is FLAC:
        tagged.clear_pictures()
        tagged.add_picture(picture)
    else:
        tags["METADATA_BLOCK_PICTURE"] = [base64.b64encode(picture.write()).decode()]


def _size_of(cover: bytes) -> tuple[int, int, int]:
    """Width, height and bits of a JPEG, from its frame header (ITU-T T.81, B.2.2)."""
    file = io.BytesIO(cover)
    file.seek(2)
    while len(head := file.read(4)) == 4 and head[0] == 0xFF:
        length = int.from_bytes(head[2:], "big")
        if 0xC0 <= head[1] <= 0xCF and head[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(6)
            height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
            return width, height, frame[0] * frame[5]
        file.seek(length - 2, io.SEEK_CUR)
    return 0, 0, 0


def _mp4(tags: Any, words: Words, cover: bytes) -> None:
    for field, (*_, name) in NAMES.items():
        key = name if len(name) == 4 and name != "ISRC" and name != "ISWC" else _free(name)
        tags.pop(key, None)
        if texts := words.get(field):
            tags[key] = [Free(t.encode()) for t in texts] if ":" in key else texts
    for field, (*_, name) in COUNTED.items():
        tags.pop(name, None)
        if number := words.get(field):
            tags[name] = [(int(number[0]), int(words.get(f"{field}s", ["0"])[0]))]
    tags.pop("tmpo", None)
    if bpm := words.get("bpm"):
        tags["tmpo"] = [round(float(bpm[0]))]
    for name, field in (("LICENSEURL", "licence_url"), ("URL", "url")):
        tags.pop(_free(name), None)
        if texts := words.get(field):
            tags[_free(name)] = [Free(texts[0].encode())]
    if cover:
        tags["covr"] = [MP4Cover(cover, imageformat=MP4Cover.FORMAT_JPEG)]


def _free(name: str) -> str:
    return f"----:com.apple.iTunes:{name}"


if __name__ == "__main__":
    main()
