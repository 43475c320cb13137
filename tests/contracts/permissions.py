"""Who may do what: every route with every method that does something.

A row names a route, a method, and the status each of four people gets: a visitor who is not signed
in, a stranger, the owner, and a moderator. `test_permissions.py` walks the routes and asks. What is
not in this table must be refused to everybody.

302 is the way to the sign-in page, except where `SENT_ON` says that it follows a deed.
"""

from typing import Any, NamedTuple


class Row(NamedTuple):
    """One route and method; `on` names the thing of the cast that the address is about."""

    route: str
    method: str
    on: str
    visitor: int
    stranger: int
    owner: int
    staff: int
    data: dict[str, Any] | None = None


NOTE_FORM = {"at": "0:10", "body_md": "Here."}
TRACK_FORM = {"title": "New", "description_md": "", "visibility": "private"}

PAGES = [
    Row("home", "GET", "", 200, 200, 200, 200),
    Row("search", "GET", "", 200, 200, 200, 200),
    Row("search-counts", "GET", "", 200, 200, 200, 200),
    Row("search-passages", "GET", "", 200, 200, 200, 200),
    Row("api-search", "GET", "", 200, 200, 200, 200),
    Row("api-search", "POST", "", 415, 415, 415, 415, {"query": "harbour"}),
    Row("api-search-counts", "GET", "", 200, 200, 200, 200),
    Row("api-suggest", "GET", "", 200, 200, 200, 200),
    Row("upload", "GET", "", 302, 200, 200, 200),
    Row("my-uploads", "GET", "", 302, 200, 200, 200),
    Row("upload-abort", "POST", "upload", 302, 404, 302, 404),
    Row("demo-fill", "POST", "", 302, 302, 302, 302),
    Row("profile", "GET", "owner", 200, 200, 200, 200),
    Row("artist-page", "GET", "", 302, 200, 200, 200),
    Row("artist-page", "POST", "", 302, 302, 302, 302, {"accent": "b4552d"}),
    Row("artist-section-move", "POST", "", 302, 302, 302, 302, {"to": "0"}),
    Row("artist-picture-add", "POST", "", 302, 302, 302, 302, {"for": "header"}),
    Row("artist-picture-change", "POST", "picture", 302, 404, 302, 404, {"do": "remove"}),
    Row("artist-picture-original", "GET", "picture", 302, 404, 200, 404),
    Row("artist-picture", "GET", "picture", 200, 200, 200, 200),
    Row("artist-picture", "GET", "closed-picture", 404, 404, 200, 404),
    Row("artist-press", "GET", "picture", 200, 200, 200, 200),
    Row("track-detail", "GET", "public", 200, 200, 200, 200),
    Row("track-detail", "GET", "unlisted", 404, 404, 200, 404),
    Row("track-detail", "GET", "private", 404, 404, 200, 404),
    Row("track-unlisted", "GET", "unlisted", 200, 200, 200, 200),
    Row("track-unlisted", "GET", "private", 404, 404, 404, 404),
    Row("track-unlisted", "GET", "public", 404, 404, 404, 404),
    Row("track-as-listener", "GET", "public", 302, 404, 200, 404),
    Row("track-edit", "GET", "public", 302, 404, 200, 404),
    Row("track-edit", "POST", "public", 302, 404, 302, 404, TRACK_FORM),
    Row("track-delete", "GET", "public", 302, 404, 200, 404),
    Row("track-delete", "POST", "public", 302, 404, 302, 404),
    Row("blind-tests", "GET", "public", 302, 404, 200, 404),
    Row("stems", "GET", "public", 302, 404, 200, 404),
    Row("stem-edit", "POST", "stem", 302, 404, 422, 404),
    Row("stem-move", "POST", "stem", 302, 404, 302, 404),
    Row("stem-delete", "POST", "stem", 302, 404, 302, 404),
    Row("track-visual", "GET", "public", 302, 404, 200, 404),
    Row("track-visual-remove", "POST", "public", 302, 404, 302, 404),
    Row("track-notes", "GET", "public", 200, 200, 200, 200),
    Row("track-notes", "GET", "unlisted", 404, 404, 200, 404),
    Row("track-notes", "GET", "private", 404, 404, 200, 404),
    Row("track-notes", "POST", "public", 403, 302, 302, 302, NOTE_FORM),
    Row("track-notes", "POST", "private", 404, 404, 302, 404, NOTE_FORM),
    Row("note", "GET", "public", 200, 200, 200, 200),
    Row("note", "GET", "private", 404, 404, 200, 404),
    Row("note-reply", "POST", "public", 403, 302, 302, 302, {"body_md": "Yes."}),
    Row("note-reply", "POST", "private", 404, 404, 302, 404, {"body_md": "Yes."}),
    Row("note-edit", "POST", "public", 403, 403, 302, 403, {"body_md": "Anew."}),
    Row("note-remove", "POST", "private", 404, 404, 302, 404),
    Row("note-resolve", "POST", "private", 404, 404, 302, 404),
    Row("note-reopen", "POST", "private", 404, 404, 302, 404),
    Row("note-assign", "POST", "private", 404, 404, 302, 404),
    Row("me", "GET", "", 302, 302, 302, 302),
    # Behind a fresh proof of who it is: tests/social/departure.
    Row("departure", "GET", "", 302, 302, 302, 302),
    Row("departure", "POST", "", 302, 302, 302, 302, {"handle": "owner"}),
    Row("departure-keep", "POST", "", 302, 302, 302, 302),
    Row("me-menu", "GET", "", 403, 200, 200, 200),
    Row("api-me-marks", "GET", "", 401, 200, 200, 200),
    Row("notifications", "GET", "", 302, 200, 200, 200),
    Row("notification", "POST", "public", 302, 404, 302, 404),
    Row("notifications-read", "POST", "", 302, 302, 302, 302),
    Row("record", "GET", "", 302, 200, 200, 200),
    Row("track-record", "GET", "public", 302, 404, 200, 404),
    Row("track-versions", "GET", "public", 302, 404, 200, 404),
    Row("track-difference", "GET", "public", 301, 301, 301, 301),
    Row("track-comparison", "GET", "public", 200, 200, 200, 200),
    Row("track-comparison", "GET", "unlisted", 404, 404, 200, 404),
    Row("track-comparison", "GET", "private", 404, 404, 200, 404),
    Row("version-edit", "GET", "public", 302, 404, 200, 404),
    Row("version-edit", "POST", "public", 302, 404, 302, 404, {"label": "New"}),
    Row("version-primary", "POST", "public", 302, 404, 302, 404),
    Row("version-hide", "POST", "public", 302, 404, 302, 404),
    Row("version-restore", "POST", "public", 302, 404, 302, 404),
    Row("version-delete", "GET", "public", 302, 404, 200, 404),
    Row("version-delete", "POST", "public", 302, 404, 302, 404),
    Row("exports", "GET", "", 302, 200, 200, 200),
    Row("export-make", "POST", "", 302, 302, 302, 302),
    Row("export-download", "GET", "export", 302, 404, 200, 404),
    Row("export-download", "HEAD", "export", 302, 404, 200, 404),
    Row("version-job", "GET", "public", 200, 200, 200, 200),
    Row("version-job", "GET", "private", 404, 404, 200, 404),
    Row("job-retry", "POST", "failed", 302, 404, 302, 302),
    Row("accent-css", "GET", "", 200, 200, 200, 200),
    Row("health", "GET", "", 200, 200, 200, 200),
    Row("payment-hook", "POST", "", 404, 404, 404, 404),  # who may tell here has a key
]

