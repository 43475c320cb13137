"""Keeping somebody out and letting them in as whoever has the machine says: decisions, too."""

from django.db import transaction

from config.lib.problems import Problem
from moderation.cases.rules import house, require_decider
from moderation.cases.services import open_case, seal
from moderation.decisions import services as decisions
from moderation.decisions.statements import Statement
from moderation.models import Case, CaseNote, Decision, Scope
from moderation.models.case import NOTE_CHARS
from moderation.models.decision import Kind
from moderation.things import KINDS
from social.accounts.services import bans
from social.models import User

PROPOSES = "Proposes a ban, because of {}: {}"


@transaction.atomic
def ban(*, person: User, reason: str, statement: Statement) -> Decision:
    """Close an account by a decision of the house, in a case about it.

    Raises Problem `has-left`, `already-decided`, `is-staff`, `statement-missing`.
    """
    if person.left_at:
        raise Problem("has-left", "Nobody is behind this account any more.", status=409)
    case = open_case(kind=KINDS[Scope.PERSON], row=person, reason=reason)
    return decisions.decide_as_house(
        case=case, kind=Kind.BAN, scope=Scope.PERSON, row=person, statement=statement
    )


@transaction.atomic
def propose(*, case: Case, by: User, words: str) -> CaseNote:
    """Bring a ban before the moderators: a case about the account, with the reasons as a note.

    Whoever may not ban does so; it restricts nobody. Raises Problem as
    `cases.rules.require_decider`, `words-missing`, `nobody-there`, `has-left`.
    """
    require_decider(by, case)
    if not (words := words.strip()):
        raise Problem("words-missing", "Say why they should go.", field="words")
    if (person := case.person) is None:
        raise Problem("nobody-there", "Nobody with an account is behind this.", status=409)
    if person.left_at:
        raise Problem("has-left", "Nobody is behind this account any more.", status=409)
    found = open_case(kind=KINDS[Scope.PERSON], row=person, reason=case.reason)
    said = PROPOSES.format(case, words)[:NOTE_CHARS]
    note: CaseNote = CaseNote.objects.create(case=found, by=by, words=said)
    seal("ban.proposed", found, by, note=str(note.pk), of=str(case.pk))
    return note


@transaction.atomic
def unban(*, person: User, facts: str) -> bool:
    """Undo every ban of an account by decisions of the house; tells whether there was one.

    Where it was banned before there were decisions, nothing names what is undone, and the sealed
    log alone keeps it. Raises Problem `statement-missing`.
    """
    in_force = Decision.objects.in_force().filter(kind=Kind.BAN, scope=Scope.PERSON)
    found = list(in_force.filter(target_id=person.pk).select_related("case"))
    for decision in found:
        decisions.restore_as_house(decision=decision, facts=facts)
    return bool(found) or bans.unban(user=person, by=house(), reason=facts)
