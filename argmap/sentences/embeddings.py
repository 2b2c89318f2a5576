"""Embed sentences with a model that the user has. Off unless asked for; nothing is downloaded unless the user says so.

“Japan owes nothing in return” and “the treaty is one-sided” share no word, but a sentence model puts them near each other. The
packages are heavy (`pip install 'argmap[semantic]'`), so they are imported only when a model is asked for. A model is

    a folder       with an ONNX file and its `tokenizer.json` (`docs/export_sentence_model.py` makes one), or a saved
                   sentence-transformers model
    a package      that carries such a folder
    a name         on the Hugging Face hub, when downloading is allowed

An ONNX file runs with onnxruntime and tokenizers alone (`argmap.sentences.onnx_model`). Any other model needs sentence-transformers,
which brings torch. The model's scores are one more feature beside the words; the weights of all features are fitted together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from argmap.sentences.scoring import Embed

    Encode = Callable[[list[str]], "NDArray[np.float32]"]

MARK = "modules.json"
"""The file that a saved sentence-transformers model has at its top."""
TOKENIZER = "tokenizer.json"


def embedder(model: str, *, download: bool = False) -> Embed:
    """Load a sentence model as a function from sentences to rows of numbers.

    Parameters
    ----------
    model
        A folder with a saved model, the name of an installed package that carries one, or a name on the Hugging Face hub.
    download
        Download a model that is not on this machine.

    Raises
    ------
    ValueError
        If the packages that the model needs are not installed, the model is not found and must not be downloaded, or it cannot
        be read.
    """
    found = folder_of(model)
    encode = _onnx(found) if found is not None and onnx_file(found) else _transformers(found, model, download)
    known: dict[str, NDArray[np.float32]] = {}

    def embed(sentences: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if new:
            known.update(zip(new, np.asarray(encode(new), np.float32), strict=True))
        return np.stack([known[sentence] for sentence in sentences])

    return embed


def folder_of(model: str) -> Path | None:
    """Find the folder of a model on this machine: the folder itself, or one inside an installed package."""
    here = Path(model)
    if _holds_model(here):
        return here
    name = model.replace("-", "_")
    spec = find_spec(name) if name.isidentifier() else None
    homes = [Path(home) for home in (spec.submodule_search_locations or () if spec else ())]
    marks = (mark for home in homes for name in (MARK, TOKENIZER) for mark in sorted(home.rglob(name)))
    return next((mark.parent for mark in marks if _holds_model(mark.parent)), None)


def onnx_file(folder: Path) -> Path | None:
    """Find the ONNX file of a model: in its folder, or in `onnx/` there, as the hub has it. Smaller files first."""
    if not (folder / TOKENIZER).is_file():
        return None
    found = [*folder.glob("*.onnx"), *folder.glob("onnx/*.onnx")]
    return min(found, key=lambda path: (path.stat().st_size, path.name), default=None)


def _holds_model(folder: Path) -> bool:
    return (folder / MARK).is_file() or onnx_file(folder) is not None


def _onnx(folder: Path) -> Encode:
    try:
        from argmap.sentences.onnx_model import encoder
    except ImportError:
        raise ValueError(
            "comparing by meaning needs onnxruntime and tokenizers: pip install 'argmap[semantic]'"
        ) from None
    path = onnx_file(folder)
    assert path is not None  # noqa: S101 - the caller looked
    return encoder(path, folder)


def _transformers(folder: Path | None, model: str, download: bool) -> Encode:
    if folder is None and not download:
        raise ValueError(
            f"no sentence model {model!r} on this machine: give a folder or an installed package that holds one, "
            "or allow the download"
        )
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise ValueError(
            f"{model} is not an ONNX model, and any other needs torch: pip install sentence-transformers, "
            "or export it once with docs/export_sentence_model.py"
        ) from None
    loaded = SentenceTransformer(str(folder or model), device="cpu", local_files_only=not download)
    return lambda new: loaded.encode(new, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
