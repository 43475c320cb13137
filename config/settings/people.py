"""Accounts: who signs in, how, and how often they may fail."""

from config.lib import env

AUTH_USER_MODEL = "social.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "social.accounts.backends.PeopleBackend",
]
PASSWORD_HASHERS = ["social.accounts.hashers.TurnTakingArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "social.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "social.accounts.forms.SignupForm",
    "reset_password": "social.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "social.accounts.forms.ResetPasswordKeyForm",
    "change_password": "social.accounts.forms.ChangePasswordForm",
    "add_email": "social.accounts.forms.AddEmailForm",
    "reauthenticate": "social.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "social.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "social.accounts.forms.ActivateTOTPForm",
    "authenticate": "social.accounts.forms.AuthenticateForm",
    "reauthenticate": "social.accounts.forms.ReauthenticateCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = env.text("NEXUS_EMAIL_VERIFICATION", "optional")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# "strict": who signs up with an address that has an account gets one of their own, like anybody;
# the address is theirs once they have confirmed it. So no answer tells who is here.
ACCOUNT_PREVENT_ENUMERATION = "strict"
# How long somebody who deletes their account may still come back.
NEXUS_LEAVE_DAYS = env.number("NEXUS_LEAVE_DAYS", 14)
# For how many days moderators are shown where a new account links to other sites.
NEXUS_NEWCOMER_LINK_DAYS = env.number("NEXUS_NEWCOMER_LINK_DAYS", 7)
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts these
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

AXES_FAILURE_LIMIT = env.number("NEXUS_LOGIN_FAILURES", 8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "social.accounts.lockout.address_of"
AXES_USERNAME_CALLABLE = "social.accounts.lockout.account_tried"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True

# For how long the archive of somebody's data can be fetched.
NEXUS_EXPORT_DAYS = env.number("NEXUS_EXPORT_DAYS", 7)

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "nexus@localhost")
