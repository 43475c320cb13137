"""The composition root as an app: it carries the commands and template tags of the whole site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Tell the doctor and Django's own checks what to look at; say what packages keep."""
        from config import checks, deploy_checks, kept  # noqa: F401 - the second registers itself

        checks.register_all()
        kept.register_all()


class OwnStaticFilesConfig(StaticFilesConfig):
    """Leaves out what no page of ours uses: htmx comes from npm, the browsable API is off."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx", "rest_framework"]


class OwnAdminConfig(admin_apps.AdminConfig):
    """The admin behind a second factor, in which every act is written down."""

    default = False  # of this module: ConfigConfig is

    default_site = "social.staff.admin.StaffSite"
