"""What providers tell: let in with a right signature alone, kept once, and taken by a job."""

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from economics.contributions import arriving
from economics.hooks import following, rules
from economics.ledger import selectors
from economics.models import Contribution, ProviderEvent
from economics.providers import registry
from media_pipeline.models import Job
from tests.economics.hooks.conftest import KEYS, URL, Send, body_of
from tests.factories.economics import declare

pytestmark = pytest.mark.django_db


def given(**words: Any) -> Contribution:
    """Return what was declared and comes by the test driver."""
    return declare(**({"provider": "test"} | words))


def test_what_is_told_is_kept_and_taken_by_a_job(
    send: Send, django_capture_on_commit_callbacks: Any
) -> None:
    one = given()
    with django_capture_on_commit_callbacks(execute=True):
        assert send(body_of(one, 1, "confirmed", fee=33)).status_code == 200
    assert ProviderEvent.objects.get().state == "waiting"
    assert Job.objects.filter(kind=following.FOLLOW, state="pending").exists()
    following.follow_all()
    one.refresh_from_db()
    assert (one.status, one.fee, one.reference) == ("confirmed", 33, "ref confirmed")
    assert selectors.balances()["provider_clearing:test"] == 967


def test_sent_again_it_is_one_event(send: Send) -> None:
    one = given()
    for _ in range(3):
        assert send(body_of(one, 1, "confirmed")).status_code == 200
    assert ProviderEvent.objects.count() == 1


@pytest.mark.parametrize("keys", [KEYS[1:], KEYS, ["a key that nobody has here", KEYS[1]]])
def test_each_of_its_keys_lets_it_in(send: Send, keys: list[str]) -> None:
    assert send(body_of(given(), 1, "confirmed"), keys=keys).status_code == 200


@pytest.mark.parametrize(
    ("how", "type"),
    [
        ({"keys": ["a key that nobody has here"]}, "signature-wrong"),
        ({"ago": 301 + 5}, "signature-old"),
        ({"ago": -301 - 5}, "signature-old"),
        ({rules.HEADER: ""}, "signature-wrong"),
        ({rules.HEADER: "t=,v1="}, "signature-wrong"),
        ({rules.HEADER: f"t={'9' * 13},v1=00"}, "signature-wrong"),
        ({rules.HEADER: "t=-1,v1=00"}, "signature-wrong"),
        ({rules.HEADER: "t=1,t=2,v1=00"}, "signature-wrong"),
        ({rules.HEADER: "t=1" + ",v1=00" * 9}, "signature-wrong"),
    ],
)
def test_it_is_shut_to_all_others(send: Send, how: dict[str, Any], type: str) -> None:
    answer = send(body_of(given(), 1, "confirmed"), **how)
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{type}")
    assert not ProviderEvent.objects.exists()


def test_other_bytes_under_a_right_signature_are_refused(send: Send) -> None:
    body = body_of(given(), 1, "confirmed")
    signed = rules.header(KEYS, int(time.time()), body)
    assert send(body + b" ", **{rules.HEADER: signed}).status_code == 400
    assert send(body, **{rules.HEADER: signed}).status_code == 200


@pytest.mark.parametrize("keys", [{}, {"other": KEYS}, {"test": []}, {"test": ["short"]}])
def test_without_a_key_it_fails_closed(send: Send, settings: Any, keys: dict[str, Any]) -> None:
    settings.NEXUS_HOOK_KEYS = keys
    answer = send(body_of(given(), 1, "confirmed"), keys=keys.get("test") or [""])
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/no-key")
    assert not ProviderEvent.objects.exists()


class Silent:
    """A provider that tells nothing by itself."""

    name = label = "silent"
    start = refund = None


