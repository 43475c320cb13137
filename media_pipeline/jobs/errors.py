"""How work says why it did not succeed. Any other error is ours, and counts as a crash."""


class Permanent(Exception):
    """It can never succeed as it is: it ends, with a sentence for whoever asked for it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


class Transient(Exception):
    """It may succeed later; `after` is how many seconds the other side has asked for."""

    def __init__(self, code: str, sentence: str, after: float | None = None) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.after = code, sentence, after
