"""Headers, cookies and what a browser may do with our pages."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config.lib import env, origins
from config.settings.core import ALLOWED_HOSTS, NEXUS_PREFIX, SITE_ORIGINS

# Behind TLS everything below is switched on together: NEXUS_SECURE=1.
SECURE = env.flag("NEXUS_SECURE")

# How many proxies of ours stand in front: that many addresses of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.number("NEXUS_PROXIES", 0)

SECURE_SSL_REDIRECT = SECURE
# Not where the request says it came to.
SECURE_SSL_HOST = (
    urlsplit((SITE_ORIGINS or origins.of_hosts(ALLOWED_HOSTS, secure=True))[0]).netloc
    if SECURE
    else None
)
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

MEDIA_ORIGINS = env.words("NEXUS_MEDIA_ORIGINS")  # e.g. the S3 endpoint that browsers talk to

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *MEDIA_ORIGINS],
        "media-src": [SELF, "blob:", *MEDIA_ORIGINS],
        "connect-src": [SELF, *MEDIA_ORIGINS],
        "font-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": SECURE,
    }
}

# Whose pages may show our small player in a frame; nothing else of ours may be framed at all.
NEXUS_EMBED_ANCESTORS = env.words("NEXUS_EMBED_ANCESTORS", "*")

DEFAULT_EXCEPTION_REPORTER = "config.lib.logs.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.lib.logs.ReportFilter"
WHITENOISE_ALLOW_ALL_ORIGINS = False

CORS_ALLOWED_ORIGINS = env.words("NEXUS_CORS_ORIGINS")
CORS_URLS_REGEX = rf"^{NEXUS_PREFIX}/api/"

# What we ask of other sites goes to the public internet only (config.lib.http); tests have a server
# of their own on this machine.
NEXUS_FETCH_LOOPBACK = env.flag("NEXUS_FETCH_LOOPBACK")
# In tests alone, whose code sets it: host and port that stand for every name of the internet.
NEXUS_FETCH_DOUBLE: tuple[str, int] | None = None
# Which resolvers are asked for records of names (config.lib.names): addresses, with a port after a
# colon; the machine's own, if empty.
NEXUS_RESOLVERS = env.words("NEXUS_RESOLVERS")

# Whether a program has to say `attested` where it opens music to others; else doing so says it.
NEXUS_ATTEST_EXPRESSLY = env.flag("NEXUS_ATTEST_EXPRESSLY")

# Keys of sealed fields (config.lib.cipher); without a file, one made of the site's secret.
NEXUS_KEY_FILE = env.text("NEXUS_KEY_FILE")

# From where the admin and the API may be used: addresses and networks; everywhere, if empty.
NEXUS_ADMIN_FROM = env.networks("NEXUS_ADMIN_FROM")
NEXUS_API_FROM = env.networks("NEXUS_API_FROM")

# Bodies other than upload parts are small; parts are streamed and never meet this limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
PAGE_CACHE_SECONDS = env.number("NEXUS_PAGE_CACHE_SECONDS", 10)
