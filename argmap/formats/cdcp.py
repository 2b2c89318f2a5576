"""Read CDCP: propositions of a comment by their places in it. Described in cdcp.md."""

from __future__ import annotations

from typing import Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content, Format, Reading, has
from argmap.formats.common.reader_support import (
    Irregular,
    as_dict,
    as_list,
    drop_empty,
    map_id,
    text_beside,
    validated,
)


def _matches(content: Content) -> bool:
    """Look for places and labels of propositions."""
    return has(content.data, prop_offsets=list, prop_labels=list)


FORMAT = Format("cdcp", "CDCP", (".ann.json",), matches=_matches, writes=False, beside=(".txt",))
_KINDS = {"fact": "fact", "testimony": "fact", "value": "value", "policy": "policy", "reference": None}
_RELATIONS = {"reasons": "reason", "evidences": "evidence"}


def read(content: Content) -> Reading:
    """Read the map of an annotated comment, with the text beside it."""
    from argmap.anchor.quoter import Quoter

    data = content.json()
    if not has(data, prop_offsets=list):
        raise ArgmapError(Finding("invalid", "error", "not CDCP: it has no `prop_offsets`.", Place(content.name)))
    irregular = Irregular(content.name)
    text = text_beside(content, ".ann.json", irregular, "the propositions have no words")
    quoter, labels, urls = Quoter(text or ""), as_list(data.get("prop_labels")), as_dict(data.get("url"))
    claims: dict[str, dict[str, Any]] = {}
    for n, offsets in enumerate(data["prop_offsets"]):
        label = labels[n] if n < len(labels) else None
        if not isinstance(label, str) or label not in _KINDS:
            irregular.add("unknown-type", f"{brief(str(label))!r} is not a label known here: kept.", ("prop_labels", n))
        quote = quoter.trimmed(*offsets) if _is_range(offsets, len(quoter.text)) else None
        if quote is None and text is not None:
            message = f"{brief(str(offsets))} is not a place of words in the text: the claim has no words."
            irregular.add("odd-offset", message, ("prop_offsets", n))
        kept = drop_empty({"label": label, "url": urls.get(str(n))})
        claims[str(n)] = {
            "text": " ".join(quote.exact.split()) if quote else "",
            "quotes": [quote] if quote else [],
            "kind": _kind(label),
            "extra": {"cdcp": kept} if kept else {},
        }
    relations = [relation for key in _RELATIONS for relation in _relations(data, key, len(claims), irregular)]
    keys = {k: v for k, v in data.items() if k not in ("prop_offsets", "prop_labels", "url", *_RELATIONS)}
    fields = {
        "id": map_id(content.name, FORMAT.suffixes),
        "sources": {"text": {"text": text}} if text is not None else {},
        "claims": claims,
        "relations": relations,
        "extra": {"cdcp": keys} if keys else {},
    }
    return Reading(validated(fields, content.name), irregular.findings)


def _kind(label: Any) -> str | None:
    return _KINDS.get(label) if isinstance(label, str) else None


def _is_range(pair: Any, end: int) -> bool:
    return isinstance(pair, list) and [type(n) for n in pair] == [int, int] and 0 <= pair[0] < pair[1] <= end


def _relations(data: dict[str, Any], key: str, propositions: int, irregular: Irregular) -> list[dict[str, Any]]:
    """Read the reasons or the evidence; what leads to no proposition is left out with a finding."""
    found = []
    for n, entry in enumerate(as_list(data.get(key))):
        group, target = entry if isinstance(entry, list) and len(entry) == 2 else (None, None)
        reach = [group[0], group[1] + 1] if isinstance(group, list) and [*map(type, group)] == [int, int] else None
        if not _is_range(reach, propositions) or type(target) is not int or not 0 <= target < propositions:
            message = f"{brief(str(entry))} does not tie propositions of the file: left out."
            irregular.add("dangling-reference", message, (key, n))
            continue
        by = [str(premise) for premise in range(*reach or ())]
        extra = {"cdcp": {"type": _RELATIONS[key]}} if key == "evidences" else {}
        found.append({"support": str(target), "by": by, "extra": extra})
    return found
