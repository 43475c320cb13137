"""The few template words of the house, built into every template."""

import functools
import json
import re
from typing import Any, cast
from uuid import UUID

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.base import Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from config.lib import slots
from config.lib.durations import iso_duration

register = template.Library()
register.filter(iso_duration)

ICONS = "icons.svg"
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}  # as Django's own json_script does
SYMBOL = re.compile(r'<symbol id="([a-z-]+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
USED = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'
DRAWN = '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">{}</svg>'
UNKNOWN = (None, "")  # the second is what a template makes of a name that leads nowhere
MINUTE_SECONDS, HOUR_SECONDS = 60, 3600
SIZE_STEP, SIZE_UNITS = 1000, ("bytes", "kB", "MB", "GB", "TB")


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Render what upper rooms have put into the place `name`."""
    return slots.render(name, {str(key): value for key, value in context.flatten().items()})


@register.simple_tag
def once(template_name: str) -> SafeString:
    """Include a template that says the same on every page: it is drawn once per process.

    It knows the site's name and the address of its source, and nothing of the page.
    """
    draw = _draw_alone if settings.DEBUG else _drawn_alone
    return draw(template_name, settings.SITE_NAME, settings.SOURCE_URL)


def _draw_alone(template_name: str, site_name: str, source_url: str) -> SafeString:
    return render_to_string(template_name, {"site_name": site_name, "source_url": source_url})


_drawn_alone = functools.cache(_draw_alone)


class KeptUrlNode(URLNode):
    """Django's own `{% url %}`, which asks the URLconf once for each address."""

    def render(self, context: Context) -> str:
        """Return the address, or put it where `as` says."""
        if self.kwargs or self.asvar:
            return str(super().render(context))
        name = self.view_name.resolve(context)
        words = tuple(word.resolve(context) for word in self.args)
        # The administration's names depend on where one is.
        if ":" in name or not all(isinstance(word, str | int | UUID) for word in words):
            return str(super().render(context))
        return _address(name, words, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@functools.lru_cache(4096)
def _address(name: str, words: tuple[Any, ...], _prefix: str, urlconf: str) -> str:
    return str(conditional_escape(reverse(name, urlconf, args=words)))


@register.tag(name="url")
def kept_url(parser: Parser, token: Token) -> Node:
    """Parse `{% url %}` as Django does."""
    node = url(parser, token)
    node.__class__ = KeptUrlNode
    return node


@register.simple_tag
def prefix() -> str:
    """Return what every path of the site begins with, for the few that have no name."""
    return str(settings.NEXUS_PREFIX)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Show an icon of the set; `label` is what a screen reader says, none for decoration.

    The set is one file, which a browser keeps: a page only names what it shows of it.
    """
    _symbol(name)
    drawing = format_html(USED, static(ICONS), name)
    if not label:
        return drawing
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, label)


@register.simple_tag
def drawn_icon(name: str) -> SafeString:
    """Draw an icon in place: for frames on other pages, which have a few and load little."""
    return mark_safe(DRAWN.format(_symbol(name)))  # noqa: S308 - our own file


_compile_icon = register.tags["icon"]


@register.tag("icon")
def drawn_once(parser: Parser, token: Token) -> Node:
    """Draw an icon with fixed words while the template is read: lists show hundreds."""
    node: Any = _compile_icon(parser, token)
    words = [*node.args, *node.kwargs.values()]
    if node.target_var or any(word.is_var or word.filters for word in words):
        return cast(Node, node)
    return TextNode(node.render(Context()))


@register.filter(is_safe=True)
def json_script(value: Any, element_id: str) -> SafeString:
    """Write data as Django's own filter does, without its blanks: a waveform is full of numbers."""
    text = json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))
    safe = mark_safe(text.translate(ESCAPES))  # noqa: S308 - what could end the script is escaped
    return format_html('<script id="{}" type="application/json">{}</script>', element_id, safe)


@register.filter
def duration(milliseconds: int | str | None) -> str:
    """Write a length as people do: 3:42, 1:02:03; a dash while it is unknown."""
    if milliseconds in UNKNOWN:
        return "–"
    seconds = round(int(milliseconds or 0) / 1000)
    hours, rest = divmod(seconds, HOUR_SECONDS)
    minutes, seconds = divmod(rest, MINUTE_SECONDS)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def moment(milliseconds: int) -> str:
    """Write a moment of a piece, cut to the second it is in: 1:02, 1:02:03."""
    return duration(int(milliseconds) // 1000 * 1000)


@register.filter
def seconds(milliseconds: int) -> str:
    """Write a moment as addresses do, in seconds: 62.345."""
    return f"{int(milliseconds) / 1000:g}"


@register.filter
def decibels(value: float | str | None, unit: str = "LUFS") -> str:
    """Write a level with one decimal and a real minus sign: −14.2 LUFS; a dash when unknown."""
    if value in UNKNOWN:
        return "–"
    return f"{float(value or 0):.1f}\N{NO-BREAK SPACE}{unit}".replace("-", "\N{MINUS SIGN}")


@register.filter
def change(value: float | str | None) -> str:
    """Write a difference of loudness with its sign: +1.5 LU, −0.3 LU; a dash when unknown."""
    if value in UNKNOWN:
        return "–"
    return ("+" if float(value or 0) > 0 else "") + decibels(value, "LU")


@register.filter
def kilohertz(hertz: int | str | None) -> str:
    """Write a sample rate as musicians do: 44.1 kHz, 96 kHz."""
    return f"{int(hertz or 0) / 1000:g}\N{NO-BREAK SPACE}kHz"


@register.filter
def size(count: int) -> str:
    """Write a number of bytes as the uploader does, in powers of 1000: 67 bytes, 2.5 MB."""
    value, unit = float(count), 0
    while value >= SIZE_STEP and unit < len(SIZE_UNITS) - 1:
        value, unit = value / SIZE_STEP, unit + 1
    figure = f"{value:.0f}" if unit == 0 or value >= SIZE_STEP / 10 else f"{value:.1f}"
    return f"{figure}\N{NO-BREAK SPACE}{SIZE_UNITS[unit]}"


def _symbol(name: str) -> str:
    """Return the inside of an icon. Raises TemplateSyntaxError for one that is not in the set."""
    if name not in _symbols():
        raise template.TemplateSyntaxError(f"{name!r} is not the name of an icon.")
    return _symbols()[name]


@functools.cache
def _symbols() -> dict[str, str]:
    return dict(SYMBOL.findall((settings.BASE_DIR / "static" / ICONS).read_text()))
