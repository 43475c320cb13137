"""A role that lost its rights is told by the doctor; one that is gone comes back."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from config.lib.health import findings
from moderation import roles
from social.models import User
from tests.factories.moderation import member_of, moderator

pytestmark = pytest.mark.django_db


def finding() -> tuple[str, str]:
    (found,) = [one for one in findings() if one.name == "roles"]
    return found.level, found.sentence


def test_the_table_is_what_migrations_have_made() -> None:
    for name, rights in roles.RIGHTS.items():
        given = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert sorted(given) == sorted(rights), name
    assert finding() == ("ok", "each has its rights")


def test_a_right_that_was_taken_is_told_and_not_given_back_behind_anybodys_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    role = Group.objects.get(name="moderator")
    role.permissions.remove(Permission.objects.get(codename="add_decision"))
    call_command("migrate", verbosity=1)
    level, sentence = finding()
    assert level == "note"
    assert "“moderator” lacks add_decision." in sentence
    assert "under Groups" in sentence
    assert "was gone" not in capsys.readouterr().out
    assert not User.objects.get(pk=moderator().pk).has_perm("moderation.add_decision")


def test_a_role_that_is_gone_is_made_anew_by_a_migration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Group.objects.filter(name__in=["rights desk", "editor"]).delete()
    assert "“rights desk” is gone; “editor” is gone" in finding()[1]
    call_command("migrate", verbosity=1)
    assert "The role “editor” was gone. It is here again" in capsys.readouterr().out
    assert finding() == ("ok", "each has its rights")
    assert member_of("rights desk").has_perm("moderation.decide_copyright")
