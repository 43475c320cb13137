"""Every key that can be written has neighbours on the circle of fifths."""

from itertools import product

import pytest

from tracks.criteria import music_keys
from tracks.music_facts.rules import camelot, pitch_of

WRITTEN = ["".join(parts) for parts in product("ABCDEFG", ("", "#", "b"), ("", "m"))]


@pytest.mark.parametrize("key", WRITTEN)
def test_what_goes_with_a_key_is_beside_it_on_the_wheel(key: str) -> None:
    read = music_keys.read(key)
    assert pitch_of(read) == pitch_of(key)
    hour, letter = int(camelot(key)[:-1]), camelot(key)[-1]
    other = {"A": "B", "B": "A"}[letter]
    near = {f"{hour}{letter}", f"{hour}{other}"}
    near |= {f"{(hour - 1 + step) % 12 + 1}{letter}" for step in (1, -1)}
    assert {camelot(name) for name in music_keys.fitting(read)} == near
