"""Keeping keys out of logs: whoever reads a log must not be able to use what passed by."""

import logging
import re
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from config.lib import keys_in_addresses

HIDDEN = "[hidden]"
ADDRESSES = {
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
}
_PLAIN = re.compile(keys_in_addresses.PLAIN)
_SLASH = "(?:/|%2F)"
_RULES = [
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        *(
            (
                rf"({_SLASH}{door.path.replace('/', _SLASH)}{_SLASH}{door.before}){door.key}",
                rf"\1{HIDDEN}",
            )
            for door in keys_in_addresses.DOORS
        ),
        (rf"([?&;](?:{'|'.join(keys_in_addresses.QUERY)})=)[^&\s\"'#]+", rf"\1{HIDDEN}"),
        (r"\bnxs_[\w-]+", HIDDEN),
        (r"\b(authorization['\"]?\s*[:=]\s*['\"]?\w+\s+)[^\s'\",]+", rf"\1{HIDDEN}"),
        (r"\b((?:sessionid|csrftoken)['\"]?\s*[:=]\s*['\"]?)[\w-]+", rf"\1{HIDDEN}"),
        # Bounded: at every letter of a path that a client has chosen a scheme could begin.
        (r"(\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@]{0,200}:)[^\s/@]{1,500}(@)", rf"\1{HIDDEN}\2"),
    )
]


def redact(text: str) -> str:
    """Return `text` without signatures, tokens, query secrets, cookies and URL passwords."""
    text = _PLAIN.sub(lambda found: chr(int(found[1], 16)), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class RedactFilter(logging.Filter):
    """Rewrites each record in place, its traceback included; never drops one."""

    _formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record; always True."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


class ReportFilter(SafeExceptionReporterFilter):
    """Leaves out local variables by their names; Django does so only where a view was marked.

    And whoever asked: an address in a mail is kept for years.
    """

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        """Return what came with the request, without anybody's address."""
        meta = super().get_safe_request_meta(request)
        return {name: HIDDEN if name in ADDRESSES else value for name, value in meta.items()}

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: Any) -> Any:
        """Return a frame's variables, with stars for those whose name tells of a secret."""
        return [
            (name, self.cleansed_substitute if self.hidden_settings.search(name) else value)
            for name, value in super().get_traceback_frame_variables(request, tb_frame)
        ]


class Reporter(ExceptionReporter):
    """Django's error reports (mails to administrators, the debug page) without keys."""

    def get_traceback_html(self) -> SafeString:
        """Return the report as a page, redacted."""
        return self._cleansed(super().get_traceback_html())

    def get_traceback_text(self) -> SafeString:
        """Return the report as text, redacted."""
        return self._cleansed(super().get_traceback_text())

    def _cleansed(self, report: SafeString) -> SafeString:
        """Redact a report; Django lists the query's values far from their names."""
        text: str = report
        query = self.request.GET if self.request else {}
        for name, value in query.items():
            if ReportFilter.hidden_settings.search(name) and value:
                text = text.replace(value, HIDDEN)
        return mark_safe(redact(text))  # noqa: S308 - escaped by Django; only words were taken out
