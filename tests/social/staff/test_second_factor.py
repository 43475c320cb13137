"""Staff do nothing before they have a second factor, and nobody is locked out by that."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from config.management.commands.up import first_administrator
from media_pipeline.models import SealedEntry
from social.models import User
from tests.factories.media_pipeline import FailedJobFactory
from tests.factories.social import PASSWORD, SECRET, StaffFactory, UserFactory, bearer, code_now

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
ADMIN = "/admin/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def come_in(handle: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": handle, "password": password})
    return client


def enrol_by_hand(client: Client, password: str = PASSWORD) -> str:
    """Switch it on as a person does; return the page that follows."""
    client.post("/accounts/reauthenticate/", {"password": password})
    secret = re.search(r"\b[A-Z2-7]{32}\b", client.get(ACTIVATE).text)
    assert secret
    done: str = client.post(ACTIVATE, {"code": code_now(secret[0])}, follow=True).text
    return done


def test_the_first_operator_comes_in_enrols_and_sees_the_recovery_codes() -> None:
    password = first_administrator()
    assert password
    client = Client()
    said = {"login": "admin", "password": password}
    first = client.post("/accounts/login/?next=/", said)
    assert first.headers["Location"] == ACTIVATE, "led there at the first sign-in"
    led = client.get(ADMIN, follow=True)
    assert "Staff sign in with a second factor" in led.text
    page = enrol_by_hand(client, password)
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    assert 'href="/admin/"' in page
    assert client.get(ADMIN).status_code == 200
    again = Client()
    again.post("/accounts/login/", said)
    assert again.get(ADMIN).status_code == 302, "the password alone does not open it"
    back = again.post(AUTHENTICATE, {"code": codes[3]})
    assert back.status_code == 302
    assert again.get(ADMIN).status_code == 200, "a recovery code does"
    third = Client()
    third.post("/accounts/login/", said)
    assert third.post(AUTHENTICATE, {"code": codes[3]}).status_code == 200
    assert third.get(ADMIN).status_code == 302, "but once"


def test_without_one_the_admin_leads_to_where_it_begins() -> None:
    boss = StaffFactory.create(enrolled=False)
    client = Client()
    client.force_login(boss)
    for path in (ADMIN, "/admin/social/user/", "/admin/moderation/case/"):
        assert client.get(path).status_code == 302, path
        assert client.get(path, follow=True).redirect_chain[1][0] == ACTIVATE, path
    track = client.post("/admin/social/user/", {"action": "ban", "_selected_action": [boss.pk]})
    assert track.status_code == 302
    assert not User.objects.filter(is_banned=True).exists()


def test_without_one_no_door_for_staff_opens_elsewhere() -> None:
    boss, whole = StaffFactory.create(enrolled=False), StaffFactory.create()
    job = FailedJobFactory.create()
    for person, opens in ((boss, False), (whole, True)):
        client = Client()
        client.force_login(person)
        assert ("checks" in client.get("/health/").json()) is opens
        found = client.post(f"/api/v1/jobs/{job.pk}/retry/", headers=bearer(person))
        assert (found.status_code < 400) is opens
        assert person.acts_as_staff is opens


def test_whoever_is_no_staff_needs_none() -> None:
    person = UserFactory.create()
    answer = Client().post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_what_a_password_alone_had_opened_ends_when_one_enrols() -> None:
    boss = StaffFactory.create(enrolled=False)
    here, elsewhere = come_in(boss.handle), come_in(boss.handle)
    enrol_by_hand(here)
    assert here.get(ADMIN).status_code == 200
    assert "_auth_user_id" in here.session
    assert elsewhere.get(ADMIN, follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    kinds = SealedEntry.objects.filter(actor=str(boss.pk)).values_list("kind", "data")
    assert ("factor.added", {"what": "totp"}) in list(kinds)
    assert SECRET not in str(list(kinds))


def test_a_lost_one_is_reset_from_the_machine_and_written_down() -> None:
    boss = StaffFactory.create()
    client = Client()
    client.force_login(boss)
    assert client.get(ADMIN).status_code == 200
    with pytest.raises(CommandError, match="Say why"):
        call_command("reset_factor", boss.handle, "--reason", " ")
    call_command("reset_factor", boss.handle, "--reason", "The phone is in the lake.")
    assert not Authenticator.objects.exists()
    assert "/login/" in client.get(ADMIN).headers["Location"], "signed out everywhere"
    entry = SealedEntry.objects.get(kind="factor.reset")
    assert entry.data == {"reason": "The phone is in the lake."}
    assert entry.subject == f"social.user:{boss.pk}"
    fresh = come_in(boss.handle)
    assert fresh.get(ADMIN, follow=True).redirect_chain[1][0] == ACTIVATE
    enrol_by_hand(fresh)
    assert fresh.get(ADMIN).status_code == 200
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_factor", UserFactory.create().handle, "--reason", "None is there.")


def test_whoever_switches_it_off_is_no_staff_until_it_is_on_again() -> None:
    boss = StaffFactory.create()
    client = Client()
    client.force_login(boss)
    Authenticator.objects.filter(type="totp").delete()
    assert client.get(ADMIN).status_code == 302
    assert RecoveryCodes(Authenticator.objects.get()).get_unused_codes()


def test_nobody_looks_at_secrets_in_the_admin() -> None:
    client = Client()
    client.force_login(StaffFactory.create())
    assert client.get("/admin/mfa/authenticator/").status_code == 404


def test_a_code_is_not_guessed_by_trying_for_ever() -> None:
    boss = StaffFactory.create()
    client = come_in(boss.handle)
    for _ in range(10):
        assert "not the code" in client.post(AUTHENTICATE, {"code": "000000"}).text
    refused = client.post(AUTHENTICATE, {"code": code_now(SECRET)})
    assert "Too many tries" in refused.text
    assert client.get(ADMIN).status_code == 302


def test_an_address_that_waits_to_be_confirmed_leads_into_no_circle() -> None:
    boss = StaffFactory.create(enrolled=False)
    EmailAddress.objects.create(user=boss, email=boss.email, verified=False, primary=True)
    client = Client()
    client.force_login(boss)
    page = client.get(ADMIN, follow=True)
    assert page.status_code == 200
    assert "Confirm your e-mail address first." in page.text
    assert 'href="/accounts/email/"' in page.text
    EmailAddress.objects.update(verified=True)
    assert client.get(ACTIVATE).headers["Location"].startswith("/accounts/reauthenticate/")
