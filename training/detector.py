"""Trains Billify's detector to see what CRAFT sees: `python training/detector.py PAGES_FOLDER WORK_FOLDER`.

PAGES_FOLDER is what `pages.py` writes. WORK_FOLDER gets `log.csv`, `state.pt` (what `--resume` goes on from) and, at
each checkpoint, `detector.pth`, which `engine.py` turns into what the reader runs. It trains in bfloat16 where the
processor, or the GPU, is made for it.
"""

from __future__ import annotations

import argparse
import csv
import math
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from detector_network import Detector
from pages import PRINT
from views import Views

_AVERAGED = 4
"""Steps between those whose weights join the average."""


def main() -> None:
    """Reads the arguments and trains until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="folder that pages.py wrote")
    parser.add_argument("work", type=Path, help="folder for the log and the weights")
    parser.add_argument("--resume", action="store_true", help="go on from the state in the work folder")
    parser.add_argument("--minutes", type=float, help="instead of the configured time")
    parser.add_argument("--threads", type=int, default=2, help="of the processor")
    arguments = parser.parse_args()
    config = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    config["training"]["minutes"] = arguments.minutes or config["training"]["minutes"]
    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    training = Training(config, arguments.work)
    if arguments.resume:
        training.resume()
    training.run(arguments.pages)


class Training:
    """The network, its average, its optimiser, and how long they have been at it."""

    def __init__(self, config: Mapping[str, Any], work: Path) -> None:
        self._config, self._options, self._work = config, config["training"], work
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._network = Detector().to(self._device, memory_format=torch.channels_last)
        decay = get_ema_multi_avg_fn(self._options["averaged"])
        self._average = AveragedModel(self._network, multi_avg_fn=decay, use_buffers=True)
        self._optimiser = torch.optim.AdamW(
            self._network.parameters(),
            lr=self._options["learning_rate"],
            weight_decay=self._options["weight_decay"],
            fused=True,
        )
        self._seconds = 0.0
        self._steps = 0
        made_for_it = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        self._half = torch.autocast(
            self._device.type, torch.bfloat16, enabled=self._device.type == "cuda" or made_for_it
        )

    def resume(self) -> None:
        """Takes up where the last checkpoint left off."""
        state = torch.load(self._work / "state.pt", map_location=self._device)
        self._network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._seconds, self._steps = state["seconds"], state["steps"]

    def run(self, pages: Path) -> None:
        """Trains until the configured time is up."""
        views = Views(pages, self._config["view"], PRINT, self._options["batch"], seed=self._steps)
        begun, saved = time.monotonic() - self._seconds, self._seconds
        losses: list[float] = []
        for pictures, maps in torch.utils.data.DataLoader(views, batch_size=None, num_workers=1, prefetch_factor=16):
            losses.append(self._step(pictures.to(self._device), maps.to(self._device)))
            self._seconds = time.monotonic() - begun
            if self._steps % 100 == 0:
                self._note(losses)
                losses.clear()
            over = self._progress >= 1
            if over or self._seconds - saved >= 60 * self._options["checkpoint"]:
                saved = self._seconds
                self._save()
            if over:
                return

    @property
    def _progress(self) -> float:
        return self._seconds / (60 * float(self._options["minutes"]))

    def _rate(self) -> float:
        """The learning rate: a rise along a line, then a fall along a cosine."""
        warm = self._options["warm_up"]
        at = min(1.0, self._progress)
        share = at / warm if at < warm else (1 + math.cos(math.pi * (at - warm) / (1 - warm))) / 2
        return float(self._options["learning_rate"]) * max(share, 1e-3)

    def _step(self, pictures: torch.Tensor, maps: torch.Tensor) -> float:
        self._network.train()
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        with self._half:
            found = self._network(pictures.contiguous(memory_format=torch.channels_last))
        heavy = 1 + (self._options["letters"] - 1) * (maps > 0.2).float()
        loss = nn.functional.binary_cross_entropy_with_logits(found.float(), maps, heavy)
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), self._options["clip"])
        self._optimiser.step()
        self._steps += 1
        if self._steps % _AVERAGED == 0:
            self._average.update_parameters(self._network)
        return float(loss.detach() - _least(maps, heavy))

    def _note(self, losses: list[float]) -> None:
        with (self._work / "log.csv").open("a", newline="") as log:
            mean = sum(losses) / len(losses)
            csv.writer(log).writerow([self._steps, round(self._seconds), f"{self._rate():.2e}", f"{mean:.5f}"])

    def _save(self) -> None:
        """The state for `--resume`, and the averaged weights in half precision."""
        state = {
            "network": self._network.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "seconds": self._seconds,
            "steps": self._steps,
        }
        torch.save(state, self._work / "state.pt")
        weights = self._average.module.state_dict().items()
        halves = {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in weights}
        torch.save({name: tensor.cpu().contiguous() for name, tensor in halves.items()}, self._work / "detector.pth")


def _least(maps: torch.Tensor, heavy: torch.Tensor) -> torch.Tensor:
    """The loss of one who knows the heat maps, which is not nought since they are no mere yes and no."""
    return nn.functional.binary_cross_entropy(maps, maps, heavy)


if __name__ == "__main__":
    main()
