"""Which apps, middleware and templates make the site."""

from pathlib import Path

from config import embedded
from config.lib import env

BASE_DIR = Path(__file__).resolve().parents[2]
STATE_DIR = embedded.state_dir()

DEBUG = env.flag("NEXUS_DEBUG")
SECRET_KEY = env.text("NEXUS_SECRET_KEY") or embedded.secret_key()
# Where it is kept; None: by the environment.
SECRET_KEY_FILE = None if env.text("NEXUS_SECRET_KEY") else STATE_DIR / "secret_key"
ALLOWED_HOSTS = env.words("NEXUS_HOSTS", "localhost,127.0.0.1,[::1]")
# Where forms may come from; the first is also what the addresses in mails begin with.
CSRF_TRUSTED_ORIGINS = [origin.rstrip("/") for origin in env.words("NEXUS_ORIGINS")]
# The site's own: empty, it is made of hosts and port (config.lib.origins), never of a request.
SITE_ORIGINS = [origin for origin in CSRF_TRUSTED_ORIGINS if "*" not in origin]
# The whole site below a path, which the proxy in front leaves on: /music. It is part of the URLconf
# (config.urls), so that no request, thread or worker can have another one.
NEXUS_PREFIX = env.prefix("NEXUS_PREFIX")
FORCE_SCRIPT_NAME = ""
SITE_NAME = env.text("NEXUS_SITE_NAME", "Nexus")
SOURCE_URL = env.text("NEXUS_SOURCE_URL")

INSTALLED_APPS = [
    "daphne",
    "config.apps.ConfigConfig",
    "moderation",
    "assistant",
    "economics",
    "social",
    "tracks",
    "media_pipeline",
    "config.apps.OwnAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.OwnStaticFilesConfig",
    "django.contrib.postgres",
    "channels",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "config.lib.page_cache.PageCacheMiddleware",
    "config.middleware.compression.PageCompressionMiddleware",
    "config.middleware.own_origin.OwnOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.lib.headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.middleware.sessions.ReadingSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.person.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.possible.PossibleMiddleware",
    "config.middleware.allowed_from.AllowedFromMiddleware",
    "config.middleware.rate_limit.RateLimitMiddleware",
    "config.middleware.former_slugs.FormerSlugMiddleware",
    "config.middleware.attesting.AttestingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.lib.templates.FilesystemLoader", "config.lib.templates.AppLoader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": ["config.lib.templatetags.nexus"],
        },
    }
]

LANGUAGE_CODE = "en"
TIME_ZONE = env.text("NEXUS_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = f"{NEXUS_PREFIX}/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.assets.bundle.JoinedFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.assets.npm.NpmFinder",
]
# name below vendor/ → file below node_modules/; nothing else of npm is ever served
NPM_STATIC = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "hx-ws.js": "htmx.org/dist/ext/hx-ws.min.js",
    "display.woff2": "@fontsource-variable/syne/files/syne-latin-wght-normal.woff2",
    "text.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
    "hls.js": "hls.js/dist/hls.light.min.mjs",
    "md5.js": "js-md5/build/md5-lite.min.mjs",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "config.lib.logs.RedactFilter"}},
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["redact"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("NEXUS_LOG_LEVEL", "WARNING")},
}
