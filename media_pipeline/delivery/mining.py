"""Whether mining what is delivered is reserved: the site says, and upper rooms of which media else.

https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
"""

from collections.abc import Callable

from django.db.models import BooleanField, Case, Q, Value, When

from config.lib.headers import MINING as HEADER
from config.lib.headers import is_reserved

__all__ = ["HEADER", "of_site", "say", "told"]

Rule = Callable[[], Q]

_rules: list[tuple[Rule, bool]] = []


def say(rule: Rule, *, is_reserved: bool) -> None:
    """Register a Q of the media of which it is reserved, or open, whatever the site says."""
    _rules.append((rule, is_reserved))


def of_site() -> str:
    """Return what the header says where no rule does."""
    return str(int(is_reserved()))


def told() -> Case:
    """Return the column of Media that tells it; where rules differ, it is reserved."""
    rules = sorted(_rules, key=lambda pair: not pair[1])
    cases = [When(rule(), then=Value(is_reserved)) for rule, is_reserved in rules]
    default = Value(is_reserved())
    return Case(*cases, default=default, output_field=BooleanField())
