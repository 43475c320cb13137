"""Django's settings, every one of them moved by an environment variable where it makes sense."""

from config.settings.api import *  # noqa: F403
from config.settings.assistant import *  # noqa: F403
from config.settings.core import *  # noqa: F403
from config.settings.data import *  # noqa: F403
from config.settings.media import *  # noqa: F403
from config.settings.money import *  # noqa: F403
from config.settings.people import *  # noqa: F403
from config.settings.safety import *  # noqa: F403
