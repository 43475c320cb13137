"""What was given is in the published totals, and whoever gave it can show so, by one file."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from economics.books.checking import verify
from economics.contributions import services as contributions
from economics.models import Batch, Contribution, Leaf
from economics.proofs import check, selectors, services
from media_pipeline.models import SealedEntry
from tests.economics.books.test_verify import settle, tamper
from tests.factories.economics import charity, confirm, declare

pytestmark = pytest.mark.django_db

SCRIPT = Path(check.__file__)


@pytest.fixture
def given(settings: Any) -> Contribution:
    """What somebody gave, among others' over several batches, some of which was taken back."""
    settings.NEXUS_TAX_RATES = {"DE": 1900}
    confirm(declare(), fee=33, country="DE")
    services.close()
    mine = confirm(declare(amount=1234), fee=34, country="DE")
    for n in range(5):
        confirm(declare(amount=100 + n, charity=charity("wikimedia")))
    contributions.refund(confirm(declare(), fee=10).pk, reference="back")
    declare(mode=Contribution.Mode.DIRECT)
    services.close()
    confirm(declare(amount=7))
    return mine


def both(given: Contribution) -> tuple[Any, Any]:
    """Return the proof and what was published, as a program reads them."""
    found = json.loads(json.dumps([selectors.proof(given), selectors.published()]))
    return found[0], found[1]


def test_a_proof_holds_and_says_every_cent(given: Contribution) -> None:
    proof, money = both(given)
    said = check.check(proof, money)
    assert said == [
        "The published totals are the sum of all batches and of what waits for one.",
        "Your received is in batch 2: artists 8.40 EUR, charity:eff 2.40 EUR, fees 0.34 EUR, "
        "platform 1.01 EUR, tax 0.19 EUR.",
        "Together they make the 12.34 EUR you gave.",
    ]


def test_the_totals_are_the_sum_of_the_roots_and_of_what_waits(given: Contribution) -> None:
    money = selectors.published()
    roots = check.add(*(one["sums"] for one in money["batches"]))
    assert len(money["batches"]) == 2
    assert check.add(roots, money["waiting"]) == money["totals"]
    assert sum(money["waiting"].values()) == 7
    assert money["totals"]["charity:wikimedia"] == 20 + 20 + 20 + 21 + 21
    assert money["totals"]["returned.artists"] == 693
    assert money["totals"]["lost"] == 10
    assert money["totals"]["declared.artists"] == 700
    services.close()
    assert selectors.published()["waiting"] == {}
    assert selectors.published()["totals"] == money["totals"]


@pytest.mark.parametrize("way", ["refund", "lost"])
def test_what_was_taken_back_is_proven_too(given: Contribution, way: str) -> None:
    if way == "refund":
        contributions.refund(given.pk, reference="back")
    else:
        contributions.dispute(given.pk, reference="case")
        contributions.end_dispute(given.pk, won=False, reference="case")
    assert selectors.proof(given)["waiting"] == 1
    services.close()
    said = " ".join(check.check(*both(given)))
    assert "in batch 3: lost 0.34 EUR, returned.artists 8.40 EUR" in said


def test_a_declared_one_is_proven_as_declared_and_what_was_cancelled_as_taken_back() -> None:
    mine = declare(mode=Contribution.Mode.DIRECT)
    services.close()
    assert "Your declared is in batch 1: declared.artists" in check.check(*both(mine))[1]
    contributions.cancel(mine.pk)
    services.close()
    assert "Your cancelled is in batch 2: returned.declared" in check.check(*both(mine))[2]


