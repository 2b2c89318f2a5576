"""Name the page of a file: unique in the report, the same in every run, and allowed on every file system.

    1996.yaml                1996
    speeches/1996.yaml       speeches-1996-f71f9e4b
    Straße nach „Osten“.json strasse-nach-osten-json-1875dc7c

A name that had to be changed ends with a part of the hash of its path. So no other file can come to the same name, neither
now nor in a later run.
"""

from __future__ import annotations

import hashlib
import re
from unicodedata import normalize

LONGEST = 60
_PLAIN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_HASHED = re.compile(r"-[0-9a-f]{8}\Z")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""Names that Windows gives to no file."""


def page_name(inside: str) -> str:
    """Name a page after the path of its file in the folder: small letters, digits, `-` and `_`, without `.html`.

    >>> page_name("1996.yaml"), page_name("1996.json") == page_name("1996.yaml"), page_name("Con.yaml")
    ('1996', False, 'con-37d7b57f')
    """
    name = inside.removesuffix(".yaml")
    if name != inside and _PLAIN.fullmatch(name) and len(name) <= LONGEST and not _special(name):
        return name
    folded = normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    short = _NOT_PLAIN.sub("-", folded).strip("-")[:LONGEST].strip("-")
    return f"{short or 'text'}-{hashlib.sha256(inside.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _special(name: str) -> bool:
    return bool(_RESERVED.match(name) or _HASHED.search(name))
