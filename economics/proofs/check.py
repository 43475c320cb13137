"""Check that what you gave is in the totals that a Nexus has published.

    python3 check.py proof.json money.json [older-money.json]

Each is a file or an https address. `proof.json` is yours alone; `money.json` is what everybody
reads at /transparency/money.json; an older copy of it, where you have kept one, shows that nothing
of what was published then was changed since. This file needs Python 3.9 or later and nothing else.

What is given is a leaf; leaves are joined in pairs, and these again, to one root for each batch
(RFC 6962, section 2.1). Each node holds sums beside its hash, and is hashed with the sums of both
below it: so a root's sums cannot be other than those of all its leaves. No sum is below zero, so
that nothing can be made less; what was given back is a sum of its own.
"""

import hashlib
import json
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

FORMAT, LINES_MOST = "nexus.proof.1", 10_000
LEAF, NODE, HEAD = b"\x00", b"\x01", b"\x02"  # what is hashed as one is never read as another
LINE = re.compile(r"[a-z_.]{1,60}(:[A-Za-z0-9_-]{1,60})?")
HASH = re.compile(r"[0-9a-f]{64}")


class Wrong(Exception):
    """Something does not fit; the sentence says what."""


def canonical(value: Any) -> bytes:
    """Return the one way in which this can be written as bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def digest(kind: bytes, value: Any) -> str:
    """Return SHA-256, in hex, of what is told."""
    return hashlib.sha256(kind + canonical(value)).hexdigest()


def leaf(content: Any) -> Any:
    """Return the node of a leaf. Its content has a nonce, without which nobody can guess it."""
    return {"hash": digest(LEAF, content), "sums": dict(content["lines"])}


def add(*sums: dict[str, int]) -> dict[str, int]:
    """Return these sums added, line by line; what is zero is left out."""
    found: dict[str, int] = {}
    for one in sums:
        for line, amount in one.items():
            found[line] = found.get(line, 0) + amount
    return {line: amount for line, amount in found.items() if amount}


def join(left: Any, right: Any) -> Any:
    """Return the node above two others."""
    told = [left["hash"], left["sums"], right["hash"], right["sums"]]
    return {"hash": digest(NODE, told), "sums": add(left["sums"], right["sums"])}


def split(count: int) -> int:
    """Return how many leaves are on the left: the largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def root(nodes: list[Any]) -> Any:
    """Return the node above all these; there is at least one."""
    if len(nodes) == 1:
        return nodes[0]
    at = split(len(nodes))
    return join(root(nodes[:at]), root(nodes[at:]))


def path(nodes: list[Any], position: int) -> list[Any]:
    """Return the nodes beside the way from one leaf to the root, the lowest first."""
    if len(nodes) == 1:
        return []
    at = split(len(nodes))
    if position < at:
        return [*path(nodes[:at], position), root(nodes[at:])]
    return [*path(nodes[at:], position - at), root(nodes[:at])]


def climb(node: Any, position: int, count: int, beside: list[Any]) -> Any:
    """Return the root that follows from a leaf and the nodes beside its way."""
    if count == 1:
        if beside:
            raise Wrong("The path is longer than the batch is deep.")
        return node
    if not beside:
        raise Wrong("The path is shorter than the batch is deep.")
    at = split(count)
    if position < at:
        return join(climb(node, position, at, beside[:-1]), beside[-1])
    return join(beside[-1], climb(node, position - at, count - at, beside[:-1]))


def head(batch: Any) -> str:
    """Return what stands for a batch and every one before it."""
    told = [batch[name] for name in ("previous", "number", "count", "root", "sums")]
    return digest(HEAD, told)


def sums_of(value: Any, where: str) -> dict[str, int]:
    """Return sums as they were told. Raises Wrong for what is none."""
    if not isinstance(value, dict) or len(value) > LINES_MOST:
        raise Wrong(f"{where}: the sums are none.")
    for line, amount in value.items():
        if not LINE.fullmatch(line) or type(amount) is not int or amount < 0:
            raise Wrong(f"{where}: {line!r} cannot be {amount!r}: no sum is below zero.")
    return value


