"""Who hears of a contribution, by notification and by letter, and with which cents."""

from typing import Any

import pytest
from django.test import Client

from economics.contributions import services
from economics.models import Contribution, PayLink
from social.models import Notification, User
from tests.factories import moderation as judges
from tests.factories.economics import confirm, declare
from tests.factories.social import UserFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def heard(person: User) -> list[str]:
    rows = Notification.objects.filter(user=person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def letters(outbox: Any, person: User) -> list[str]:
    return [mail.subject.strip() for mail in outbox if mail.to == [person.email]]


def test_giver_and_artist_hear_of_what_came_in(mailoutbox: Any) -> None:
    ada, gil = UserFactory.create(), UserFactory.create()
    given = declare(ada, giver=gil, message="For the cello.")
    do_jobs()
    assert (heard(ada), heard(gil)) == ([], [])
    confirm(given)
    do_jobs()
    assert (heard(ada), heard(gil)) == (["given"], ["contribution-confirmed"])
    assert letters(mailoutbox, gil) == ["How to pay what you give", "What you gave has come in"]
    assert letters(mailoutbox, ada) == ["You were given something"]
    pay, to_giver, to_artist = (mail.body for mail in mailoutbox)
    assert given.pk.hex[-10:].upper() in pay
    assert "\u20ac7.00" in to_giver
    assert "Receipt 1" in to_giver
    assert "Yours of it: \u20ac7.00" in to_artist
    assert "For the cello." in to_artist
    assert gil.name not in to_artist  # anonymous
    client = Client()
    client.force_login(gil)
    row = Notification.objects.get(user=gil)
    assert f"/support/given/{given.key}/" in client.post(f"/notifications/{row.pk}/")["Location"]


def test_whoever_has_no_account_or_is_banned_gets_no_letter(mailoutbox: Any) -> None:
    ada = UserFactory.create()
    confirm(declare(ada))
    judges.ban(ada)
    do_jobs()
    assert [one for one in letters(mailoutbox, ada) if "decision" not in one] == []
    assert not any("gave" in mail.subject for mail in mailoutbox)


def test_directly_the_artist_confirms_and_only_their_part_counts(mailoutbox: Any) -> None:
    ada, gil = UserFactory.create(), UserFactory.create()
    PayLink.objects.create(artist=ada, kind="page", address="https://pay.example/ada")
    words = {"mode": Contribution.Mode.DIRECT, "provider": "direct", "giver": gil}
    given = declare(ada, message="For the cello.", **words)
    declare(ada, **words | {"giver": None})
    do_jobs()
    assert heard(ada) == ["to-confirm"]
    assert "For the cello." not in mailoutbox[-1].body
    assert letters(mailoutbox, ada) == ["Somebody says they paid you"]
    client, other = Client(), Client()
    client.force_login(ada)
    other.force_login(UserFactory.create())
    address = f"/me/received/{given.pk}/confirm/"
    assert other.post(address).status_code == 404
    assert client.post(address).status_code == 302
    do_jobs()
    given.refresh_from_db()
    assert (given.status, given.confirmed_by) == ("confirmed", ada)
    assert heard(gil) == ["contribution-confirmed"]
    page = Client().get(f"/support/given/{given.key}/").content.decode()
    assert "confirmed by them" in page
    assert page.count("declared") == 2  # the charity's and the site's
    assert not hasattr(given, "receipt")
    assert "https://pay.example/ada" not in page


def test_what_others_end_is_told_and_what_one_ends_oneself_is_not(mailoutbox: Any) -> None:
    gil = UserFactory.create()
    mine, theirs, back = (declare(giver=gil) for _ in range(3))
    services.cancel(mine.pk, by=gil)
    services.cancel(theirs.pk)
    services.refund(confirm(back).pk, reference="back 1")
    mailoutbox.clear()
    do_jobs()
    assert sorted(heard(gil)) == [
        *("contribution-cancelled", "contribution-confirmed", "contribution-refunded")
    ]
    assert letters(mailoutbox, gil).count("About what you gave") == 2
