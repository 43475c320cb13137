"""Forms with files in them (RFC 7578), for whom this site asks something."""

import secrets
from collections.abc import Iterable
from typing import NamedTuple


class Form(NamedTuple):
    """A body, and the Content-Type that tells where its parts end."""

    body: bytes
    type: str


def form(fields: Iterable[tuple[str, str]], *, file: tuple[str, str, str, bytes]) -> Form:
    """Return a form of these fields and one file: its field, its name, its type, its bytes.

    Names are ours: letters, digits, `-_.[]` and nothing that would have to be quoted.
    """
    edge = secrets.token_hex(24)  # in no file, but by a chance of 1 in 2^192
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    field, name, kind, data = file
    where = f'form-data; name="{field}"; filename="{name}"'
    head = f"--{edge}\r\nContent-Disposition: {where}\r\nContent-Type: {kind}\r\n\r\n"
    parts += [head.encode(), data, f"\r\n--{edge}--\r\n".encode()]
    return Form(b"".join(parts), f"multipart/form-data; boundary={edge}")