def test_who_tells_nothing_is_not_here(
    send: Send, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setitem(registry._providers, "silent", Silent())  # type: ignore[arg-type]
    for name in ("nobody", "silent"):
        answer = send(b"{}", url=f"/hooks/payments/{name}/")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-provider")
    assert client.get(URL).status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 60_000,
        *(
            json.dumps(WRONG).encode()
            for right in [
                {
                    "id": "1",
                    "number": 1,
                    "kind": "confirmed",
                    "contribution": "01a22d4e-69b8-7b70-9a0f-4c49e7f858ed",
                    "reference": "x",
                }
            ]
            for WRONG in (
                right | {"id": ""},
                right | {"id": 7},
                right | {"id": "a\0"},
                right | {"reference": "\ud800"},
                right | {"id": "a" * 201},
                right | {"number": 0},
                right | {"number": True},
                right | {"number": 10**30},
                right | {"kind": "stolen"},
                right | {"kind": ["confirmed"]},
                right | {"fee": -1},
                right | {"fee": 1.5},
                right | {"contribution": 7},
                right | {"contribution": "none"},
            )
        ),
    ],
)
def test_what_cannot_be_read_is_a_sentence(send: Send, body: bytes) -> None:
    answer = send(body)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/event-wrong")


def test_a_body_has_a_bound(send: Send) -> None:
    assert send(b" " * (rules.BODY_BYTES + 1)).status_code == 413


def test_a_provider_tells_of_its_own_contributions_alone(send: Send) -> None:
    other = given(provider="manual")
    send(body_of(other, 1, "confirmed"))
    following.follow(other.pk)
    assert ProviderEvent.objects.get().state == "refused"
    other.refresh_from_db()
    assert other.status == "declared"


def test_what_cannot_be_is_refused_with_the_reason_and_holds_up_nothing(send: Send) -> None:
    one = given()
    send(body_of(one, 1, "refunded"))
    send(body_of(one, 2, "confirmed"))
    send(body_of(one, 2, "failed", id="another of this number"))
    following.follow(one.pk)
    told = dict(ProviderEvent.objects.values_list("kind", "sentence"))
    assert told == {
        "refunded": "This contribution is declared.",
        "confirmed": "",
        "failed": "Another event has this number.",
    }
    one.refresh_from_db()
    assert one.status == "confirmed"


def test_an_id_that_another_event_has_is_refused_and_not_lost_in_silence(send: Send) -> None:
    one, other = given(), given()
    assert send(body_of(one, 1, "confirmed", id="e1")).status_code == 200
    for wrong in (body_of(other, 1, "confirmed", id="e1"), body_of(one, 2, "refunded", id="e1")):
        answer = send(wrong)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/event-wrong")
    assert ProviderEvent.objects.count() == 1


def test_one_that_cannot_be_taken_holds_up_no_other(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = given(), given()
    for one in (first, second):
        send(body_of(one, 1, "confirmed"))
    right = arriving.write

    def broken(arrivals: Sequence[arriving.Arrival]) -> None:
        if first.pk in {one.given.pk for one in arrivals}:
            raise ZeroDivisionError
        right(arrivals)

    monkeypatch.setattr(arriving, "write", broken)
    following.follow_all()
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert ProviderEvent.objects.get(contribution=first.pk).state == "waiting"


def test_a_second_dispute_while_one_is_open_is_refused_with_the_reason(send: Send) -> None:
    one = given()
    for number, (kind, case) in enumerate(
        [("confirmed", "b"), ("disputed", "1"), ("disputed", "2"), ("lost", "2"), ("won", "1")], 1
    ):
        send(body_of(one, number, kind, reference=case))
    following.follow(one.pk)
    told = ProviderEvent.objects.order_by("number").values_list("kind", "state", "sentence")
    assert list(told)[2:4] == [
        ("disputed", "refused", "This contribution is disputed."),
        ("lost", "refused", "This is another dispute than the open one."),
    ]
    one.refresh_from_db()
    assert (one.status, selectors.balances()["disputes_clearing:test"]) == ("confirmed", 0)