def check_published(money: Any) -> None:
    """Raise Wrong unless the totals are the sum of all batches, and each follows the one before."""
    previous, total = "", add()
    for number, batch in enumerate(money["batches"], 1):
        where = f"Batch {number}"
        if batch["number"] != number or batch["previous"] != previous:
            raise Wrong(f"{where} does not follow the one before it.")
        if batch["head"] != head(batch):
            raise Wrong(f"{where} is not what its head says.")
        previous, total = batch["head"], add(total, sums_of(batch["sums"], where))
    whole = sums_of(money["totals"], "The totals")
    waiting = sums_of(money["waiting"], "What waits for a batch")
    if add(whole) != add(total, waiting):
        raise Wrong("The totals are not the sum of all batches and of what waits for one.")


def check_older(money: Any, older: Any) -> None:
    """Raise Wrong where a batch that was published before is not there as it was."""
    if older["batches"] != money["batches"][: len(older["batches"])]:
        raise Wrong("What was published before was changed since.")


def check_step(step: Any, proof: Any, money: Any) -> dict[str, int]:
    """Raise Wrong unless one step of a contribution is in its batch; return its sums."""
    content, number, count = step["leaf"], step["batch"], step["count"]
    if content["contribution"] != proof["contribution"]:
        raise Wrong("A leaf of this proof is of another contribution.")
    if not 1 <= number <= len(money["batches"]):
        raise Wrong(f"Batch {number} was not published.")
    batch = money["batches"][number - 1]
    if batch["count"] != count or not 0 <= step["position"] < count:
        raise Wrong(f"Batch {number} has {batch['count']} leaves, and not {count}.")
    where = f"Batch {number}, the path"
    for node in step["path"]:
        if not HASH.fullmatch(node["hash"]):
            raise Wrong(f"{where}: {node['hash']!r} is no hash.")
        sums_of(node["sums"], where)
    lines = sums_of(content["lines"], "Your leaf")
    found = climb(leaf(content), step["position"], count, step["path"])
    if found["hash"] != batch["root"] or found["sums"] != batch["sums"]:
        raise Wrong(f"Your leaf does not lead to the root of batch {number}.")
    return lines


def told(amount: int, proof: Any) -> str:
    """Return an amount in figures."""
    digits = proof["decimals"]
    words = str(amount).rjust(digits + 1, "0")
    at = len(words) - digits
    number = f"{words[:at]}.{words[at:]}" if digits else words
    return f"{number} {proof['currency']}"


def check(proof: Any, money: Any, older: Any = None) -> list[str]:
    """Return sentences of what was found. Raises Wrong where something does not fit."""
    if proof["format"] != FORMAT or money["format"] != FORMAT:
        raise Wrong("This is a format that this script does not know. Fetch it again.")
    if (proof["currency"], proof["decimals"]) != (money["currency"], money["decimals"]):
        raise Wrong("The proof is in another currency than the totals.")
    check_published(money)
    if older:
        check_older(money, older)
    if not proof["steps"]:
        raise Wrong("Nothing of this contribution is in a batch yet. Fetch the proof again later.")
    found = ["The published totals are the sum of all batches and of what waits for one."]
    if older:
        found.append(f"All {len(older['batches'])} batches of before are there, unchanged.")
    for step in proof["steps"]:
        lines = check_step(step, proof, money)
        shares = ", ".join(f"{line} {told(sum_, proof)}" for line, sum_ in sorted(lines.items()))
        found.append(f"Your {step['leaf']['kind']} is in batch {step['batch']}: {shares}.")
    came = [
        one["leaf"] for one in proof["steps"] if one["leaf"]["kind"] in ("received", "declared")
    ]
    if len(came) != 1 or sum(came[0]["lines"].values()) != proof["amount"]:
        raise Wrong(f"The shares do not make {told(proof['amount'], proof)}: compare your receipt.")
    found.append(f"Together they make the {told(proof['amount'], proof)} you gave.")
    return found


def load(where: str) -> Any:
    """Return what is at an address or in a file."""
    if where.startswith(("https://", "http://")):
        with urllib.request.urlopen(where, timeout=60) as answer:  # noqa: S310 - as was asked for
            return json.load(answer)
    return json.loads(Path(where).read_text(encoding="utf-8"))


def main(words: list[str]) -> int:
    """Check what the command line names; return what the shell is told."""
    if len(words) not in (2, 3):
        print(__doc__)
        return 2
    try:
        for sentence in check(*map(load, words)):
            print(sentence)
    except Wrong as wrong:
        print(f"WRONG: {wrong}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"WRONG: this cannot be read ({type(error).__name__}: {error}).")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
