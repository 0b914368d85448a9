"""The encoder, its losses, and how it becomes the two ONNX files."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from dateline.attribution.decoding import (
    GAP_BUCKETS,
    LINK_SIZE,
    LINKS,
    TAGS,
    Head,
    Segment,
    allowed_transitions,
    relations,
)
from dateline.attribution.windows import FEATURES, Window
from training.articles import UNSEEN, Example

LAYERS, WIDTH, INNER, ATTENTION_HEADS = 6, 384, 1536, 12
DROPOUT = 0.1
HIDDEN_SEGMENTS = {"cue": 0.12, "source": 0.08}  # about what the tagger misses
IMPOSSIBLE = -1e4
EVENING = 0.8  # which part of the loudness moves into the weights; 0.4 to 1 tried, 0.8 lost least


class Layer(nn.Module):
    """One BERT layer without attention dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        mixed = self.mix(states).view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask.to(query.dtype)
        )
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.out_norm(states + functional.dropout(seen, DROPOUT, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        return self.down_norm(states + functional.dropout(inner, DROPOUT, self.training))


class Encoder(nn.Module):
    """MiniLM-L6 with a feature table beside its word pieces; gives tag scores and link vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tag = nn.Linear(WIDTH, len(TAGS))
        self.link = nn.Linear(WIDTH, len(LINKS) * 2 * 2 * LINK_SIZE)

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(self.pieces(pieces) + self.places(places) + self.features(features))
        states = functional.dropout(states, DROPOUT, self.training)
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * IMPOSSIBLE
        for layer in self.layers:
            states = layer(states, bias)
        return self.tag(states), self.link(states)

    def start_from(self, folder: Path) -> None:
        """Takes MiniLM's weights from a folder with its model.safetensors."""
        stored = load_file(folder / "model.safetensors")
        stored = {name.removeprefix("bert."): value for name, value in stored.items()}
        names = {
            "pieces.weight": "embeddings.word_embeddings.weight",
            "places.weight": "embeddings.position_embeddings.weight",
            "norm": "embeddings.LayerNorm",
        }
        for number in range(LAYERS):
            theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
            names[ours + "out"] = theirs + "attention.output.dense"
            names[ours + "out_norm"] = theirs + "attention.output.LayerNorm"
            names[ours + "up"] = theirs + "intermediate.dense"
            names[ours + "down"] = theirs + "output.dense"
            names[ours + "down_norm"] = theirs + "output.LayerNorm"
        weights = {}
        for name, value in self.state_dict().items():
            stem, _, end = name.rpartition(".")
            if name in names:
                weights[name] = stored[names[name]]
            elif stem in names:
                weights[name] = stored[f"{names[stem]}.{end}"]
            elif stem.endswith("mix"):
                prefix = f"encoder.layer.{stem.split('.')[1]}.attention.self."
                parts = [stored[f"{prefix}{part}.{end}"] for part in ("query", "key", "value")]
                weights[name] = torch.cat(parts)
            elif name == "features.weight":
                kind = stored["embeddings.token_type_embeddings.weight"][0]
                weights[name] = kind.repeat(FEATURES, 1)
            else:
                weights[name] = value
        self.load_state_dict(weights)


class Links(nn.Module):
    """The learned tables of `decoding.Head`, and the loss of tags and links together."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.opening = nn.Parameter(torch.zeros(len(TAGS)))
        self.gaps = nn.Parameter(torch.zeros(len(LINKS), GAP_BUCKETS))
        self.paragraphs = nn.Parameter(torch.zeros(len(LINKS), 2))
        self.between = nn.Parameter(torch.zeros(len(LINKS), 3))
        self.nobody = nn.Parameter(torch.zeros(len(LINKS), LINK_SIZE + 1))
        self.register_buffer("trust", torch.tensor([1.0, 0.0]), persistent=False)

    def head(self) -> Head:
        """The tables as inference reads them."""
        return Head(**{name: getattr(self, name).detach().cpu().numpy() for name in Head.__slots__})

    def tag_loss(self, scores: Tensor, tags: Tensor, opens: Tensor, known: Tensor) -> Tensor:
        """The summed negative log likelihood of the gold paths (a linear-chain CRF)."""
        device = scores.device
        allowed = torch.from_numpy(allowed_transitions()).to(device)
        steps = self.transitions.masked_fill(~allowed, IMPOSSIBLE)
        inside = torch.tensor([False, False, True, False, True, False, True], device=device)
        fresh = steps.masked_fill(inside, IMPOSSIBLE)
        opening = self.opening.masked_fill(inside, IMPOSSIBLE)
        both = torch.stack([steps, fresh])
        ahead = opening + scores[:, 0]
        for at in range(1, scores.shape[1]):
            reach = torch.logsumexp(ahead[:, :, None] + both[opens[:, at]], dim=1) + scores[:, at]
            ahead = torch.where(known[:, at, None], reach, ahead)
        total = torch.logsumexp(ahead, dim=1).sum()
        gold = opening[tags[:, 0]].sum()
        moves = both[opens[:, 1:], tags[:, :-1], tags[:, 1:]]
        gold = gold + (moves * known[:, 1:]).sum()
        here = scores.gather(2, tags[:, :, None]).squeeze(2)
        return total - gold - (here * known).sum()

    def link_loss(self, links: Tensor, example: Example, draw: random.Random) -> Tensor:
        """The summed negative log likelihood of the gold links of one window.

        Some cues and sources are hidden, so that linking learns to say "none of these" where
        the tagger will have missed one.
        """
        loss = links.new_zeros(())
        kept = {
            role: [
                n
                for n in range(len(found))
                if role == "content" or draw.random() >= HIDDEN_SEGMENTS[role]
            ]
            for role, found in example.segments.items()
        }
        cues = [example.segments["cue"][n] for n in kept["cue"]]
        parts = links.view(links.shape[0], len(LINKS), 2, 2, LINK_SIZE)
        for kind, (asker, answer) in enumerate(LINKS):
            askers = [example.segments[asker][n] for n in kept[asker]]
            answers = [example.segments[answer][n] for n in kept[answer]]
            if not askers:
                continue
            slots = {number: slot for slot, number in enumerate(kept[answer])}
            slots[UNSEEN] = UNSEEN
            wanted = [example.links[kind][n] for n in kept[asker]]
            goal = torch.tensor([slots.get(n, len(answers)) for n in wanted], device=links.device)
            if not (goal >= 0).any():
                continue
            ask = _ends(parts[:, kind, 0], askers)
            none = ask @ self.nobody[kind, :-1] / LINK_SIZE**0.5 + self.nobody[kind, -1]
            scores = none[:, None]
            if answers:
                tables = relations(askers, answers, cues, example.window.paragraphs)
                gap, same, between = (torch.from_numpy(t).to(links.device) for t in tables)
                fits = (
                    ask @ _ends(parts[:, kind, 1], answers).T / LINK_SIZE**0.5
                    + self.gaps[kind][gap]
                    + self.paragraphs[kind][same]
                    + self.between[kind][between]
                )
                scores = torch.cat([fits, scores], dim=1)
            loss = loss + functional.cross_entropy(
                scores, goal, ignore_index=UNSEEN, reduction="sum"
            )
        return loss


def _ends(parts: Tensor, segments: Sequence[Segment]) -> Tensor:
    return parts[[s.first for s in segments], 0] + parts[[s.last for s in segments], 1]


class RowScaled(nn.Module):
    """An embedding table as int8 with one scale a row: a fourth of the size, 0.4 % off."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(dim=1).clamp_min(1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("table", (table / scale[:, None]).round().to(torch.int8))

    def forward(self, pieces: Tensor) -> Tensor:
        return self.table[pieces].float() * self.scale[pieces][:, :, None]


class Evened(nn.Module):
    """A linear layer whose inputs are scaled channel by channel, its weights the other way.

    One scale serves a whole int8 input, so a few loud channels would leave the others few steps.
    This moves most of the loudness (in logarithms) into the weights, which have a scale each
    (SmoothQuant, Xiao et al. 2023). What the layer computes stays the same.
    """

    def __init__(self, linear: nn.Linear, loudest: Tensor) -> None:
        super().__init__()
        weight = linear.weight.detach()
        share = loudest.clamp_min(1e-5) ** EVENING / weight.abs().amax(dim=0) ** (1 - EVENING)
        self.register_buffer("quieter", 1 / share)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight = nn.Parameter(weight * share)
        self.linear.bias = linear.bias

    def forward(self, states: Tensor) -> Tensor:
        return self.linear(states * self.quieter)


@torch.no_grad()
def even_out(encoder: Encoder, windows: Sequence[Window]) -> None:
    """Makes the encoder's layers `Evened`, by the loudest input of each channel on `windows`."""
    loudest: dict[str, Tensor] = {}

    def listen(name: str) -> Any:
        def hook(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            most = given[0].abs().amax(dim=(0, 1))
            loudest[name] = torch.maximum(loudest.get(name, most), most)

        return hook

    names = [f"layers.{n}.{part}" for n in range(LAYERS) for part in ("mix", "up", "down")]
    hooks = [encoder.get_submodule(n).register_forward_pre_hook(listen(n)) for n in names]
    for window in windows:
        pieces = torch.tensor([window.pieces])
        encoder(pieces, torch.tensor([window.features]), torch.ones_like(pieces))
    for hook in hooks:
        hook.remove()
    for name in names:
        layer, _, part = name.rpartition(".")
        linear = encoder.get_submodule(name)
        assert isinstance(linear, nn.Linear)
        setattr(encoder.get_submodule(layer), part, Evened(linear, loudest[name]))


def export(encoder: Encoder, heads: Links, windows: Sequence[Window], out: Path) -> None:
    """Writes attribution-fp32.onnx, attribution.onnx (int8) and labels.json.

    `windows` of real text set the scales of `even_out`. Weights keep 7 of 8 bits: on processors
    without VNNI the sums of full ones overflow, and the same report would read differently.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    encoder = copy.deepcopy(encoder).cpu().eval()
    even_out(encoder, windows)
    encoder.pieces = RowScaled(encoder.pieces.weight.detach())
    full, small = out / "attribution-fp32.onnx", out / "attribution.onnx"
    example = torch.ones((2, 9), dtype=torch.long)
    torch.onnx.export(
        encoder,
        (example, torch.zeros_like(example), example),
        str(full),
        input_names=["pieces", "features", "mask"],
        output_names=["tags", "links"],
        dynamic_axes={
            name: {0: "window", 1: "place"}
            for name in ("pieces", "features", "mask", "tags", "links")
        },
        opset_version=17,
        dynamo=False,
    )
    graph = onnx.load(str(full)).graph
    layers = [
        node.name for node in graph.node if node.op_type == "MatMul" and _is_weight(node, graph)
    ]
    quantize_dynamic(
        str(full),
        str(small),
        op_types_to_quantize=["MatMul"],
        nodes_to_quantize=[name for name in layers if "/tag/" not in name],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    write_head(heads, out)


def write_head(heads: Links, out: Path) -> None:
    """Writes labels.json: the tags, and the tables of `decoding.Head`."""
    (out / "labels.json").write_text(json.dumps(heads.head().as_json(), indent=1) + "\n")


def _is_weight(node: Any, graph: Any) -> bool:
    return node.input[1] in {value.name for value in graph.initializer}
