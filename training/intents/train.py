"""Trains the classifier of messages: `python -m training.intents.train [--rounds N] [--write]`.

First without the templates that are held out (one in seven, whole templates), by which it is measured and its certainty
is fitted; it prints how many labels are right, and what probability is worth. What is written with `--write` is then
trained on all templates. Equal templates and rounds give equal weights.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from handlers.understand.intents import classifier
from handlers.understand.intents.classifier import BUCKETS, buckets
from handlers.understand.text.words import fold
from training.intents.expand import Template, expanded, templates, ways
from training.intents.noise import Noise, disturbed, nonsense

WIDTH = 96
NETWORKS = 3
"""So many are trained, each from another seed, and answer together: what one learns by chance the others outvote."""
BATCH = 512
RATE = 1e-2
DROPOUT = 0.5
SMOOTHING = 0.05
MESSAGES = 3
"""Of each template in a round, and one more each time that the ways to say it double; each round has new ones."""
MOST_MESSAGES = 10
NONSENSE = 0.03
"""Words without sense, as a share of all messages."""
HELD_OUT = 7
"""One template in so many."""
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_WEIGHTS = Path(classifier.__file__).with_name(classifier.WEIGHTS)


@dataclass(frozen=True)
class Message:
    """A folded message and what it asks for."""

    text: str
    label: str
    language: str


class Network(nn.Module):
    """The mean of the vectors of a message's features, one hidden layer, the classes."""

    def __init__(self, classes: int, width: int = WIDTH) -> None:
        super().__init__()
        self.vectors = nn.EmbeddingBag(BUCKETS, width, mode="sum", sparse=True)
        nn.init.zeros_(self.vectors.weight)  # what was never seen says nothing
        self.hidden = nn.Parameter(torch.full((width,), 0.1))
        self.drop = nn.Dropout(DROPOUT)
        self.output = nn.Linear(width, classes)

    def forward(self, places: Tensor, starts: Tensor) -> Tensor:
        sizes = torch.diff(starts, append=torch.tensor([len(places)]))
        total = self.vectors(places, starts) / sizes.unsqueeze(1).sqrt()
        points: Tensor = self.output(self.drop(torch.relu(total + self.hidden)))
        return points


def main() -> None:
    """Reads the arguments, measures on what is held out, and writes weights trained on everything if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="of each network, some ten seconds each")
    parser.add_argument("--write", action="store_true", help=f"to {_WEIGHTS.name}")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # a step is too small to share
    every = templates()
    kept, held = apart(every)
    classes = classes_of(every)
    network = together(kept, classes, arguments.rounds)
    told = messages(held * 6, random.Random(1))
    points = points_of(network, [message.text for message in told])
    temperature = fitted_temperature(points, told, classes)
    print(f"{len(kept)} templates learnt, {len(held)} held out, temperature {temperature:.2f}")
    report(points / temperature, told, classes)
    if arguments.write:
        write(together(every, classes, arguments.rounds), classes, temperature)


def apart(every: Sequence[Template]) -> tuple[list[Template], list[Template]]:
    """Templates to learn from, and those held out: the same ones in every run."""
    held = [crc32(template.text.encode()) % HELD_OUT == 3 for template in every]
    return (
        [template for template, out in zip(every, held, strict=True) if not out],
        [template for template, out in zip(every, held, strict=True) if out],
    )


def classes_of(every: Sequence[Template]) -> tuple[str, ...]:
    """The classes, in the order of the alphabet."""
    return tuple(sorted({template.label for template in every}))


def messages(those: Iterable[Template], rng: random.Random, noise: Noise | None = None) -> list[Message]:
    """A message of each of these templates."""
    noise = noise or Noise()
    return [
        Message(
            fold(disturbed(expanded(template.text, rng), template.label, template.language, rng, noise)),
            template.label,
            template.language,
        )
        for template in those
    ]


def together(those: Sequence[Template], classes: Sequence[str], rounds: int) -> Network:
    """The mean of `NETWORKS`, as one network as wide as all of them."""
    each = [trained(those, classes, rounds, seed) for seed in range(NETWORKS)]
    wide = Network(len(classes), WIDTH * NETWORKS)
    with torch.no_grad():
        wide.vectors.weight.copy_(torch.cat([one.vectors.weight for one in each], 1))
        wide.hidden.copy_(torch.cat([one.hidden for one in each]))
        wide.output.weight.copy_(torch.cat([one.output.weight for one in each], 1) / NETWORKS)
        wide.output.bias.copy_(torch.stack([one.output.bias for one in each]).mean(0))
    return wide.eval()


def trained(those: Sequence[Template], classes: Sequence[str], rounds: int, seed: int) -> Network:
    """A network that learnt from these templates, of which each round makes new messages."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    words = [word for template in those for word in fold(expanded(template.text, rng)).split()]
    network = Network(len(classes))
    others = [network.hidden, *network.output.parameters()]
    optimisers = [torch.optim.SparseAdam([network.vectors.weight], lr=RATE), torch.optim.Adam(others, lr=RATE)]
    loss_of = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    often = [one for one in those for _ in range(min(MESSAGES + ways(one.text).bit_length() - 1, MOST_MESSAGES))]
    steps = rounds * (int(len(often) * (1 + NONSENSE)) // BATCH + 1)
    step = 0
    for _ in range(rounds):
        told = messages(often, rng)
        told += [Message(nonsense(words, rng), "none", "") for _ in range(int(len(told) * NONSENSE))]
        rng.shuffle(told)
        for first in range(0, len(told), BATCH):
            batch = told[first : first + BATCH]
            loss = loss_of(network(*_packed(batch)), torch.tensor([classes.index(one.label) for one in batch]))
            step += 1
            for optimiser in optimisers:
                optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps) + 1e-5
                optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            for optimiser in optimisers:
                optimiser.step()
    network.eval()
    return network


