"""The axis on which two versions stand above each other."""

from tracks.versions.side_by_side import Axis, Piece, by_bar, by_second, own_time


def test_second_above_second_both_run_as_they_are() -> None:
    assert by_second(3000, 5000) == Axis([Piece(0, 0, 3000)], [Piece(0, 0, 5000)], 5000)


def test_an_introduction_lets_the_other_one_wait() -> None:
    axis = by_bar([[0, 10_000, 4000]], 10_000, 14_000)
    assert axis.a == [Piece(4000, 0, 10_000)]
    assert axis.b == [Piece(0, 0, 4000), Piece(4000, 4000, 10_000)]
    assert axis.span == 14_000
    assert own_time(axis.a, 2000) is None
    assert own_time(axis.a, 5000) == 1000
    assert own_time(axis.b, 5000) == 5000


def test_bars_taken_out_and_bars_put_in_stand_alone() -> None:
    # `a` loses 10 s–14 s; `b` has 2 s of its own there, and ends 1 s later.
    axis = by_bar([[0, 10_000, 0], [14_000, 20_000, -2000]], 20_000, 19_000)
    assert [piece.length for piece in axis.a] == [10_000, 4000, 6000]
    assert [piece.length for piece in axis.b] == [10_000, 2000, 6000, 1000]
    assert axis.span == 10_000 + 4000 + 2000 + 6000 + 1000
    assert own_time(axis.b, axis.a[2].at) == 12_000


def test_nothing_in_common_is_one_after_the_other() -> None:
    axis = by_bar([], 3000, 2000)
    assert (axis.a, axis.b, axis.span) == ([Piece(0, 0, 3000)], [Piece(3000, 0, 2000)], 5000)
