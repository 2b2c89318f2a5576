"""A save keeps comments and layout, in block style, in `{…}`, in JSON, and whatever the line ends are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap import store
from argmap.findings import ArgmapError
from argmap.model import Claim, Map, replace

BASE = """\
# top comment
argmap: 1
id: m
thesis: a  # the point
# before claims
claims:
  # about a
  a:
    text: A is so.  # remark a
    kind: fact
  # about b
  b:
    text: >-
      B is so
      as well.
    kind: value  # remark kind
relations:
  # why
  - support: a
    by: [b]  # by b
"""
FLOW = "{\n    text: A is so.,  # remark a\n    # between\n    kind: fact\n  }\n"
BLOCK_A = "\n    text: A is so.  # remark a\n    kind: fact\n"
LAYOUTS = {
    "blanks at line ends": "\n".join(line and f"{line}  " for line in BASE.split("\n")),
    "tabs at line ends": BASE.replace("claims:\n", "claims:\t\n").replace("by b", "by b\t"),
    "blank lines of blanks": BASE.replace("  # about b\n", "   \n  # about b\n"),
    "explicit key, value below": BASE.replace(f"  a:{BLOCK_A}", f"  ? a\n  :{BLOCK_A}"),
    "explicit key, value beside": BASE.replace(f"  a:{BLOCK_A}", f"  ? a\n  : {BLOCK_A.strip()}\n"),
    "lone carriage returns": BASE.replace("\n", "\r"),
    "one carriage return": BASE.replace("kind: fact\n", "kind: fact\r"),
    "Windows": BASE.replace("\n", "\r\n"),
    "mixed line ends": BASE.replace("\n", "\r\n", 6),
    "a mapping of several lines": BASE.replace(f"  a:{BLOCK_A}", f"  a: {FLOW}"),
    "a list of several lines": BASE.replace("    by: [b]  # by b", "    by: [  # list\n      b,  # by b\n    ]"),
    "a comment behind the fold": BASE.replace("text: >-\n", "text: >-  # folded\n"),
    "an anchor with an alias": BASE.replace("kind: fact", "kind: &k fact").replace("kind: value", "kind: *k"),
    "an anchor of a claim": BASE.replace("  a:\n", "  a: &x\n"),
    "all in one mapping": "# top\n{argmap: 1, id: m, thesis: a,\n # c\n claims: {a: {text: A is so., kind: fact}, b: {text: B.}}}\n",
    "JSON with tabs": '{\n\t"argmap": 1,\n\t"id": "m",\n\t"claims": {\n\t\t"a": {"text": "A is so.", "kind": "fact"},\n'
    '\t\t"b": {"text": "B"}\n\t}\n}\n',
    "JSON of a person": '{"argmap": 1, "id": "m",\n "claims": {\n  "a": {"text": "A is so.", "kind": "fact"},\n  "b": {"text": "B"}}}\n',
    "a value on the next line": BASE.replace("kind: fact", "kind:\n      # deep\n      fact"),
    "document marks": f"---\n{BASE}...\n",
}


def _with_a(map_: Map, **changes: object) -> Map:
    return replace(map_, claims={**map_.claims, "a": replace(map_.claims["a"], **changes)})


def _with_b(map_: Map, **changes: object) -> Map:
    return replace(map_, claims={**map_.claims, "b": replace(map_.claims["b"], **changes)})


EDITS: dict[str, Callable[[Map], Map]] = {
    "a word": lambda map_: _with_a(map_, kind="policy"),
    "other words": lambda map_: _with_b(map_, text="B: changed."),
    "two lines": lambda map_: _with_b(map_, text="One.\nTwo."),
    "one field more": lambda map_: _with_a(map_, force="hedged"),
    "one claim more": lambda map_: replace(map_, claims={**map_.claims, "c": Claim(id="c", text="C.")}),
    "a title": lambda map_: replace(map_, title="T"),
    "another thesis": lambda map_: replace(map_, thesis="b"),
    "one field fewer": lambda map_: _with_a(map_, kind=None),
}


def _comments(text: str) -> Counter[str]:
    return Counter(each.strip() for each in re.findall(r"#[^\r\n]*", text))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_save_keeps_comments_and_layout(name: str, tmp_path: Path) -> None:
    """After each edit the file says the new map, has every comment, and keeps all lines but a few."""
    text = LAYOUTS[name]
    path = tmp_path / ("m.json" if "JSON" in name else "m.yaml")
    for what, edit in EDITS.items():
        path.write_bytes(text.encode())
        new = edit(store.load(path))
        store.save(new, path)
        assert store.load(path) == new, what
        saved = path.read_bytes().decode()
        lost = _comments(text) - _comments(saved)
        # A comment above a field goes with it.
        assert lost <= (Counter(["# deep"]) if what == "one field fewer" else Counter()), what
        kept = Counter(text.splitlines(keepends=True)) & Counter(saved.splitlines(keepends=True))
        assert len(text.splitlines()) - kept.total() <= 6, what


def test_what_cannot_be_kept_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no cut keeps a comment, the file stays as it is and the message says why; without comments it is written anew."""
    from argmap.store import splice

    monkeypatch.setattr(splice, "_Splicer", lambda *_, **__: (_ for _ in ()).throw(splice._CannotSpliceError()))
    path = tmp_path / "m.yaml"
    path.write_text(BASE)
    with pytest.raises(ArgmapError, match=r"cannot be changed without losing a comment .# top comment."):
        store.save(EDITS["a title"](store.load(path)), path)
    assert path.read_text() == BASE
    path.write_text("argmap: 1\nid: m\n")
    store.save(replace(store.load(path), title="T"), path)
    assert store.load(path).title == "T"
