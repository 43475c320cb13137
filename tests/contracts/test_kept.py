"""Every model says whether there is a person in it; what it says can be looked up and is true."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from config.lib import kept
from config.lib.kept import Kept

# The files of an archive.
SECTIONS = set(kept.SECTIONS)
# What a column is called that holds a person.
PERSONAL = {"email", "ip_address", "username", "handle", "user_agent", "recipient", "attribution"}
PERSONAL |= {"display_name", "actor", "actor_name", "listener_name", "object_repr", "password"}


def complaints(
    found: Iterable[type[models.Model]],
    known: Mapping[str, Kept],
    impersonal: Mapping[str, str],
    sections: set[str],
) -> list[str]:
    """Return what stands against a registry, a sentence each."""
    labels = {model._meta.label: model for model in found}
    said = {*known, *impersonal}
    wrong = [f"{label} is in neither list" for label in labels if label not in said]
    wrong += [f"{label} is in both" for label in known if label in impersonal]
    wrong += [f"{label} is no model" for label in said if label not in labels]
    for label in impersonal:
        if model := labels.get(label):
            wrong += [f"{label} has a person in {name}" for name in people_in(model)]
    for label, one in known.items():
        if one.section and one.section not in sections:
            wrong.append(f"{label} is to be in the archive’s {one.section}, which there is not")
        if not one.section and not one.words:
            wrong.append(f"{label} is in no archive, and does not say why")
        if not one.lives or not one.purpose:
            wrong.append(f"{label} does not say what for, or for how long")
    return wrong


def people_in(model: Any) -> list[str]:
    """Return the columns of a model that lead to a person or hold one's words."""
    person = get_user_model()
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.related_model is person or field.name in PERSONAL
    ]


def all_models() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def test_every_model_is_said_and_none_that_is_not_there() -> None:
    assert complaints(all_models(), kept.KEPT, kept.IMPERSONAL, SECTIONS) == []


def test_rules_are_about_what_is_kept() -> None:
    for rule in kept.RULES.values():
        assert rule.models
        assert set(rule.models) <= {*kept.KEPT}, rule.name
        assert rule.sentence.endswith("."), rule.name


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda known, other: known.pop("social.Note"), "social.Note is in neither list"),
        (lambda known, other: other.update({"a.B": "x"}), "a.B is no model"),
        (lambda known, other: other.update({"social.Note": "x"}), "social.Note is in both"),
        (
            lambda known, other: other.update({"social.Note": "x"}),
            "social.Note has a person in assigned_to",
        ),
        (
            lambda known, other: other.update({"social.ReviewLink": "x"}),
            "social.ReviewLink has a person in recipient",
        ),
        (
            lambda known, other: known.update(
                {"social.Note": Kept("social.Note", "a", kept.Fate.KEPT, "b", section="poems")}
            ),
            "social.Note is to be in the archive’s poems, which there is not",
        ),
    ],
)
def test_a_gap_is_found(change: Any, complaint: str) -> None:
    known, other = dict(kept.KEPT), dict(kept.IMPERSONAL)
    change(known, other)
    assert complaint in complaints(all_models(), known, other, SECTIONS)


def test_nothing_is_said_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        kept.register(kept.KEPT["social.Note"])
    with pytest.raises(ValueError, match="twice"):
        kept.impersonal(social__Note="nobody")
    with pytest.raises(ValueError, match="two rules"):
        kept.register_rule(kept.RULES["events"])
    with pytest.raises(ValueError, match="nobody says why"):
        kept.register(Kept("x.Y", "a", kept.Fate.KEPT, "b"))
