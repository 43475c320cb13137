"""XML that others read: written with the standard library, and never with what XML cannot hold."""

import re
from xml.etree import ElementTree

# Characters outside the production Char of XML 1.0 (section 2.2).
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def put(parent: ElementTree.Element, name: str, text: str = "", /, **attributes: str) -> None:
    """Add an element with its text and attributes, without what XML cannot hold."""
    clean = {key: UNWRITABLE.sub("", value) for key, value in attributes.items()}
    ElementTree.SubElement(parent, name, clean).text = UNWRITABLE.sub("", text) or None


def document(root: ElementTree.Element) -> bytes:
    """Return the whole document in UTF-8."""
    data: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data
