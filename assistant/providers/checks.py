"""Whether machines are set up, and how those elsewhere are: before the start, and the doctor."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from assistant.models import ModelRun
from assistant.models.run import MODEL_CHARS
from assistant.providers import openai
from assistant.providers.openai import wire
from assistant.providers.registry import MACHINES, Machine, Unavailable, Useless
from assistant.providers.selectors import budget, left_today
from config.lib import breaker, health
from config.lib.health import Degraded, Note, Trouble
from config.lib.networks import FORBIDDEN

TAG = "machines"
CHOICES = {
    "NEXUS_SPEECH": ("local", openai.NAME, "none"),
    "NEXUS_EMBEDDINGS": ("lexical", "local", openai.NAME),
    "NEXUS_WRITER": ("extractive", openai.NAME),
}
MODELS = ("NEXUS_SPEECH_MODEL", "NEXUS_EMBEDDINGS_MODEL", "NEXUS_WRITER_MODEL")
TASKS = (ModelRun.Task.TRANSCRIPT, ModelRun.Task.EMBEDDING)  # of either budget one
BUDGETS = ("NEXUS_PROVIDER_CHARACTERS", "NEXUS_PROVIDER_SECONDS")
DIMENSIONS_MOST = 2000  # of an index of pgvector over vectors
SECONDS, BYTES_MOST = 5.0, 4 << 20
INSIDE = (".local", ".internal", ".lan", ".home.arpa", ".localhost")


@register(TAG)
def check(**_words: Any) -> list[CheckMessage]:
    """Refuse machines that are none, addresses that lead nowhere, and keys in the clear."""
    return [*_of_choices(), *_of_numbers(), *_of_address()]


def _of_choices() -> Iterator[CheckMessage]:
    for name, known in CHOICES.items():
        if (said := getattr(settings, name)) not in known:
            words = f"{', '.join(known[:-1])} or {known[-1]}"
            yield _error(
                30, f"{name} is {said!r}, and there is no such machine.", f"Set it to {words}."
            )
    for name in MODELS:
        if len(getattr(settings, name)) > MODEL_CHARS and not _is_local(name):
            yield _error(31, f"{name} is too long for the name of a model.", "Name it as it is.")


def _of_numbers() -> Iterator[CheckMessage]:
    for name in BUDGETS:
        if getattr(settings, name) < 0:
            yield _error(32, f"{name} is below zero.", "Set it to 0 for no bound, or to a number.")
    dimensions = settings.NEXUS_EMBEDDINGS_DIMENSIONS
    asked = settings.NEXUS_EMBEDDINGS == openai.NAME
    if not 0 <= dimensions <= DIMENSIONS_MOST:
        sentence = f"NEXUS_EMBEDDINGS_DIMENSIONS is {dimensions}, which no index takes."
        yield _error(33, sentence, f"Set it to at most {DIMENSIONS_MOST}.")
    elif asked and settings.NEXUS_EMBEDDINGS_MODEL and not dimensions:
        sentence = "NEXUS_EMBEDDINGS_MODEL names a model whose vectors have a length of their own."
        yield _error(33, sentence, "Set NEXUS_EMBEDDINGS_DIMENSIONS as well.")


def _of_address() -> Iterator[CheckMessage]:
    url, key = settings.NEXUS_OPENAI_URL, settings.NEXUS_OPENAI_KEY
    # Neither is repeated: whoever mixes them up would find their key in a log.
    if not key.isascii() or not key.isprintable() or " " in key:
        yield _error(34, "NEXUS_OPENAI_KEY holds signs that no key has.", "Copy it once more.")
    hint = "Set it to an address like https://api.openai.com/v1, without a name or key in it."
    try:
        parts = urlsplit(url)
        is_one = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_one = urlsplit(""), False
    spoilt = parts.query or parts.fragment or "@" in parts.netloc
    if not is_one or spoilt or parts.scheme not in {"http", "https"} or not url.isascii():
        yield _error(35, "NEXUS_OPENAI_URL is no address of a server.", hint)
    elif parts.scheme == "http" and not _is_inside(parts.hostname or ""):
        sentence = "NEXUS_OPENAI_URL begins with http://: all on the way could listen."
        yield _error(36, sentence, "Use https://; http:// is for a server in your own network.")


def _error(number: int, sentence: str, hint: str) -> CheckMessage:
    return Error(sentence, hint=hint, id=f"nexus.E{number:03}")


def _is_local(name: str) -> bool:
    """Tell whether a model is one of this server, which may be a folder with a long name."""
    return str(getattr(settings, name.removesuffix("_MODEL"))) == "local"


def _is_inside(host: str) -> bool:
    """Tell whether a name or an address is of one's own network."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(INSIDE)
    return any(address in network for network in FORBIDDEN)


def providers() -> str:
    """Say whether whom we ask answers, and how much of the day's budget is left; for the doctor."""
    for error in check():
        raise Trouble(error.msg, str(error.hint))
    asked = list(_asked())
    if not asked:
        return "nothing is asked of a machine elsewhere"
    machine = asked[0][1]
    if missing := [name for name, each in asked if not each.is_there()]:
        remedy = "Set NEXUS_OPENAI_KEY, or NEXUS_OPENAI_URL to a server of your own."
        raise Degraded(f"{', '.join(missing)} ask {machine.label}, and there is no key.", remedy)
    if waits := [each for each in breaker.states() if each.name.startswith(f"{machine.name} ")]:
        told = "; ".join(f"{each.name}: {each.reason}" for each in waits if each.state != "closed")
        if told:
            raise Degraded(f"Left alone for a while: {told}.", "It is tried again by itself.")
    _reach(machine)
    left = [_left(task) for task in TASKS]
    sentence = f"{machine.label} answers; today it may still be sent {' and '.join(left)}"
    spent = any(
        left_today(task) == 0 for task in (ModelRun.Task.TRANSCRIPT, ModelRun.Task.EMBEDDING)
    )
    return Note(sentence) if spent else sentence


def _asked() -> Iterator[tuple[str, Machine]]:
    pools: tuple[Any, ...] = (MACHINES.speech, MACHINES.embedders, MACHINES.writers)
    for name, pool in zip(CHOICES, pools, strict=True):
        machine = pool.get(getattr(settings, name))
        if machine is not None and not machine.is_local:
            yield name, machine


def _reach(machine: Machine) -> None:
    """Ask which models there are: nothing of anybody's is sent. Raises Degraded."""
    remedy = "See NEXUS_OPENAI_URL and NEXUS_OPENAI_KEY; what waits is asked again by itself."
    try:
        answer = wire.sent("/models", None, seconds=SECONDS, bytes_most=BYTES_MOST)
    except (Unavailable, Useless) as error:
        raise Degraded(str(error), remedy) from None
    # A server without that list answers, too.
    if answer.status >= 500 or answer.status in {401, 403}:
        raise Degraded(f"{machine.label} answers with {answer.status}.", remedy)


def _left(task: str) -> str:
    what = "seconds of sound" if task == ModelRun.Task.TRANSCRIPT else "characters"
    left = left_today(task)
    return f"any number of {what}" if left is None else f"{left:,} of {budget(task):,} {what}"


def register_all() -> None:
    """Let the doctor look; Django's own checks do it by themselves."""
    health.register("providers", providers)
