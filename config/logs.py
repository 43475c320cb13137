"""Keeping keys out of logs: whoever reads a log must not be able to use what passed by."""

import logging
import re

HIDDEN = "[hidden]"
_RULES = [
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # /m/<expiry>/<scope>/<signature>/…
        (r"(/m/\d+/[a-z]+/)[\w-]+", rf"\1{HIDDEN}"),
        # the key in an unlisted address, in a password reset, in an e-mail confirmation
        (r"(/t/)[\w-]{16,}", rf"\1{HIDDEN}"),
        (r"(/password/reset/key/)[^\s/\"']+", rf"\1{HIDDEN}"),
        (r"(/confirm-email/)[^\s/\"']+", rf"\1{HIDDEN}"),
        # keys in a query, with S3's own names
        (
            r"([?&;](?:token|key|code|password|secret|signature|sig|x-amz-signature|"
            r"x-amz-credential|x-amz-security-token|awsaccesskeyid)=)[^&\s\"'#]+",
            rf"\1{HIDDEN}",
        ),
        (r"\bnxs_[\w-]+", HIDDEN),
        (r"\b(authorization['\"]?\s*[:=]\s*['\"]?\w+\s+)[^\s'\",]+", rf"\1{HIDDEN}"),
        (r"\b((?:sessionid|csrftoken)['\"]?\s*[:=]\s*['\"]?)[\w-]+", rf"\1{HIDDEN}"),
        (r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+(@)", rf"\1{HIDDEN}\2"),
    )
]


def redact(text: str) -> str:
    """Return `text` without signatures, tokens, query secrets, cookies and URL passwords."""
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
