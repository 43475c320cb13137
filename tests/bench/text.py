"""What the longest texts cost, whatever they say."""

from typing import Any

from tests.contracts.texts import FRAGMENTS, NESTED, cost_ms, filled, nested


def measure() -> dict[str, Any]:
    """Return, for the longest description, the milliseconds of an ordinary one and of the worst."""
    from config.lib.markdown import to_html

    longest = 20_000

    def render(text: str) -> object:
        to_html.cache_clear()
        return to_html(text)

    ordinary = filled("Some *words* and a link to https://a.example/x here.\n\n", longest)
    worst = [filled(fragment, longest) for fragment in FRAGMENTS]
    worst += [nested(opening, closing, longest) for opening, closing in NESTED]
    costs = {text[:12]: cost_ms(render, text) for text in worst}
    slowest = max(costs, key=lambda text: costs[text])
    return {
        "characters": longest,
        "ordinary_ms": round(cost_ms(render, ordinary), 1),
        "worst_ms": round(costs[slowest], 1),
        "worst": slowest,
    }
