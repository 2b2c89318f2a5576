"""Change what a file says, and leave the rest as its writer wrote it.

A file of notes has comments, blank lines, an order and a style of quoting. Writing the data anew would lose all that.
So the old text is cut into one chunk per entry, and only the chunks with changed data are written again:

    claims:
      # the headline          ─┐
      near-equals:             │ chunk: goes, stays and moves with its comment
        text: …                │ changed: only these words are replaced
        kind: prediction      ─┘
                              ── gap: blank lines and loose comments stay where they are
      us-power: …             ── chunk: the same data, the same text

ruamel.yaml cannot replace this: reading and writing alone changes 2 of our 4 files, and each of 7 files of odd layout.

The result is read once more. If its data are wrong (a layout that cannot be cut, such as changed anchors), coarser
chunks are tried, and in the end the whole file is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from argmap.findings import Path
from argmap.store import yaml_writer
from argmap.store.locations import ALSO
from argmap.store.match_entries import by_id, longest_rise, origins_of_items, origins_of_keys
from argmap.store.plain_data import same
from argmap.store.yaml_spans import YamlValue, yaml_tree

FINEST, BY_ENTRY, BY_SECTION = 100, 2, 1
"""Depth of the cut: down to the words, to claims and relations, or to sections."""
_ABSENT = object()


class _CannotSpliceError(Exception):
    """A layout that cannot be cut here."""


def patched(text: str, old: dict[str, Any], new: dict[str, Any], says: Callable[[str], bool]) -> str:
    """Return the text with only those parts rewritten in which `new` differs from `old`.

    Parameters
    ----------
    text : str
        A YAML file.
    old, new : dict
        The data that it has and the data that it should have, as `to_data` returns them.
    says : callable
        Tells whether a text reads as `new`.
    """
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n")
    unix = text.replace("\r\n", "\n") if windows else text
    bom = "\ufeff" if unix.startswith("\ufeff") else ""
    unix = unix.removeprefix("\ufeff")
    for depth in (FINEST, BY_ENTRY, BY_SECTION):
        try:
            attempt = _Splicer(unix, depth).whole(old, new)
        except _CannotSpliceError:
            continue
        if says(attempt):
            break
    else:
        attempt = yaml_writer.document(new)
    return bom + (attempt.replace("\n", "\r\n") if windows else attempt)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """An entry of a collection: `start` is where its own comments begin, `head` where its key or dash does."""

    start: int
    head: int
    end: int
    """The end of its last line, with the comment on that line."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An entry of the new text: written anew, or made from an old chunk."""

    text: str
    origin: int | None
    name: str = ""


