"""Where keys stand in addresses of this site: the one list of what no log may show.

`config.lib.logs` makes its rules of it, and `python -m config.setup.nginx_log` the map for nginx.
"""

from typing import NamedTuple


class Door(NamedTuple):
    """A path behind which a key stands."""

    path: str
    before: str = ""  # the regular expression of what may be read between the path and the key
    key: str = r"[\w-]{16,}"


DOORS = (
    Door("m", r"\d+/[a-z]+/", r"[\w-]+"),  # /m/<expiry>/<scope>/<signature>/…
    Door("u", r"[\w-]+/\d+/\?(?:[^\s\"']{0,200}&)?signature=", r"[\w-]+"),
    Door("t"),  # unlisted tracks, releases and playlists
    Door("rel"),
    Door("p"),
    Door("join"),  # invitations to a playlist
    Door("r"),  # review links
    Door("report"),  # how a report stands
    Door("support/given"),  # how a contribution stands
    Door("contributions"),  # what somebody gave, for whoever gave it
    Door("bought"),  # what was bought without an account
    Door("decisions"),  # a decision, for whom it touches
    Door("blind", r"[\w-]+/\d+/\d+/", r"[\w-]+"),  # /blind/<test>/<trial>/<expiry>/<signature>/…
    Door("accounts/password/reset/key", "", r"[^\s/\"']+"),
    Door("accounts/confirm-email", "", r"[^\s/\"']+"),
)

# Names of query parameters, S3's own among them.
QUERY = (
    *("token", "key", "code", "password", "secret", "signature", "sig"),
    *("x-amz-signature", "x-amz-credential", "x-amz-security-token", "awsaccesskeyid"),
)

# Letters, digits, "-", "_", "/" and "=" with percent signs: written so a key would not be found.
PLAIN = r"%(2[dDfF]|3[0-9dD]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aA])"
