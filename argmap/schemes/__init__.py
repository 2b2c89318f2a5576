"""Find an argumentation scheme by any of its names; the list itself is `schemes.yaml` in this folder.

A map may name any scheme. One from the list is found however it is spelt:

    >>> canonical("CauseToEffect"), canonical("Argument from Cause to Effect"), canonical("my own scheme")
    ('cause to effect', 'cause to effect', 'my own scheme')
    >>> canonical("Default Inference") is None
    True

The schemes are those of Walton, Reed & Macagno, *Argumentation Schemes* (2008, chapter 9), and a few of AIFdb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

__all__ = ["SCHEMES", "Scheme", "aif_name", "canonical", "named"]

if TYPE_CHECKING:
    SCHEMES: tuple[Scheme, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A stereotype of reasoning: what it argues, and the questions that test it."""

    name: str
    says: str
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other names, beside the spellings that differ in case, spaces and small words."""


def __getattr__(name: str) -> Any:
    if name == "SCHEMES":
        return _schemes()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def canonical(name: str) -> str | None:
    """Return the name that the list gives a scheme.

    Parameters
    ----------
    name : str
        A scheme as a file spells it: `CauseToEffect`, `Cause To Effect`, `argument from cause to effect`.

    Returns
    -------
    str or None
        The name as written if the list does not have it; `None` for the words with which formats say that no scheme is
        named, such as `Default Inference`.
    """
    key = _key(name)
    return None if key in _no_scheme() else _names().get(key, name.strip())


def named(name: str) -> Scheme | None:
    """Return the scheme of that name, however spelt; `None` if the list does not have it."""
    known = canonical(name)
    return next((scheme for scheme in _schemes() if scheme.name == known), None)


def aif_name(name: str) -> str:
    """Return the name in the spelling of AIFdb, `Cause To Effect`; a name that is not on the list stays as it is."""
    return name.title() if any(scheme.name == name for scheme in _schemes()) else name


_SMALL = {"argument", "arguments", "argumentation", "scheme", "from", "for", "an", "a", "the", "of", "and", "its"}
_NO_SCHEME = ("", "default", "RA", "CA", "MA", "PA", "no scheme")
_DEFAULTS = ("Default Inference", "Default Conflict", "Default Rephrase", "Default Preference")


def _key(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()
    return " ".join(word for word in re.findall(r"\w+", words.replace("_", " ")) if word not in _SMALL)


@cache
def _schemes() -> tuple[Scheme, ...]:
    """Read the list: 2 ms, once, and only when a scheme is asked for."""
    import yaml

    text = Path(__file__).with_name("schemes.yaml").read_text("utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - makes only strings
    return tuple(
        Scheme(name, entry["says"], tuple(entry.get("questions", ())), tuple(entry.get("aliases", ())))
        for name, entry in data.items()
    )


@cache
def _names() -> dict[str, str]:
    return {_key(name): scheme.name for scheme in _schemes() for name in (scheme.name, *scheme.aliases)}


@cache
def _no_scheme() -> frozenset[str]:
    return frozenset(map(_key, (*_NO_SCHEME, *_DEFAULTS)))