MUSIC = [
    Row("media-file", "GET", "signed", 200, 200, 200, 200),
    Row("media-file", "HEAD", "signed", 200, 200, 200, 200),
    Row("media-file", "OPTIONS", "signed", 204, 204, 204, 204),
    Row("media-file", "GET", "unsigned", 403, 403, 403, 403),
]

API = [
    Row("api-schema", "GET", "", 200, 200, 200, 200),
    Row("api-exports", "GET", "", 401, 200, 200, 200),
    Row("api-exports", "POST", "", 401, 202, 202, 202),
    Row("api-export", "GET", "export", 401, 404, 200, 404),
    Row("api-limits", "GET", "", 401, 200, 200, 200),
    Row("api-uploads", "POST", "", 401, 400, 400, 400),
    Row("api-upload", "GET", "upload", 401, 404, 200, 404),
    Row("api-upload", "PATCH", "upload", 401, 404, 400, 404),
    Row("api-upload", "DELETE", "upload", 401, 404, 204, 404),
    Row("api-upload-sign", "POST", "upload", 401, 404, 400, 404),
    Row("api-upload-complete", "POST", "upload", 401, 404, 400, 404),
    Row("upload-part", "PUT", "upload", 403, 403, 403, 403),
    Row("api-stems", "GET", "public", 200, 200, 200, 200),
    Row("api-stems", "GET", "private", 404, 404, 200, 404),
    Row("api-stem", "GET", "stem", 200, 200, 200, 200),
    Row("api-stem", "PATCH", "stem", 401, 404, 200, 404),
    Row("api-stem", "DELETE", "stem", 401, 404, 204, 404),
    Row("api-blind-tests", "GET", "public", 401, 404, 200, 404),
    Row("api-blind-tests", "POST", "public", 400, 400, 400, 400),
    Row("api-blind-tests", "POST", "private", 404, 404, 400, 404),
    Row("api-blind-test", "GET", "blind-test", 404, 404, 200, 404),
    Row("api-blind-test", "PUT", "blind-test", 404, 404, 404, 404),
    Row("api-blind-test-answers", "POST", "blind-test", 404, 404, 404, 404),
    Row("blind-media", "GET", "blind-test", 404, 404, 404, 404),
    Row("api-version", "GET", "public", 200, 200, 200, 200),
    Row("api-version", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-version", "GET", "private", 404, 404, 200, 404),
    Row("api-version", "PATCH", "public", 401, 404, 200, 404),
    Row("api-version", "DELETE", "public", 401, 404, 409, 404),
    Row("api-version-primary", "POST", "public", 401, 404, 200, 404),
    Row("api-version-hiding", "POST", "public", 401, 404, 409, 404),
    Row("api-version-hiding", "DELETE", "public", 401, 404, 200, 404),
    Row("api-track-versions", "GET", "public", 200, 200, 200, 200),
    Row("api-track-alignments", "GET", "public", 200, 200, 200, 200),
    Row("api-track-versions", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-alignments", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-track-versions", "GET", "private", 404, 404, 200, 404),
    Row("api-track-alignments", "GET", "private", 404, 404, 200, 404),
    Row("api-list", "GET", "public", 200, 200, 200, 200),
    Row("api-list", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-list", "GET", "private", 404, 404, 200, 404),
    Row("api-queue", "GET", "", 401, 200, 200, 200),
    Row("api-queue", "PATCH", "", 401, 400, 400, 400),
    Row("api-version-visual", "GET", "public", 200, 200, 200, 200),
    Row("api-version-visual", "GET", "private", 404, 404, 200, 404),
    Row("api-notes", "GET", "public", 200, 200, 200, 200),
    Row("api-notes", "GET", "unlisted", 404, 404, 200, 404),
    Row("api-notes", "GET", "private", 404, 404, 200, 404),
    Row("api-notes", "POST", "public", 400, 400, 400, 400),
    Row("api-notes", "POST", "private", 404, 404, 400, 404),
    Row("api-note", "GET", "public", 200, 200, 200, 200),
    Row("api-note", "GET", "private", 404, 404, 200, 404),
    Row("api-note", "PATCH", "private", 404, 404, 400, 404),
    Row("api-note", "DELETE", "public", 403, 403, 204, 403),
    Row("api-note-resolution", "POST", "public", 401, 403, 201, 403),
    Row("api-note-resolution", "DELETE", "public", 401, 403, 200, 403),
    Row("api-note-assignee", "PUT", "public", 401, 400, 400, 400),
    Row("api-note-assignee", "PUT", "private", 401, 404, 400, 404),
    Row("api-job-retry", "POST", "failed", 401, 404, 202, 202),
]

# allauth's own pages: for everybody, for who is signed in, for who is not.
ACCOUNT = [
    Row("account_login", "GET", "", 200, 302, 302, 302),
    Row("account_signup", "GET", "", 200, 302, 302, 302),
    Row("account_logout", "GET", "", 302, 200, 200, 200),
    Row("account_logout", "POST", "", 302, 302, 302, 302),
    Row("account_inactive", "GET", "", 200, 200, 200, 200),
    Row("account_email", "GET", "", 302, 200, 200, 200),
    Row("account_email_verification_sent", "GET", "", 200, 200, 200, 200),
    Row("account_change_password", "GET", "", 302, 200, 200, 200),
    Row("account_set_password", "GET", "", 302, 302, 302, 302),
    Row("account_reset_password", "GET", "", 200, 200, 200, 200),
    Row("account_reset_password_done", "GET", "", 200, 200, 200, 200),
    Row("account_reset_password_from_key_done", "GET", "", 200, 200, 200, 200),
    Row("mfa_index", "GET", "", 302, 200, 200, 200),
]

# A review link is a key: whoever holds it is let in. It lets do:
# tests/social/review/test_guests.py.
REVIEW = [
    Row("review-page", "GET", "link", 200, 200, 200, 200),
    Row("review-page", "GET", "ended", 410, 410, 410, 410),
    Row("review-password", "POST", "link", 422, 422, 422, 422),
    Row("review-name", "POST", "link", 422, 422, 422, 422),
    Row("review-name", "POST", "ended", 410, 410, 410, 410),
    Row("review-play", "POST", "link", 204, 204, 204, 204),
    Row("review-settings", "GET", "public", 302, 404, 200, 404),
    Row("review-policy", "POST", "public", 302, 404, 302, 404, {"who": "owner"}),
    Row("reviewer-add", "POST", "public", 302, 404, 302, 404, {"reviewer-handle": "stranger"}),
    Row("reviewer-remove", "POST", "asked", 302, 404, 302, 404),
    Row("approver-add", "POST", "public", 302, 404, 302, 404, {"approver-handle": "stranger"}),
    Row("approver-remove", "POST", "asked", 302, 404, 302, 404),
    Row("review-link-add", "POST", "public", 302, 404, 302, 404, {"days": "7"}),
    Row("review-link-revoke", "POST", "link", 302, 404, 302, 404),
    Row("review-guest-remove", "POST", "link", 302, 404, 302, 404),
    Row("notes-import", "POST", "public", 302, 404, 422, 404),
    Row("notes-export", "GET", "public", 404, 404, 200, 404),
    Row("notes-export", "GET", "private", 404, 404, 200, 404),
    Row("sign-off", "POST", "public", 302, 404, 302, 404),
]

ROWS = REVIEW + PAGES + MUSIC + API + ACCOUNT

# Routes judged elsewhere, by name or by its beginning, with the reason.
ELSEWHERE = {
    "admin:": "every admin route: staff only, tested in test_permissions.py",
    "mfa_": "allauth's own second factor, behind a fresh sign-in; its pages: tests/social",
    "account_reauthenticate": "part of the second factor",
    "account_confirm_login_code": "a step of signing in, refused without one",
    "account_confirm_email": "the key in the address decides",
    "account_reset_password_from_key": "the key in the address decides",
}
# The view whose only task is to answer 404 below /api/.
UNNAMED = {"^api/"}
