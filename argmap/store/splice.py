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

The result is read once more. If its data are wrong (a layout that cannot be cut), or if it lacks a comment, coarser
chunks are tried. A comment inside words that are written anew moves above their entry; a comment goes only with its
entry. If nothing keeps every comment, the file is not saved. JSON and `{…}` are cut in the same way.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from argmap.findings import ArgmapError, Finding, Path, Place, brief
from argmap.store import yaml_writer
from argmap.store.locations import ALSO
from argmap.store.match_entries import by_id, longest_rise, origins_of_items, origins_of_keys
from argmap.store.plain_data import same
from argmap.store.yaml_spans import YamlValue, aliases, comments, head_of_key, header_comment, json_tree, yaml_tree

FINEST, BY_ENTRY, BY_SECTION = 100, 2, 1
"""Depth of the cut: down to the words, to claims and relations, or to sections."""
MOST_COMPARED = 5_000
"""Lines of a file with several kinds of line ends that are compared one by one."""
_ABSENT = object()


class _CannotSpliceError(Exception):
    """A layout that cannot be cut here."""


def patched(text: str, old: dict[str, Any], new: dict[str, Any], says: Callable[[str], bool]) -> str:
    """Return the text of a YAML file with only those parts rewritten in which the data `new` differ from `old`.

    `says` tells whether a text reads as `new`.
    """
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    bom = "\ufeff" if unix.startswith("\ufeff") else ""
    unix = unix.removeprefix("\ufeff")
    return bom + _with_ends_of(text.removeprefix("\ufeff"), _spliced(unix, old, new, says))


def patched_json(text: str, old: dict[str, Any], new: dict[str, Any], says: Callable[[str], bool]) -> str | None:
    """Return JSON text with only those parts rewritten in which `new` differs from `old`; `None` if it cannot be cut."""
    try:
        attempt = _Splicer(text, FINEST, json_tree(text), as_json=True).whole(old, new)
    except _CannotSpliceError:
        return None
    return attempt if says(attempt) else None


def _spliced(text: str, old: dict[str, Any], new: dict[str, Any], says: Callable[[str], bool]) -> str:
    root = yaml_tree(text)
    before = comments(text, root) if root else []
    for depth in (FINEST, BY_ENTRY, BY_SECTION):
        for written in _without_aliases(text):
            try:
                splicer = _Splicer(written, depth, yaml_tree(written))
                attempt = splicer.whole(old, new)
            except _CannotSpliceError:
                continue
            if says(attempt) and not _lost(before, attempt, splicer.gone):
                return attempt
    if before:
        at = before[0]
        message = (
            f"the layout of this file cannot be changed without losing a comment ({brief(at[1])}); nothing is saved."
        )
        hint = "Write it in plain block style, one key a line, and save again."
        raise ArgmapError(
            Finding("unwritable-file", "error", message, Place(None, text.count("\n", 0, at[0]) + 1), hint)
        )
    return yaml_writer.document(new)


def _lost(before: list[tuple[int, str]], after: str, gone: list[str]) -> bool:
    """Tell whether a text lacks comments, other than those that went with their entries."""
    root = yaml_tree(after)
    kept = Counter(words for _, words in comments(after, root)) if root else Counter()
    return bool(Counter(words for _, words in before) - Counter(gone) - kept)


def _without_aliases(text: str) -> Iterator[str]:
    """Yield a text as it is, and then with each alias written out, since a changed anchor would change them."""
    yield text
    targets: dict[str, str | None] = {}
    out: list[str] = []
    last = 0
    for start, end, anchor, value in aliases(text):
        if value is None:
            targets[anchor] = None
            out.append(text[last:start])
            last = end
            continue
        written = yaml_writer.flow(value, ())
        if written is None:
            return
        out += [text[last:start], written]
        last = end
    if targets:
        yield "".join(out) + text[last:]


