"""Reading FFmpeg's words on loudness, whole or in pieces."""

import pytest

from media_pipeline.steps.loudness import Loudness, LoudnessCurve, on_passages, parse_summary

SUMMARY = """[Parsed_ebur128_3 @ 0x7f] Summary:

  Integrated loudness:
    I:         {i} LUFS
    Threshold: -33.5 LUFS

  Loudness range:
    LRA:         {lra} LU
    Threshold: -43.5 LUFS
    LRA low:   -28.2 LUFS
    LRA high:  -19.2 LUFS

  True peak:
    Peak:       {peak} dBFS
"""


@pytest.mark.parametrize(
    ("i", "lra", "peak", "expected"),
    [
        ("-23.2", "9.0", "-5.9", Loudness(-23.2, 9.0, -5.9)),
        ("-10.3", "3.3", "1.4", Loudness(-10.3, 3.3, 1.4)),
        ("-70.0", "0.0", "-inf", Loudness(None, None, None)),
        ("-70.0", "0.0", "-80.0", Loudness(None, None, -80.0)),
        ("nan", "nan", "nan", Loudness(None, None, None)),
    ],
)
def test_the_summary_is_read(i, lra, peak, expected):
    assert parse_summary(SUMMARY.format(i=i, lra=lra, peak=peak)) == expected


def test_the_last_summary_counts():
    words = SUMMARY.format(i="-1.0", lra="1", peak="9") + SUMMARY.format(
        i="-20.0", lra="2", peak="-1"
    )
    assert parse_summary(words) == Loudness(-20.0, 2.0, -1.0)


def test_without_a_summary_nothing_is_known():
    assert parse_summary("Conversion failed!") == Loudness(None, None, None)


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_the_curve_has_one_value_a_second(step):
    lines = [
        f"frame:{n} pts:{n} pts_time:{n / 10}\nlavfi.r128.S={-n / 10 - 5:.3f}\n" for n in range(35)
    ]
    lines[19] = "frame:19 pts:19 pts_time:1.9\nlavfi.r128.S=nan\n"
    words = "".join(lines).encode()
    curve = LoudnessCurve()
    for start in range(0, len(words), step):
        curve.feed(words[start : start + step])
    assert curve.values == [-5.9, -70.0, -7.9]


def test_two_versions_are_measured_on_what_both_have() -> None:
    older = [-20.0] * 40
    newer = [-6.0] * 10 + [-23.0] * 40  # a loud introduction of ten seconds
    assert on_passages(older, newer, [(0, 40, 10)]) == (-20.0, -23.0)


def test_silence_and_what_is_far_below_the_rest_are_gated() -> None:
    older = [-20.0] * 20 + [-45.0] * 20 + [-70.0] * 5
    newer = [-20.0] * 20 + [-20.0] * 20 + [-20.0] * 5
    assert on_passages(older, newer, [(0, 45, 0)]) == (-20.0, -20.0)


def test_too_little_in_common_has_no_loudness() -> None:
    assert on_passages([-20.0] * 9, [-20.0] * 9, [(0, 6, 0)]) is None
    assert on_passages([], [], []) is None
    assert on_passages([None] * 20, [-20.0] * 20, [(0, 20, 0)]) is None
