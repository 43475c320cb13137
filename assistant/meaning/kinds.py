"""What vectors give the machine to do, and the arm by which a search reaches further."""

from assistant.chunks.kinds import VECTORS
from assistant.meaning import presenters, selectors
from assistant.meaning.lexical import Lexical
from assistant.meaning.local import Local
from assistant.meaning.services import filling
from assistant.providers.registry import MACHINES
from assistant.providers.selectors import questions_go_to
from media_pipeline.jobs.services.schedules import register_round, run_now
from tracks.access import User
from tracks.search import registry
from tracks.search.registry import Found

LETTERS_ALONE = (
    "Typing errors and other forms of a word are forgiven; other words for the same thing "
    "are not known here."
)
BY_MEANING = "Found by words, and by what they mean."


def _work() -> None:
    """Make some of them: other work of a general worker comes in between."""
    if filling.work_off():
        run_now(VECTORS)


def _find(text: str, viewer: User, most: int) -> list[Found]:
    return presenters.find(text, viewer, most)


def about() -> str:
    """Say on a page how far this search reaches."""
    others = [machine for _, machine in selectors.serving() if machine.name != Lexical.name]
    sentence = BY_MEANING if others else LETTERS_ALONE
    elsewhere = questions_go_to()
    return f"{sentence} What you search for is read by {elsewhere}." if elsewhere else sentence


def register_all() -> None:
    """Let the machine know, and let searches reach further."""
    for machine in (Lexical(), Local()):
        MACHINES.embedders.setdefault(machine.name, machine)
    seconds = int(10 * filling.SLICE_S)
    register_round(VECTORS, _work, "Makes vectors of passages", every=120, seconds=seconds)
    arm = registry.Arm(
        "passages", "In words and recordings", _find, presenters.find, about, selectors.WALK
    )
    registry.reach(arm)
