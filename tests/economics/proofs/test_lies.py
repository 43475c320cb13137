"""Whoever publishes other totals than they have, or proves what is not there, is found out."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from economics.models import Contribution
from economics.proofs import check
from tests.economics.proofs.test_proofs import both, given  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def spoiled(proof: Any, money: Any) -> Iterator[Any]:
    """Yield every way in which somebody could lie, with a name for it."""
    step = proof["steps"][0]
    at = step["batch"] - 1

    def change(name: str, deed: Any) -> Any:
        told = copy.deepcopy((proof, money))
        deed(*told, told[0]["steps"][0])
        return name, *told

    def all_of(one: dict[str, int], by: int) -> None:
        one["artists"] += by

    yield change("less for the artist", lambda p, m, s: all_of(s["leaf"]["lines"], -1))
    yield change("another amount", lambda p, m, s: p.update(amount=1235))
    yield change("another contribution", lambda p, m, s: p.update(contribution="x"))
    yield change("another nonce", lambda p, m, s: s["leaf"].update(nonce="0" * 64))
    yield change("another kind", lambda p, m, s: s["leaf"].update(kind="refunded"))
    yield change(
        "another place", lambda p, m, s: s.update(position=(s["position"] + 1) % s["count"])
    )
    yield change("no such place", lambda p, m, s: s.update(position=s["count"]))
    yield change("another batch", lambda p, m, s: s.update(batch=1))
    yield change("no such batch", lambda p, m, s: s.update(batch=0))
    yield change("another size", lambda p, m, s: s.update(count=s["count"] + 1))
    yield change("nothing", lambda p, m, s: p.update(steps=[]))
    yield change("another currency", lambda p, m, s: p.update(currency="USD"))
    yield change("another format", lambda p, m, s: p.update(format="x"))
    for n in range(len(step["path"])):
        yield change(f"hash {n}", lambda p, m, s, n=n: s["path"][n].update(hash="0" * 64))
        yield change(f"no hash {n}", lambda p, m, s, n=n: s["path"][n].update(hash="x"))
        yield change(f"sums {n}", lambda p, m, s, n=n: s["path"][n]["sums"].update(artists=1))
        yield change(f"below zero {n}", lambda p, m, s, n=n: s["path"][n]["sums"].update(a=-1))
        yield change(f"gone {n}", lambda p, m, s, n=n: s["path"].pop(n))
    yield change("one more", lambda p, m, s: s["path"].append(s["path"][0]))
    yield change("totals", lambda p, m, s: all_of(m["totals"], 1))
    yield change("waiting", lambda p, m, s: all_of(m["waiting"], -1))
    yield change("sums of the batch", lambda p, m, s: all_of(m["batches"][at]["sums"], 1))
    yield change("root", lambda p, m, s: m["batches"][at].update(root="0" * 64))
    yield change("head", lambda p, m, s: m["batches"][at].update(head="0" * 64))
    yield change("leaves of the batch", lambda p, m, s: m["batches"][at].update(count=1))
    yield change("a batch gone", lambda p, m, s: m["batches"].pop(0))
    yield change("batches turned", lambda p, m, s: m["batches"].reverse())

    def rehead(_proof: Any, told: Any, _step: Any) -> None:
        """Make a chain that fits anew, with less in it, and totals to go with it."""
        batch = told["batches"][at]
        all_of(batch["sums"], -1)
        all_of(told["totals"], -1)
        batch["head"] = check.head(batch)

    yield change("a chain made anew", rehead)


def test_whoever_lies_is_found_out(given: Contribution) -> None:  # noqa: F811
    seen = set()
    for name, proof, money in spoiled(*both(given)):
        with pytest.raises(check.Wrong):
            check.check(proof, money)
        seen.add(name)
    assert len(seen) >= 25
