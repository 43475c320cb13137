"""Pages of others are read for their links and words, in time that grows with their length."""

import time

import pytest

from config.lib.markup import Link, read

LENGTH = 512 * 1024
PARTS = [
    *("<a ", "<", "<div>", "&", '<a rel="', "<a href='x'>", "<!--", "<!", "<title>", "</"),
    *("<title></title>", "<a b=", "<a href=" + "x" * 4000 + ">", '<a "', "'", "<script", "<a/"),
    *("<template>", "<a " + "b" * 4000 + ">", "\x00", "<a " + " " * 3000 + ">", "<a b" + "=" * 900),
]


@pytest.mark.parametrize("part", PARTS)
def test_a_page_of_nothing_but_one_thing_is_read_at_once(part: str) -> None:
    begun = time.process_time()
    read((part * (LENGTH // len(part))).encode())
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (b'<a href="/a" rel="ME nofollow">', [("/a", {"me", "nofollow"})]),
        (b"<LINK REL=me HREF=/a>", [("/a", {"me"})]),
        (b"<a\nhref = '/a'\n>x</a>", [("/a", set())]),
        (b'<a href="/a?b&amp;c=&#x64;">', [("/a?b&c=d", set())]),
        (b'<a href="/a" href="/b">', [("/a", set())]),
        (b'<p title="<a href=/a rel=me>">', []),
        (b"<p title='<a href=/a rel=me>'>", []),
        (b"<!-- <a href=/a> --><a href=/b>", [("/b", set())]),
        (b"<!-- <a href=/a>", []),
        (b"<script><a href=/a></script><a href=/b>", [("/b", set())]),
        (b"<TextArea><a href=/a></TEXTAREA>", []),
        (b"<title><a href=/a>", []),
        (b"< a href=/a><a1 href=/b><abbr href=/c>", []),
        (b"</a href=/a>", []),
        (b"<a rel=me>", []),
        (b'<a href="/a', []),
        (b"1 < 2 <a href=/a>", [("/a", set())]),
        (b"<!doctype html><?xml a?><a href=/a>", [("/a", set())]),
        (b"", []),
    ],
)
def test_a_link_is_told_from_what_only_looks_like_one(
    page: bytes, links: list[tuple[str, set[str]]]
) -> None:
    assert read(page).links == [Link(href, frozenset(rel)) for href, rel in links]


def test_what_can_be_read_is_its_text() -> None:
    page = read("<p>Ädam <b>says</b> 1 < 2<!-- no --><script>no</script> so</p>".encode())
    assert page.text == "Ädam says 1 < 2 so"
