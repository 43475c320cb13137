"""A bar for people: one line, drawn now and then, whole at its end, and nothing for programs."""

import io

from config.lib.terminal import Bar


class Screen(io.StringIO):
    """A stream somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_it_is_drawn_now_and_then_and_whole_at_the_end() -> None:
    screen = Screen()
    with Bar(screen) as bar:
        for done in range(1, 1001):
            bar.show("copying", done, 1000)
    drawn = screen.getvalue().split("\r")[1:]
    assert len(drawn) < 500
    assert "100 %  copying" in drawn[-1]
    assert screen.getvalue().endswith("\n")


def test_what_has_no_end_yet_is_not_drawn_each_time() -> None:
    screen = Screen()
    with Bar(screen) as bar:
        for done in range(1000):
            bar.show("looking", done, 0)
    assert screen.getvalue().count("looking") < 500


def test_a_shorter_line_leaves_nothing_of_the_longer_one() -> None:
    screen = Screen()
    with Bar(screen) as bar:
        bar.show("a long stage", 0, 0)
        bar.show("short", 0, 0)
    assert screen.getvalue().split("\r")[-1] == "short".ljust(len("a long stage")) + "\n"


def test_nothing_is_written_where_nobody_looks() -> None:
    stream = io.StringIO()
    with Bar(stream) as bar:
        bar.show("copying", 1, 2)
    assert stream.getvalue() == ""
