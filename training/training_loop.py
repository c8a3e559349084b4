"""How a network is trained: by the clock, at a rate that rises and falls with it, with a running average of its weights
to keep, and a state from which it goes on after a break."""

from __future__ import annotations

import argparse
import csv
import math
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

Batch = TypeVar("Batch")


def asked(config: Path, description: str, source: str, contents: str, threads: int) -> argparse.Namespace:
    """The arguments of a script that trains, and as `config` what the TOML says; torch gets its threads.

    `source` names the folder that it learns from, `contents` says what is there; `threads` are those by default.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(source, type=Path, help=contents)
    parser.add_argument("work", type=Path, help="folder for the log and the weights")
    parser.add_argument("--resume", action="store_true", help="go on from the state in the work folder")
    parser.add_argument("--minutes", type=float, help="instead of the configured time")
    parser.add_argument(
        "--threads", type=int, default=threads, help="of the processor; more than one pay only on an idle machine"
    )
    arguments = parser.parse_args()
    arguments.config = tomllib.loads(config.read_text())
    options = arguments.config["training"]
    options["minutes"] = arguments.minutes or options["minutes"]
    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    return arguments


class Course:
    """A network, the average of its weights, its optimiser, and how long they have been at it.

    `options` are those of `[training]` in the TOML; `work` gets `log.csv` and `state.pt`.
    """

    def __init__(self, network: nn.Module, options: Mapping[str, Any], work: Path) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.steps = 0
        self._options, self._work = options, work
        self._average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(options["averaged"]), use_buffers=True)
        self._optimiser = torch.optim.AdamW(
            network.parameters(), lr=options["learning_rate"], weight_decay=options["weight_decay"], fused=True
        )
        self._seconds = 0.0

    def resume(self) -> None:
        """Takes up where the last checkpoint left off."""
        state = torch.load(self._work / "state.pt", map_location=self.device)
        self.network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._seconds, self.steps = state["seconds"], state["steps"]

    def run(
        self, batches: Iterable[Batch], step: Callable[[Batch], float], keep: Callable[[dict[str, torch.Tensor]], None]
    ) -> None:
        """Takes steps until the configured time is up; `keep` is given the averaged weights at each checkpoint."""
        begun, saved = time.monotonic() - self._seconds, self._seconds
        losses: list[float] = []
        for batch in batches:
            losses.append(step(batch))
            self._seconds = time.monotonic() - begun
            if self.steps % 100 == 0:
                self._note(losses)
                losses.clear()
            over = self._progress >= 1
            if over or self._seconds - saved >= 60 * self._options["checkpoint"]:
                saved = self._seconds
                self._save()
                keep(self._halves())
            if over:
                return

    def learn(self, loss: torch.Tensor) -> None:
        """Takes a step down the loss."""
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self._options["clip"])
        self._optimiser.step()
        self.steps += 1
        if self.steps % self._options["averaged_each"] == 0:
            self._average.update_parameters(self.network)

    @property
    def _progress(self) -> float:
        return self._seconds / (60 * float(self._options["minutes"]))

    def _rate(self) -> float:
        """The learning rate: a rise along a line, then a fall along a cosine."""
        warm = self._options["warm_up"]
        at = min(1.0, self._progress)
        share = at / warm if at < warm else (1 + math.cos(math.pi * (at - warm) / (1 - warm))) / 2
        return float(self._options["learning_rate"]) * max(share, 1e-3)

    def _note(self, losses: list[float]) -> None:
        with (self._work / "log.csv").open("a", newline="") as log:
            mean = sum(losses) / len(losses)
            csv.writer(log).writerow([self.steps, round(self._seconds), f"{self._rate():.2e}", f"{mean:.5f}"])

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "seconds": self._seconds,
            "steps": self.steps,
        }
        torch.save(state, self._work / "state.pt")

    def _halves(self) -> dict[str, torch.Tensor]:
        """The averaged weights in half precision, for the processor."""
        weights = {name: tensor.cpu() for name, tensor in self._average.module.state_dict().items()}
        return {
            name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
            for name, tensor in weights.items()
        }


def has_halves(device: torch.device) -> bool:
    """Whether a processor is made for bfloat16."""
    return device.type == "cpu" and bool(torch.cpu.get_capabilities().get("avx512_bf16"))
