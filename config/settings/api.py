"""The REST API."""

from config.lib import env
from config.settings.core import NEXUS_PREFIX
from config.settings.safety import TRUSTED_PROXIES

NEXUS_PROXIES = TRUSTED_PROXIES
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "social.accounts.api.BearerTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.lib.api.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.lib.problems.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["config.lib.api.throttling.MinuteThrottle"],
    # How many proxies of ours stand in front: so many last entries of X-Forwarded-For are true.
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# Requests per minute.
NEXUS_API_RATE_ANON = env.number("NEXUS_API_RATE_ANON", 600)
NEXUS_API_RATE_USER = env.number("NEXUS_API_RATE_USER", 3000)

SPECTACULAR_SETTINGS = {
    "TITLE": "Nexus",
    "DESCRIPTION": "A self-hosted home for music.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": f"{NEXUS_PREFIX}/api/v1",
    # Fields of one name with different choices: how their types are called in the schema.
    "ENUM_NAME_OVERRIDES": {
        "ReleaseKindEnum": "tracks.models.Release.Kind",
        "TrackVisibilityEnum": "tracks.models.Track.Visibility",
        "NoteVisibilityEnum": "social.models.Note.Visibility",
        "JobStateEnum": "media_pipeline.models.Job.State",
        "StemRoleEnum": "tracks.models.Stem.Role",
        "CreditRoleEnum": "tracks.credits.serializers.ROLES",
        "TagKindEnum": "tracks.models.Tag.Kind",
        "ScopeEnum": "moderation.models.Scope",
        "PayLinkKindEnum": "economics.models.PayLink.Kind",
        "WhereEnum": "assistant.models.consent.Where",
    },
}
