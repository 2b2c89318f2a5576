"""Turn annotations as Hypothesis exports them into the standard's terms.

    {"rows": [{"id": "x1", "uri": "https://example.org/a", "user": "acct:jo@hypothes.is", "text": "Is it?", "tags": ["doubt"],
      "target": [{"source": "https://example.org/a", "selector": [{"type": "TextQuoteSelector", "exact": "it rusts"}]}]}]}

`text` and `tags` become bodies, a reply (`references`) an annotation of the annotation that it answers; the rest is kept.

Source: the Hypothesis API, h.readthedocs.io.
"""

from __future__ import annotations

from typing import Any

from argmap.formats.common.reader_support import as_dict, as_list, drop_empty

_PAGE = "https://hypothes.is/a/"
"""The IRI at which Hypothesis shows an annotation."""
_READ = {"id", "created", "updated", "user", "uri", "text", "tags", "target", "references"}


def rows_of(data: Any) -> list[dict[str, Any]] | None:
    """Return the annotations of an export; `None` when the data are not one."""
    keys = ("rows", "annotations", "replies")
    rows = [row for key in keys for row in as_list(data.get(key))] if isinstance(data, dict) else as_list(data)
    fits = all(isinstance(row, dict) and isinstance(row.get("uri"), str) and "body" not in row for row in rows)
    return rows if rows and fits else None


def annotation(row: dict[str, Any]) -> dict[str, Any]:
    """Return one annotation in the standard's terms."""
    text, tags, references, document = (row.get(key) for key in ("text", "tags", "references", "document"))
    title = next((title for title in as_list(as_dict(document).get("title"))[:1] if isinstance(title, str)), None)
    bodies: list[Any] = []
    if isinstance(text, str) and text.strip():
        bodies.append({"type": "TextualBody", "value": text, "format": "text/markdown"})
    bodies += ({"type": "TextualBody", "value": str(tag), "purpose": "tagging"} for tag in as_list(tags))
    targets = (place for place in as_list(row.get("target")) if isinstance(place, dict))
    label = {"label": title} if title else {}
    target: Any = [{**place, "source": {"id": place.get("source", row["uri"]), **label}} for place in targets]
    parent = references[-1] if isinstance(references, list) and references else None
    if parent is not None:
        target = f"{_PAGE}{parent}"
    return drop_empty(
        {
            "id": f"{_PAGE}{row['id']}" if row.get("id") else None,
            "type": "Annotation",
            "motivation": "replying" if parent is not None else None,
            "creator": row.get("user"),
            "created": row.get("created"),
            "modified": row.get("updated"),
            "body": bodies,
            "target": target or row["uri"],
            "argmap:hypothesis": {key: value for key, value in row.items() if key not in _READ},
        }
    )
