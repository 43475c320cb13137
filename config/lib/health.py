"""One registry of what has to be in order, read by `manage.py doctor` and `/health/`."""

from collections.abc import Callable
from dataclasses import dataclass


class Trouble(Exception):
    """A check has found something wrong: what it is, and what to do about it."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy = sentence, remedy


class Degraded(Trouble):
    """The site goes on, but less well: people can listen, and something else has to wait."""


class Note(str):
    """What a check returns when all works but the operator should know something."""


@dataclass(frozen=True)
class Finding:
    """The outcome of one check. `level` is ok, note, warn or red."""

    name: str
    level: str
    sentence: str
    remedy: str = ""


Check = Callable[[], str]

_checks: dict[str, tuple[Check, bool]] = {}


def register(name: str, check: Check, *, vital: bool = False) -> None:
    """Add a check: it returns a sentence, or raises `Trouble`; `Degraded` where people can listen.

    A vital one is also asked at every call of `/health/`, so it must answer within milliseconds.
    """
    _checks[name] = (check, vital)


def findings(*, vital_only: bool = False) -> list[Finding]:
    """Run the checks in the order of their registration; none of them can stop the others."""
    return [
        _run(name, check) for name, (check, vital) in _checks.items() if vital or not vital_only
    ]


def _run(name: str, check: Check) -> Finding:
    try:
        sentence = check()
    except Trouble as trouble:
        level = "warn" if isinstance(trouble, Degraded) else "red"
        return Finding(name, level, trouble.sentence, trouble.remedy)
    except Exception as error:
        return Finding(name, "red", f"{type(error).__name__}: {error}", "See the log of the site.")
    return Finding(name, "note" if isinstance(sentence, Note) else "ok", sentence)
