"""Where a track stands follows from its acts: the rules, for any acts there may be."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from social.signoff.workflow import (
    ADVANCED,
    APPROVED,
    DECLINED,
    DRAFT,
    GATES,
    MASTER,
    MIX,
    RETURNED,
    SIGNED,
    STAGES,
    WITHDRAWN,
    Act,
    SignOffState,
    state,
)

ANA, BO, CY = (uuid4() for _ in range(3))
ONE, TWO, NEW = (uuid4() for _ in range(3))

people = st.sampled_from([ANA, BO, CY])
shown = st.sampled_from([ONE, TWO, None])
approvers = st.frozensets(people)
acts = st.lists(
    st.builds(
        Act,
        kind=st.sampled_from([SIGNED, DECLINED, WITHDRAWN, ADVANCED, RETURNED]),
        stage=st.sampled_from(STAGES),
        by=people,
        version=shown,
    ),
    max_size=25,
)


@given(acts, approvers, shown)
def test_everybody_named_has_signed_or_is_waited_for(
    acts: list[Act], approvers: frozenset[UUID], shown: UUID | None
) -> None:
    now = state(acts, approvers, shown)
    if not now.is_approved:
        assert now.signed | now.waits_for == approvers
        assert not now.signed & now.waits_for
        assert now.declined <= now.waits_for
        assert now.is_passed == bool(approvers and now.signed == approvers)


@given(acts, approvers, shown, people, shown)
def test_one_act_moves_it_by_one_stage_at_most(
    acts: list[Act], approvers: frozenset[UUID], shown: UUID | None, by: UUID, of: UUID | None
) -> None:
    before = STAGES.index(state(acts, approvers, shown).stage)
    for stage in STAGES:
        moved = state([*acts, Act(ADVANCED, stage, by, of)], approvers, shown)
        assert STAGES.index(moved.stage) in {before, before + 1}


@given(acts, approvers, people, st.sampled_from([SIGNED, DECLINED]))
def test_a_new_version_asks_everybody_again(
    acts: list[Act], approvers: frozenset[UUID], by: UUID, kind: str
) -> None:
    old = state(acts, approvers, ONE)
    now = state([*acts, Act(kind, old.stage, by, ONE)], approvers, NEW)
    assert now.signed == now.declined == frozenset()
    assert now.stage == (MASTER if old.stage == APPROVED else old.stage)


@given(acts, approvers, people)
def test_taking_ones_word_back_undoes_it(
    acts: list[Act], approvers: frozenset[UUID], by: UUID
) -> None:
    clear = [*acts, Act(WITHDRAWN, state(acts, approvers, ONE).stage, by, ONE)]
    before = state(clear, approvers, ONE)
    said = [*clear, Act(SIGNED, before.stage, by, ONE), Act(WITHDRAWN, before.stage, by, ONE)]
    assert state(said, approvers, ONE) == before


@given(acts, shown)
def test_words_of_who_is_not_named_count_for_nothing(acts: list[Act], shown: UUID | None) -> None:
    now = state(acts, {ANA}, shown)
    assert now.signed <= {ANA}
    assert now.declined <= {ANA}
    of_others = {SIGNED, DECLINED, WITHDRAWN}
    without = [act for act in acts if act.by == ANA or act.kind not in of_others]
    assert state(without, {ANA}, shown) == now


@given(acts, approvers, shown, st.sampled_from(GATES))
def test_sent_back_it_stands_there_and_nothing_is_signed(
    acts: list[Act], approvers: frozenset[UUID], shown: UUID | None, stage: str
) -> None:
    now = state(acts, approvers, shown)
    if stage in now.earlier():
        back = state([*acts, Act(RETURNED, stage, ANA, shown)], approvers, shown)
        assert back == SignOffState(stage, waits_for=approvers)


def test_the_whole_way() -> None:
    way: list[Act] = []
    for stage, then in zip(GATES, STAGES[1:], strict=True):
        way.append(Act(SIGNED, stage, ANA, ONE))
        assert state(way, {ANA, BO}, ONE) == SignOffState(
            stage, frozenset({ANA}), waits_for=frozenset({BO})
        )
        way.append(Act(SIGNED, stage, BO, ONE))
        assert state(way, {ANA, BO}, ONE).is_passed
        way.append(Act(ADVANCED, stage, BO, ONE))
        assert state(way, {ANA, BO}, ONE).stage == then
    assert state(way, {ANA, BO}, TWO).stage == MASTER, "another version is not approved yet"
    assert state(way, {ANA, BO}, ONE).is_approved, "and the first one still is"


def test_it_begins_as_a_draft() -> None:
    assert state([], [], ONE) == SignOffState(DRAFT)
    assert state([Act(ADVANCED, DRAFT, ANA, ONE)], [], ONE).stage == MIX
