"""Find the span of each value in a YAML text, for `splice`.

PyYAML's marks end a block where the next value begins. Here a value ends at its last visible character, so that
comments and blank lines lie between values, and stay there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlValue:
    """A value in a text, from its first character to its last."""

    sort: Literal["words", "keys", "list", "alias"]
    start: int
    end: int
    flow: bool = False
    """It is written `{…}` or `[…]`."""
    mark: str | None = None
    """The style of a scalar: `'`, `"`, `|`, `>`, or empty for plain."""
    keys: list[YamlValue] = field(default_factory=list)
    """The keys, for `keys`."""
    values: list[YamlValue] = field(default_factory=list)
    """The values under the keys, or the items of a list."""

    def word(self, text: str) -> str:
        """Return a key as it reads."""
        written = text[self.start : self.end]
        return str(yaml.safe_load(written)) if self.mark else written


def yaml_tree(text: str) -> YamlValue | None:
    """Return the tree of a text that is known to be a YAML document within the limits of `yaml_reader`."""
    open_: list[YamlValue] = []
    root: YamlValue | None = None
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            closed = open_.pop()
            if closed.sort == "keys":
                closed.keys, closed.values = closed.values[::2], closed.values[1::2]
            last = closed.values[-1:] or closed.keys[-1:]
            closed.end = last[0].end if last and not closed.flow else _index(event.end_mark)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        spot = _spot(event, text)
        if open_:
            open_[-1].values.append(spot)
        root = root or spot
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(spot)
    return root


def _spot(event: yaml.NodeEvent, text: str) -> YamlValue:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if isinstance(event, yaml.AliasEvent):
        return YamlValue("alias", start, end)
    if isinstance(event, yaml.ScalarEvent):
        # The marks of `|` and `>` reach over the blank lines below.
        end = len(text[start:end].rstrip()) + start
        return YamlValue("words", start, end, mark=event.style or "")
    flow = bool(event.flow_style)  # type: ignore[attr-defined]
    return YamlValue("keys" if isinstance(event, yaml.MappingStartEvent) else "list", start, end, flow)


def _index(mark: Any) -> int:
    """Return an offset in the text; events of a text always have marks."""
    return int(mark.index)