class _Splicer:
    """Cuts one text, down to a depth."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.depth = depth

    def whole(self, old: dict[str, Any], new: dict[str, Any]) -> str:
        root = yaml_tree(self.text)
        if root is None or root.sort != "keys" or root.flow:
            raise _CannotSpliceError
        return self.text[: root.start] + self._keys(root, old, new, ()) + self.text[self._line_end(root.end) :]

    # --- collections: from their first character to the end of their last line ------------------------------------

    def _keys(self, spot: YamlValue, old: dict[str, Any], new: dict[str, Any], path: Path) -> str:
        indent = self._column(spot.start)
        chunks = self._chunks(spot, [key.start for key in spot.keys])
        at = {key.word(self.text): n for n, key in enumerate(spot.keys)}
        origins = origins_of_keys(at, old, new, path)
        names = {n: name for name, n in at.items()}
        wanted: list[_Wanted] = []
        for key, value in new.items():
            origin, here = origins[key], (*path, key)
            if origin is None:
                wanted.append(_Wanted(yaml_writer.entry(key, value, indent, here), None, key))
                continue
            renamed = names[origin] not in (key, *ALSO.get(key, ()))
            before = old[names[origin]] if renamed else old.get(key, _ABSENT)
            name = yaml_writer.key_text(key) if renamed else None
            text = self._entry(spot.keys[origin], spot.values[origin], chunks[origin], name, before, value, here)
            wanted.append(_Wanted(text, origin, key))
        if not by_id(path):
            wanted = self._in_order_of_file(wanted, chunks, old, names)
        return self._assembled(chunks, wanted, indent, path)

    def _list(self, spot: YamlValue, old: list[Any], new: list[Any], path: Path) -> str:
        if len(spot.values) != len(old):
            raise _CannotSpliceError
        indent = self._column(spot.start)
        chunks = self._chunks(spot, [self._dash(item) for item in spot.values])
        wanted = []
        for n, (value, origin) in enumerate(zip(new, origins_of_items(old, new), strict=True)):
            here = (*path, n)
            if origin is None:
                wanted.append(_Wanted("- " + yaml_writer.item(value, indent, here), None))
            else:
                text = self._item(spot.values[origin], chunks[origin], old[origin], value, here)
                wanted.append(_Wanted(text, origin))
        return self._assembled(chunks, wanted, indent, path)

    def _in_order_of_file(
        self, wanted: list[_Wanted], chunks: list[_Chunk], old: dict[str, Any], names: dict[int, str]
    ) -> list[_Wanted]:
        """Keep the file's order of fields; put a new field after the one that precedes it in the model."""
        placed = {entry.origin: entry for entry in wanted if entry.origin is not None}
        for n, name in names.items():
            # A field with its default value (`commitment: asserted`) is in neither data, and stays.
            if n not in placed and not any(other in old for other in (name, *ALSO.get(name, ()))):
                placed[n] = _Wanted(self.text[chunks[n].start : chunks[n].end], n, name)
        ordered = [placed[n] for n in sorted(placed)]
        before = -1
        for entry in wanted:
            if entry.origin is None:
                ordered.insert(before + 1, entry)
            before = ordered.index(entry)
        return ordered

    def _assembled(self, chunks: list[_Chunk], wanted: list[_Wanted], indent: int, path: Path) -> str:
        """Join entries with the gaps that stood between them."""
        if not wanted:
            raise _CannotSpliceError
        gaps = [self.text[before.end : after.start] for before, after in pairwise(chunks)]
        kept = longest_rise([entry.origin for entry in wanted])
        apart = _stand_apart(gaps, path)
        out: list[str] = []
        last = -1
        for n, entry in enumerate(wanted):
            stays = entry.origin if n in kept else None
            if stays is not None and last >= 0:
                out.append(_merged(gaps[last:stays]))
            elif n:
                blank = apart and (bool(path) or {wanted[n - 1].name, entry.name} & yaml_writer.SECTIONS)
                out.append(("\n\n" if blank else "\n") + " " * indent)
            if stays is not None:
                # If the first entries were removed, the comments between them stay.
                out.append(_loose(gaps[:stays], indent) if last < 0 else "")
                last = stays
            out.append(entry.text)
        rest = _loose(gaps[max(last, 0) :], indent).rstrip()
        return "".join(out) + (f"\n{' ' * indent}{rest}" if rest else "")

    # --- entries: from their comments to the end of their last line ----------------------------------------------

    def _entry(
        self, key: YamlValue, value: YamlValue, chunk: _Chunk, written: str | None, old: Any, new: Any, path: Path
    ) -> str:
        """Return a key and its value; `written` is the new name of the key, if it has one."""
        above, name = self.text[chunk.start : chunk.head], written or self.text[key.start : key.end]
        if same(old, new):
            return above + name + self.text[key.end : chunk.end]
        indent = self._column(key.start)
        body = self._value(value, chunk, indent, old, new, path)
        if body is not None:
            return above + name + self.text[key.end : value.start] + body
        after = yaml_writer.after_key(new, indent, indent + len(name) + 1, path)
        remark = self._remark(value, chunk)
        return above + name + ":" + (remark + after if after.startswith("\n") else after + remark)

    def _item(self, value: YamlValue, chunk: _Chunk, old: Any, new: Any, path: Path) -> str:
        if same(old, new):
            return self.text[chunk.start : chunk.end]
        indent = self._column(chunk.head)
        body = self._value(value, chunk, indent, old, new, path)
        if body is not None:
            return self.text[chunk.start : value.start] + body
        above = self.text[chunk.start : chunk.head]
        return above + "- " + yaml_writer.item(new, indent, path) + self._remark(value, chunk)

    def _value(self, spot: YamlValue, chunk: _Chunk, indent: int, old: Any, new: Any, path: Path) -> str | None:
        """Return the new text from `spot.start` to the end of the chunk; `None` if the entry must be rewritten."""
        if len(path) < self.depth and not spot.flow:
            if spot.sort == "keys" and isinstance(new, dict) and isinstance(old, dict) and new:
                return self._keys(spot, old, new, path)
            if spot.sort == "list" and isinstance(new, list) and isinstance(old, list) and new:
                return self._list(spot, old, new, path)
        if spot.start == spot.end or (spot.sort in ("keys", "list") and not spot.flow):
            return None
        column = self._column(spot.start)
        on_line = "\n" not in self.text[chunk.head : spot.start]
        remark = self.text[spot.end : chunk.end]
        if isinstance(new, dict | list):
            inline = yaml_writer.flow(new, path) if spot.flow else yaml_writer.words_or_flow(new, indent, column, path)
            fits = inline is not None and (
                column + len(inline) <= yaml_writer.WIDTH or "\n" in self.text[spot.start : spot.end]
            )
            return f"{inline}{remark}" if fits else None
        inner = indent + yaml_writer.STEP if on_line else column
        body = yaml_writer.words(
            new,
            inner,
            column,
            quoted=spot.mark == '"' or yaml_writer.is_quoted(path),
            style=spot.mark,
            lines=not remark.strip(),
        )
        return body + remark

    def _remark(self, value: YamlValue, chunk: _Chunk) -> str:
        """Return the comment after a value that is rewritten."""
        return self.text[value.end : chunk.end] if value.flow or value.sort in ("words", "alias") else ""

    # --- where chunks begin and end --------------------------------------------------------------------------------

    def _chunks(self, spot: YamlValue, heads: Sequence[int]) -> list[_Chunk]:
        chunks: list[_Chunk] = []
        column = self._column(spot.start)
        for n, (head, value) in enumerate(zip(heads, spot.values, strict=True)):
            start = self._comments_above(head, chunks[-1].end) if n else head
            if self._column(head) != column or (n and self.text[self._line_start(head) : head].strip()):
                raise _CannotSpliceError
            chunks.append(_Chunk(start, head, self._line_end(max(value.end, head))))
        return chunks

    def _comments_above(self, head: int, floor: int) -> int:
        """Return the start of the comments directly above an entry, with the same indent."""
        start, indent = head, " " * self._column(head)
        line = self._line_start(head)
        while line > floor + 1:
            above = self.text.rfind("\n", 0, line - 1) + 1
            if above <= floor or not self.text.startswith(f"{indent}#", above):
                break
            start, line = above + len(indent), above
        return start

    def _dash(self, item: YamlValue) -> int:
        """Return the position of the dash of a list item."""
        at = item.start - 1
        while at > 0 and self.text[at].isspace():
            at -= 1
        if self.text[at] != "-":
            raise _CannotSpliceError
        return at

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Return the end of the line, if only a comment stands before it."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        rest = self.text[at:end].strip()
        if rest and not rest.startswith("#"):
            raise _CannotSpliceError
        return at + len(self.text[at:end].rstrip())

    def _column(self, at: int) -> int:
        return at - self._line_start(at)


# --- what lies between entries -----------------------------------------------------------------------------------------


def _stand_apart(gaps: list[str], path: Path) -> bool:
    """Return whether new neighbours get a blank line between them, as most entries here have."""
    if not path:
        return any("\n\n" in gap for gap in gaps)
    if gaps:
        return sum(gap.startswith("\n\n") for gap in gaps) * 2 > len(gaps)
    return len(path) == 1 and path[0] in yaml_writer.APART


def _merged(gaps: list[str]) -> str:
    """Return the gap left after entries are removed: the comments of all gaps, or else the widest gap."""
    lines = [line for gap in gaps if "#" in gap for line in gap.split("\n")[1:-1]]
    if not lines:
        return max(gaps, key=lambda gap: gap.count("\n"))
    first, last = gaps[0].split("\n")[0], gaps[-1].split("\n")[-1]
    return "\n".join([first, *lines, last])


def _loose(gaps: list[str], indent: int) -> str:
    """Return the comments of gaps whose entries were removed."""
    lines = [line.strip() for gap in gaps for line in gap.split("\n") if line.strip()]
    return "".join(f"{line}\n{' ' * indent}" for line in lines)
