"""`python -m config.setup.nginx_log`: writes which addresses nginx logs without their keys."""

from pathlib import Path

from config.lib.keys_in_addresses import DOORS, PLAIN, QUERY

PLACE = Path(__file__).resolve().parents[2] / "docker" / "nginx" / "hidden.conf"


def text() -> str:
    """Return the file: a map from the address as it came to the one that is logged."""
    doors = "|".join(door.path for door in DOORS)
    names = "|".join(QUERY)
    return f"""# Made by `python -m config.setup.nginx_log` of config/lib/keys_in_addresses.py.
# Keys stay out of the log. What spells plain letters with percent signs could hold one.
map $request_uri $logged_uri {{
    default $request_uri;
    "~^[^?]*{PLAIN}" "-";
    "~*^(?<door>[^?]*?/(?:{doors}))/" "$door/-";
    "~^(?<page>[^?]*)\\?.*{PLAIN}" "$page?-";
    "~*^(?<place>[^?]*)\\?(?:.*[&;])?(?:{names})=" "$place?-";
}}
"""


def main() -> None:
    """Write it."""
    PLACE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