def points_of(network: Network, texts: Sequence[str]) -> Tensor:
    """What the network gives each class, a row a message."""
    with torch.no_grad():
        return network(*_packed([Message(text, "", "") for text in texts]))


def fitted_temperature(points: Tensor, told: Sequence[Message], classes: Sequence[str]) -> float:
    """By what the points are divided so that probabilities are as likely as they say."""
    right = torch.tensor([classes.index(one.label) for one in told])
    tried = np.geomspace(0.3, 3, 60)
    return float(min(tried, key=lambda one: nn.functional.cross_entropy(points / one, right).item()))


def report(points: Tensor, told: Sequence[Message], classes: Sequence[str]) -> None:
    """Prints how many are right, what probability is worth, and what is taken for what, by language."""
    labels = sorted({name.partition("@")[0] for name in classes})
    belongs = torch.zeros(len(classes), len(labels))
    for at, name in enumerate(classes):
        belongs[at, labels.index(name.partition("@")[0])] = 1
    chances = points.softmax(1)
    best, label = (chances @ belongs).max(1)
    mistaken: Counter[tuple[str, str]] = Counter()
    for language in ("en", "de"):
        rows = [at for at, one in enumerate(told) if one.language == language]
        asked = [told[at].label.partition("@")[0] for at in rows]
        answered = [labels[int(label[at])] for at in rows]
        right = np.array([one == other for one, other in zip(asked, answered, strict=True)])
        sure = best[rows].numpy()
        exact = np.mean([classes[int(chances[at].argmax())] == told[at].label for at in rows])
        print(f"{language}: {right.mean():.1%} of {len(rows)} labels right, {exact:.1%} with their side")
        for threshold in THRESHOLDS:
            above = sure >= threshold
            wrong = (above & ~right).sum() / max(above.sum(), 1)
            print(f"   from {threshold:.2f}: {above.mean():.1%} of messages, {wrong:.1%} of them wrong")
        mistaken.update((one, other) for one, other in zip(asked, answered, strict=True) if one != other)
    print("taken for another:", ", ".join(f"{a} → {b} {n}" for (a, b), n in mistaken.most_common(25)))


def write(network: Network, classes: Sequence[str], temperature: float) -> None:
    """The weights as the classifier reads them: vectors in eight bits."""
    vectors: NDArray[np.float32] = network.vectors.weight.detach().numpy()
    scale = np.abs(vectors).max(0) / 127 + 1e-12
    kept = {
        "classes": np.array(classes),
        "vectors": np.round(vectors / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "hidden": network.hidden.detach().numpy().astype(np.float32),
        "output": (network.output.weight.detach().numpy().T / temperature).astype(np.float16),
        "bias": (network.output.bias.detach().numpy() / temperature).astype(np.float16),
    }
    np.savez_compressed(_WEIGHTS, **kept)
    print(f"{_WEIGHTS.name}: {_WEIGHTS.stat().st_size / 1e6:.1f} MB")


def _packed(told: Sequence[Message]) -> tuple[Tensor, Tensor]:
    """The places of all features, and where those of each message begin."""
    found = [buckets(one.text) for one in told]
    starts = np.cumsum([0, *map(len, found)])[:-1]
    return torch.tensor([place for places in found for place in places]), torch.tensor(starts)


if __name__ == "__main__":
    main()
