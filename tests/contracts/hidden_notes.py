"""Who may do what to notes that stand on a hidden version only: its owner, and nobody else.

A row names a route, a method, the query and what is sent; then the status for the owner, for a
visitor without an account and a guest by a review link, and for everybody who is signed in: a
stranger, a reviewer, an approver, the writer of the note, and staff. (The words are the writer's,
so the owner may not change them either.)
"""

from typing import Any, NamedTuple


class Row(NamedTuple):
    """One request; `{note}`, `{track}`, `{slug}` and `{news}` stand in its path."""

    method: str
    path: str
    owner: int
    unknown: int = 404  # a visitor, a guest of the link, and the key of the link
    known: int = 404  # anybody who is signed in
    form: dict[str, Any] | None = None
    json: dict[str, Any] | None = None


WORDS = {"body_md": "Secret answer."}
BODY = {"body": "Secret answer."}
REPLY = {"parent": "{note}", "body": "Secret answer."}

ROWS = [
    Row("GET", "/notes/{note}/", 200),
    Row("GET", "/notes/{note}/?v=1", 404),
    Row("POST", "/notes/{note}/replies/", 302, form=WORDS),
    Row("POST", "/notes/{note}/words/", 403, form=WORDS),
    Row("POST", "/notes/{note}/removal/", 302),
    Row("POST", "/notes/{note}/resolution/", 302),
    Row("POST", "/notes/{note}/reopening/", 302),
    Row("POST", "/notes/{note}/assignee/", 302, form={"to": ""}),
    Row("GET", "/tracks/{track}/notes/?v=2", 200),
    Row("POST", "/tracks/{track}/notes/?v=2", 302, form={"at": "0:10", "body_md": "Here."}),
    Row("GET", "/api/v1/notes/{note}/", 200),
    Row("PATCH", "/api/v1/notes/{note}/", 403, json=BODY),
    Row("DELETE", "/api/v1/notes/{note}/", 204),
    Row("POST", "/api/v1/notes/{note}/resolution/", 201, unknown=401),
    Row("DELETE", "/api/v1/notes/{note}/resolution/", 200, unknown=401),
    Row("PUT", "/api/v1/notes/{note}/assignee/", 200, unknown=401, json={"handle": None}),
    Row("GET", "/api/v1/tracks/{track}/notes/?v=2", 200),
    Row("POST", "/api/v1/tracks/{track}/notes/", 201, json=REPLY),
    Row("POST", "/api/v1/tracks/{track}/notes/?v=2", 201, json={"at_ms": 5, "body": "Here."}),
    Row("GET", "/tracks/{slug}/notes/export/?v=2", 200),
    Row("POST", "/notifications/{news}/", 404, unknown=302),
]
