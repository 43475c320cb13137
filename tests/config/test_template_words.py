"""The template words of the house."""

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import format_html

from config.lib import slots


def render(source: str, **context: Any) -> str:
    """Render a template in which our words are built in."""
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(0, "0:00"), (999, "0:01"), (222_000, "3:42"), (3_723_000, "1:02:03"), (None, "–"), ("", "–")],
)
def test_lengths(milliseconds: int | str | None, written: str) -> None:
    assert render("{{ it|duration }}", it=milliseconds) == written


def test_levels_carry_a_real_minus_and_their_unit() -> None:
    assert render("{{ it|decibels }}", it=-14.23) == "−14.2\N{NO-BREAK SPACE}LUFS"
    assert render('{{ it|decibels:"dBTP" }}', it=0.0) == "0.0\N{NO-BREAK SPACE}dBTP"
    assert render("{{ it.nothing|decibels }}") == "–"


def test_rates() -> None:
    assert render("{{ it|kilohertz }}", it=44_100) == "44.1\N{NO-BREAK SPACE}kHz"
    assert render("{{ it|kilohertz }}", it=96_000) == "96\N{NO-BREAK SPACE}kHz"


@pytest.mark.parametrize(
    ("count", "written"),
    [(67, "67 bytes"), (2_497_110, "2.5 MB"), (635_040_182, "635 MB"), (21_474_836_480, "21.5 GB")],
)
def test_sizes(count: int, written: str) -> None:
    assert render("{{ it|size }}", it=count).replace("\N{NO-BREAK SPACE}", " ") == written


def test_an_icon_is_drawn_with_its_name() -> None:
    html = render('{% icon "play" label %}', label="Play <it>")
    assert html.startswith("<svg")
    assert "Play &lt;it&gt;" in html
    assert "visually-hidden" not in render('{% icon "play" %}')


@pytest.mark.parametrize("name", ["../../base", "Play", "a b"])
def test_an_icon_has_a_plain_name(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% icon name %}", name=name)


def test_a_slot_shows_what_upper_rooms_put_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(slots.SLOTS, "test.place", "a test")
    slots.register("test.place", lambda context: format_html("<i>{}</i>", context["word"]))
    try:
        assert render('{% slot "test.place" %}', word="<x>") == "<i>&lt;x&gt;</i>"
        assert render('{% slot "test.empty" %}') == ""
    finally:
        del slots._fillers["test.place"]