def test_what_was_published_before_is_there_as_it_was(given: Contribution) -> None:
    proof, older = both(given)
    services.close()
    _, money = both(given)
    assert "All 2 batches of before are there, unchanged." in check.check(proof, money, older)
    older["batches"][0]["head"] = "0" * 64
    with pytest.raises(check.Wrong, match="changed since"):
        check.check(proof, money, older)


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run the script where nothing but Python's own library is."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_script_stands_alone(given: Contribution, tmp_path: Path) -> None:
    proof, money = both(given)
    for name, words in (("proof", proof), ("money", money), ("lie", money | {"totals": {}})):
        (tmp_path / f"{name}.json").write_text(json.dumps(words))
    (tmp_path / "rubbish.json").write_text("[]")
    code, said = run(tmp_path, "proof.json", "money.json")
    assert (code, said.splitlines()[-1]) == (0, "Together they make the 12.34 EUR you gave.")
    assert run(tmp_path, "proof.json", "money.json", "money.json")[0] == 0
    code, said = run(tmp_path, "proof.json", "lie.json")
    assert (code, said[:6]) == (1, "WRONG:")
    assert run(tmp_path, "rubbish.json", "money.json")[0] == 1
    assert run(tmp_path, "proof.json", "nowhere.json")[0] == 1
    assert run(tmp_path)[0] == 2


@pytest.mark.parametrize(("digits", "words"), [(2, "0.07 X"), (0, "7 X"), (3, "0.007 X")])
def test_amounts_have_the_decimals_of_their_currency(digits: int, words: str) -> None:
    assert check.told(7, {"decimals": digits, "currency": "X"}) == words


def test_a_proof_tells_nothing_of_others_but_sums(given: Contribution) -> None:
    told = json.dumps(selectors.proof(given))
    for other in Contribution.objects.exclude(pk=given.pk):
        assert str(other.pk) not in told
    for leaf in Leaf.objects.exclude(transaction__subject=given.pk):
        assert leaf.nonce not in told
    assert "nonce" not in json.dumps(selectors.published())


def test_batches_are_sealed_and_only_grow(given: Contribution) -> None:
    settle()
    heads = dict(SealedEntry.objects.filter(kind="ledger.batch").values_list("subject", "data"))
    assert heads == {
        f"economics.batch:{one.number}": {"head": one.head} for one in Batch.objects.all()
    }
    assert list(verify()) == []
    for table in ("economics_batch", "economics_leaf"):
        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_batches_are_apart_and_nothing_waits_for_ever(given: Contribution) -> None:
    assert services.sweep() == 0
    tamper("UPDATE economics_batch SET closed_at = closed_at - interval '2 hours'")
    assert services.sweep() == 1
    assert services.close() == 0
    assert Batch.objects.count() == 3


def test_many_are_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LEAVES_MOST", 2)
    mine = [confirm(declare(amount=100 + n)) for n in range(5)]
    services.close()
    assert [one.count for one in Batch.objects.order_by("number")] == [2, 2, 1]
    for one in mine:
        check.check(*both(one))


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE economics_leaf SET nonce = repeat('0', 64) WHERE batch_id = 2 AND position = 0",
        "UPDATE economics_leaf SET lines = '{}' WHERE batch_id = 2 AND position = 0",
        "DELETE FROM economics_leaf WHERE batch_id = 2 AND position = 7",
        "DELETE FROM economics_leaf WHERE batch_id = 2",
        "UPDATE economics_batch SET sums = '{}' WHERE number = 2",
        "UPDATE economics_batch SET head = repeat('0', 64) WHERE number = 2",
        "UPDATE economics_batch SET previous = '' WHERE number = 2",
        "DELETE FROM economics_batch WHERE number = 2",
        "UPDATE economics_batch SET number = 3 WHERE number = 2",
        "UPDATE economics_ledgerentry SET amount = amount * 2",
    ],
)
def test_a_touched_batch_is_found(given: Contribution, touch: str) -> None:
    assert list(services.verify()) == []
    tamper(touch)
    assert list(services.verify())


def test_a_charity_keeps_its_slug_once_the_ledger_names_it(given: Contribution) -> None:
    free = charity("internet-archive")
    free.slug = "archive"
    free.save()
    named = charity()
    named.slug = "another"
    with pytest.raises(DatabaseError, match="keeps its slug"):
        named.save()


def test_a_step_of_long_ago_is_in_a_batch_as_soon_as_it_is_written(given: Contribution) -> None:
    confirm(declare(), effective_at=timezone.now() - timedelta(days=400))
    assert services.close() == 2
