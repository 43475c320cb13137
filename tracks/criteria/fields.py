"""What this app lets rules ask of a track."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from tracks.criteria import music_keys
from tracks.criteria.registry import CHOICE, DAY, NUMBER, TEXT, Field, register
from tracks.models import search
from tracks.models.described import AiMade, Licence
from tracks.models.slugs import flat

LENGTH = "primary_version__media__asset__facts__duration_ms"
LONGEST_S = 24 * 3600
FIRST_YEAR, LAST_YEAR = 1900, 2100
SAME_TEMPO = Decimal("0.5")  # beats a minute: how far one that “is” the same may be off
DAYS_MOST = 36_500
YES_NO = (("yes", "there are some"), ("no", "there are none"))


def _number(text: str, least: int, most: int, sentence: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError(sentence) from None
    if not (found.is_finite() and least <= found <= most):
        raise ValueError(sentence)
    return found


def _tempo(text: str) -> str:
    sentence = "Write a tempo in beats a minute, 20 to 400."
    return format(_number(text, 20, 400, sentence).quantize(Decimal("0.01")).normalize(), "f")


def _of_tempo(operator: str, value: str) -> Q:
    wanted = Decimal(value)
    if operator == "is":
        return Q(bpm__range=(wanted - SAME_TEMPO, wanted + SAME_TEMPO))
    return Q(bpm__gte=wanted) if operator == "least" else Q(bpm__lte=wanted)


def _of_key(operator: str, value: str) -> Q:
    keys = music_keys.fitting(value) if operator == "fits" else music_keys.spellings(value)
    return Q(music_key__in=keys)


def _year(text: str) -> str:
    sentence = f"Write a year, {FIRST_YEAR} to {LAST_YEAR}."
    found = _number(text, FIRST_YEAR, LAST_YEAR, sentence)
    if found != int(found):
        raise ValueError(sentence)
    return str(int(found))


def _of_year(operator: str, value: str) -> Q:
    begins = datetime(int(value), 1, 1, tzinfo=UTC)
    ends = datetime(int(value) + 1, 1, 1, tzinfo=UTC)
    if operator == "is":
        return since(begins) & ~since(ends)
    return since(begins) if operator == "least" else ~since(ends)


def since(moment: Any) -> Q:
    """Return the Q of what came out from then on, or, where it has not, was brought here."""
    return Q(published_at__gte=moment) | Q(published_at=None, created_at__gte=moment)


def _length(text: str) -> str:
    parts = text.strip().split(":")
    sentence = "Write a length such as 3:30, up to 24 hours."
    if not (1 <= len(parts) <= 3 and all(p.isascii() and p.isdigit() for p in parts)):
        raise ValueError(sentence)
    if any(len(part) > 5 for part in parts):
        raise ValueError(sentence)
    seconds = sum(int(part) * 60**power for power, part in enumerate(reversed(parts)))
    if not 0 < seconds <= LONGEST_S:
        raise ValueError(sentence)
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _of_length(operator: str, value: str) -> Q:
    parts = value.split(":")
    length = 1000 * sum(int(part) * 60**power for power, part in enumerate(reversed(parts)))
    return Q(**{f"{LENGTH}__{'gte' if operator == 'least' else 'lte'}": length})


def _handle(text: str) -> str:
    found = text.strip().lower().removeprefix("@")
    if not found or len(found) > 30:
        raise ValueError("Write a person's name as their address has it, such as @ada.")
    return found


def _of_owner(_operator: str, value: str) -> Q:
    return Q(owner__handle=value)


def _yes_or_no(text: str) -> str:
    if text not in {"yes", "no"}:
        raise ValueError("Choose yes or no.")
    return text


def _of_stems(_operator: str, value: str) -> Q:
    stems = apps.get_model("tracks.Stem").objects
    parts = Exists(stems.filter(version=OuterRef("primary_version")))
    return Q(parts) if value == "yes" else ~Q(parts)


def _added(text: str) -> str:
    """Read a day, or a number of days before today."""
    found = text.strip()
    if found.isascii() and found.isdigit() and 0 < len(found) <= 5:
        if 0 < int(found) <= DAYS_MOST:
            return str(int(found))
    else:
        try:
            day = parse_date(found)
        except ValueError:
            day = None
        if day and FIRST_YEAR <= day.year <= LAST_YEAR:
            return day.isoformat()
    raise ValueError("Write a day such as 2026-03-01, or how many days ago, such as 30.")


def _of_added(operator: str, value: str) -> Q:
    if value.isdigit():
        moment = Now() - timedelta(days=int(value))
        return since(moment) if operator == "least" else ~since(moment)
    day = datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
    return since(day) if operator == "least" else ~since(day + timedelta(days=1))


def _words(text: str) -> str:
    found = " ".join(text.split())[:200]
    if not search.words_of(found):
        raise ValueError("Write a word to look for.")
    return found


def _of_words(_operator: str, value: str) -> Q:
    return search.matching(value)


def _one_of(choices: Any) -> Any:
    def read(text: str) -> str:
        if text not in choices.values:
            raise ValueError("Choose one of those offered.")
        return text

    return read


def _tag(text: str) -> str:
    found = slugify(flat(text.strip().removeprefix("#")))[:90]
    if not found:
        raise ValueError("Write a tag, such as ambient.")
    return found


def _of_tag(_operator: str, value: str) -> Q:
    given: Any = apps.all_models["tracks"]["tracktag"]._default_manager.filter(state="accepted")
    named = Q(tag__slug=value) | Q(tag__merged__slug=value)
    return Q(pk__in=given.filter(named).values("track"))


ORDERED = ("is", "least", "most")


def register_all() -> None:
    """Say what can be asked. Tags can where there are any to ask for."""
    if "tracktag" in apps.all_models["tracks"]:
        register(Field("tag", "Tag", ("is", "not"), _tag, _of_tag, hint="ambient"))
    register(
        Field("bpm", "Tempo", ORDERED, _tempo, _of_tempo, NUMBER, hint="120"),
        Field("key", "Key", ("is", "not", "fits"), music_keys.read, _of_key, hint="F#m or 11A"),
        Field("year", "Year", ORDERED, _year, _of_year, NUMBER, hint="2026"),
        Field("duration", "Length", ("least", "most"), _length, _of_length, hint="3:30"),
        Field("owner", "Artist", ("is", "not"), _handle, _of_owner, hint="@ada"),
        Field("stems", "Stems", ("is",), _yes_or_no, _of_stems, CHOICE, choices=YES_NO),
        Field("added", "Added", ("least", "most"), _added, _of_added, DAY, hint="30 (days ago)"),
        Field("words", "Words", ("is", "not"), _words, _of_words, TEXT, hint="in its title"),
        Field(
            *("licence", "Licence", ("is", "not"), _one_of(Licence)),
            *(lambda _operator, value: Q(licence=value), CHOICE),
            choices=Licence.choices,
        ),
        Field(
            *("ai_made", "AI", ("is", "not"), _one_of(AiMade)),
            *(lambda _operator, value: Q(ai_made=value), CHOICE),
            choices=AiMade.choices,
        ),
    )