def _with_ends_of(old: str, new: str) -> str:
    """Give each line of a new text the line end that it had in the old text, or that most lines have there."""
    ends = Counter(re.findall(r"\r\n|\r|\n", old))
    if set(ends) <= {"\n"}:
        return new
    most = ends.most_common(1)[0][0]
    if len(ends) == 1:
        return new.replace("\n", most)
    had = re.findall(r"([^\r\n]*)(\r\n|\r|\n|\Z)", old)
    lines = new.split("\n")
    words = [line for line, _ in had]
    first = next((n for n, (left, right) in enumerate(zip(words, lines, strict=False)) if left != right), 0)
    found = [most] * len(lines)
    for n in range(min(first, len(lines))):
        found[n] = had[n][1]
    if len(lines) - first < MOST_COMPARED:
        for block in SequenceMatcher(None, words[first:], lines[first:], autojunk=False).get_matching_blocks():
            for n in range(block.size):
                found[first + block.b + n] = had[first + block.a + n][1]
    return "".join(line + (end or most) for line, end in zip(lines[:-1], found, strict=False)) + lines[-1]


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

    def __init__(self, text: str, depth: int, root: YamlValue | None, *, as_json: bool = False) -> None:
        self.text = text
        self.depth = depth
        self.root = root
        self.as_json = as_json
        self.gone: list[str] = []
        """Comments of entries that are removed."""
        self.comments = comments(text, root) if root and not as_json else []

    def whole(self, old: dict[str, Any], new: dict[str, Any]) -> str:
        root = self.root
        if root is None or root.sort != "keys":
            raise _CannotSpliceError
        if root.flow:
            written = self._flow(root, old, new, ())
            if written is None:
                raise _CannotSpliceError
            return self.text[: root.start] + written + self.text[root.end :]
        return self.text[: root.start] + self._keys(root, old, new, ()) + self.text[self._line_end(root.end) :]

    # --- collections: from their first character to the end of their last line ------------------------------------

    def _keys(self, spot: YamlValue, old: dict[str, Any], new: dict[str, Any], path: Path) -> str:
        indent = self._column(spot.start)
        chunks = self._chunks(spot, [head_of_key(key, self.text) for key in spot.keys])
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
        origins = {entry.origin for entry in wanted}
        for n, chunk in enumerate(chunks):
            if n not in origins:
                self.gone += self._inside(chunk.start, chunk.end)
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
        name = written or self.text[key.start : key.end]
        if same(old, new):
            return self.text[chunk.start : key.start] + name + self.text[key.end : chunk.end]
        above, body, remark = self._changed(value, chunk, old, new, path, key.end)
        if body is not None:
            return above + self.text[chunk.head : key.start] + name + self.text[key.end : value.start] + body
        indent = self._column(chunk.head)
        after = yaml_writer.after_key(new, indent, indent + len(name) + 1, path)
        return above + name + ":" + (remark + after if after.startswith("\n") else after + remark)

    def _item(self, value: YamlValue, chunk: _Chunk, old: Any, new: Any, path: Path) -> str:
        if same(old, new):
            return self.text[chunk.start : chunk.end]
        above, body, remark = self._changed(value, chunk, old, new, path, chunk.head)
        if body is not None:
            return above + self.text[chunk.head : value.start] + body
        return above + "- " + yaml_writer.item(new, self._column(chunk.head), path) + remark

    def _changed(
        self, value: YamlValue, chunk: _Chunk, old: Any, new: Any, path: Path, start: int
    ) -> tuple[str, str | None, str]:
        """Return the comments above an entry, its value as `_value` does, and the comment after one that is rewritten.

        Comments behind `start` that have no place in the new text come to stand above.
        """
        indent, remark = self._column(chunk.head), ""
        lost: list[str] = []
        body = self._value(value, chunk, indent, old, new, path, lost)
        if body is None:
            remark = self._remark(value, chunk)
            lost = [words for words in self._inside(start, chunk.end) if words not in remark]
        above = "".join(f"{words}\n{' ' * indent}" for words in lost)
        return self.text[chunk.start : chunk.head] + above, body, remark

    def _inside(self, start: int, end: int) -> list[str]:
        """Return the comments in a stretch of the text."""
        first, last = (bisect_left(self.comments, (at, "")) for at in (start, end))
        return [words for _, words in self.comments[first:last]]

    def _value(
        self, spot: YamlValue, chunk: _Chunk, indent: int, old: Any, new: Any, path: Path, lost: list[str]
    ) -> str | None:
        """Return the new text from `spot.start` to the end of the chunk; `None` if the entry must be rewritten.

        Comments that have no place in the new text are added to `lost`.
        """
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
        if spot.flow and (written := self._flow(spot, old, new, path)) is not None:
            return written + remark
        lost += self._inside(spot.start + 1, spot.end)
        if header := header_comment(self.text, spot):
            remark = f"  {header}{remark}"
        if isinstance(new, dict | list):
            inline = yaml_writer.flow(new, path) if spot.flow else yaml_writer.words_or_flow(new, indent, column, path)
            fits = inline is not None and (
                column + len(inline) <= yaml_writer.WIDTH or "\n" in self.text[spot.start : spot.end]
            )
            if not fits:
                lost.clear()
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
        return body + ("" if body.startswith("|") else remark)

    # --- `{…}` and `[…]`, in YAML and JSON ---------------------------------------------------------------------------

    def _flow(self, spot: YamlValue, old: Any, new: Any, path: Path) -> str | None:
        """Return the new text of a collection in flow style; `None` if it must be rewritten."""
        if spot.sort == "keys" and isinstance(old, dict) and isinstance(new, dict):
            at = {key.word(self.text): n for n, key in enumerate(spot.keys)}
            names = {n: name for name, n in at.items()}
            origins = origins_of_keys(at, old, new, path)
            wanted = []
            for key, value in new.items():
                origin, here = origins[key], (*path, key)
                before = _ABSENT if origin is None else old.get(names[origin], old.get(key, _ABSENT))
                written = self._flow_entry(spot, origin, names, key, before, value, here)
                if written is None:
                    return None
                wanted.append(_Wanted(written, origin, key))
            if not by_id(path):
                chunks = [
                    _Chunk(key.start, key.start, value.end) for key, value in zip(spot.keys, spot.values, strict=True)
                ]
                wanted = self._in_order_of_file(wanted, chunks, old, names)
        elif spot.sort == "list" and isinstance(old, list) and isinstance(new, list) and len(old) == len(spot.values):
            wanted = []
            for n, (value, origin) in enumerate(zip(new, origins_of_items(old, new), strict=True)):
                inner = (
                    None if origin is None else self._flow_value(spot.values[origin], old[origin], value, (*path, n))
                )
                written = inner if origin is not None else self._flow_new(value, (*path, n), spot)
                if written is None:
                    return None
                wanted.append(_Wanted(written, origin))
        else:
            return None
        return self._flow_joined(spot, wanted)

    def _flow_entry(
        self, spot: YamlValue, origin: int | None, names: dict[int, str], key: str, before: Any, value: Any, path: Path
    ) -> str | None:
        name = json.dumps(key, ensure_ascii=False) if self.as_json else yaml_writer.key_text(key)
        if origin is None:
            written = self._flow_new(value, path, spot)
            return None if written is None else f"{name}: {written}"
        old_key, old_value = spot.keys[origin], spot.values[origin]
        renamed = names[origin] not in (key, *ALSO.get(key, ()))
        written = self._flow_value(old_value, before, value, path)
        between = self.text[old_key.end : old_value.start]
        shown = name if renamed else self.text[old_key.start : old_key.end]
        return None if written is None or old_value.start == old_value.end else f"{shown}{between}{written}"

    def _flow_value(self, spot: YamlValue, old: Any, new: Any, path: Path) -> str | None:
        if old is not _ABSENT and same(old, new):
            return self.text[spot.start : spot.end]
        if spot.flow and (written := self._flow(spot, old, new, path)) is not None:
            return written
        return None if self._inside(spot.start, spot.end) else self._flow_new(new, path, spot)

    def _flow_new(self, value: Any, path: Path, near: YamlValue) -> str | None:
        """Write a value; in JSON in the same layout as its neighbours."""
        if not self.as_json:
            return yaml_writer.flow(value, path)
        compact = json.dumps(value, ensure_ascii=False)
        unit = re.search(r'^([ \t]+)"', self.text, re.MULTILINE)
        if not unit or not isinstance(value, dict | list) or "\n" not in self.text[near.start : near.end]:
            return compact
        line = self.text[self._line_start(near.start) : near.start]
        indent = line[: len(line) - len(line.lstrip())] + unit[1]
        return json.dumps(value, ensure_ascii=False, indent=unit[1]).replace("\n", f"\n{indent}")

    def _flow_joined(self, spot: YamlValue, wanted: list[_Wanted]) -> str | None:
        """Join entries with what stood between them; `None` if a comment has no place."""
        starts = [part.start for part in (spot.keys or spot.values)]
        ends = [max(part.end, start) for part, start in zip(spot.values, starts, strict=True)]
        if not wanted or not starts:
            return None
        origins = [entry.origin for entry in wanted]
        gaps = [self.text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        space = self.text[spot.start + 1 : starts[0]]
        usual = next((gap for gap in gaps if "#" not in gap), "," + (space if "#" not in space and space else " "))
        out = [self.text[spot.start : starts[0]]]
        used = set()
        for n, entry in enumerate(wanted):
            before = origins[n - 1] if n else None
            if n:
                stays = before is not None and entry.origin == before + 1
                out.append(gaps[before] if stays and before is not None else usual)
                used.add(before if stays else None)
            out.append(entry.text)
        if any(self._inside(ends[n], starts[n + 1]) for n in range(len(gaps)) if n not in used):
            return None
        for n in set(range(len(starts))) - set(origins):
            self.gone += self._inside(starts[n], ends[n])
        return "".join(out) + self.text[ends[-1] : spot.end]

    def _remark(self, value: YamlValue, chunk: _Chunk) -> str:
        """Return the comment after a value that is rewritten."""
        if not value.flow and value.sort not in ("words", "alias"):
            return ""
        header = header_comment(self.text, value)
        return (f"  {header}" if header else "") + self.text[value.end : chunk.end]

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
