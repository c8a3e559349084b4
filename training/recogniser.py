"""Trains Billify's recogniser from EasyOCR's english_g2: `python training/recogniser.py SROIE_FOLDER WORK_FOLDER`.

WORK_FOLDER gets `log.csv`, `state.pt` (what `--resume` goes on from) and, at each checkpoint, `billify.pth`, which is
ready for extraction/ocr/models. The network is english_g2's with a wider output layer. On a GPU it trains in float32,
on a CPU in bfloat16 where the processor is made for it.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import string
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import torch
from easyocr_en_models import model_dir
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from alphabet import characters, widened
from batches import Batch, Batches
from lines import lines, receipts
from stock import Model

NETWORK = {"input_channel": 1, "output_channel": 256, "hidden_size": 256}  # those of english_g2


def main() -> None:
    """Reads the arguments and trains until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sroie", type=Path, help="folder of the SROIE set")
    parser.add_argument("work", type=Path, help="folder for the log and the weights")
    parser.add_argument("--resume", action="store_true", help="go on from the state in the work folder")
    parser.add_argument("--minutes", type=float, help="instead of the configured time")
    parser.add_argument("--threads", type=int, default=1, help="of the processor; more pay only on an idle machine")
    arguments = parser.parse_args()
    config = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    config["training"]["minutes"] = arguments.minutes or config["training"]["minutes"]
    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(0)  # its threads would not outlive the fork of the loader
    arguments.work.mkdir(parents=True, exist_ok=True)
    training = Training(config, arguments.work)
    if arguments.resume:
        training.resume()
    training.run(arguments.sroie)


class Training:
    """The network, its average, its optimiser, and how long they have been at it."""

    def __init__(self, config: Mapping[str, Any], work: Path) -> None:
        self._config, self._options, self._work = config, config["training"], work
        self._alphabet = characters(config["alphabet"])
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._network = Model(num_class=len(self._alphabet) + 1, **NETWORK)
        stored = torch.load(Path(model_dir()) / "english_g2.pth", map_location="cpu")
        known = {name.removeprefix("module."): tensor for name, tensor in stored.items()}
        self._network.load_state_dict(widened(known, config["alphabet"]))
        self._network.to(self._device, memory_format=torch.channels_last)
        decay = get_ema_multi_avg_fn(self._options["averaged"])
        self._average = AveragedModel(self._network, multi_avg_fn=decay)
        self._optimiser = torch.optim.AdamW(
            self._network.parameters(), lr=self._options["learning_rate"], weight_decay=self._options["weight_decay"]
        )
        self._seconds = 0.0
        self._steps = 0
        self._half = self._device.type == "cpu" and bool(torch.cpu.get_capabilities().get("avx512_bf16"))

    def resume(self) -> None:
        """Takes up where the last checkpoint left off."""
        state = torch.load(self._work / "state.pt", map_location=self._device)
        self._network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._seconds, self._steps = state["seconds"], state["steps"]

    def run(self, sroie: Path) -> None:
        """Trains on the receipts that are not held out until the configured time is up."""
        rows, _ = receipts(sroie, self._config["lines"])
        scanned = [line for row in rows for line in lines(sroie, row, self._alphabet)]
        data = Batches(scanned, self._alphabet, self._config, seed=self._steps)
        begun, saved = time.monotonic() - self._seconds, self._seconds
        losses: list[float] = []
        workers = (
            1 if self._device.type == "cpu" else max(1, (os.cpu_count() or 2) - 1)
        )  # one draws faster than a CPU learns
        for batch in torch.utils.data.DataLoader(data, batch_size=None, num_workers=workers, prefetch_factor=48):
            losses.append(self._step(batch))
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

    def _step(self, batch: Batch) -> float:
        self._network.train()
        for layer in self._network.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()  # so few and so like lines would spoil english_g2's statistics
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        logits = self._logits(batch.pictures.to(self._device, memory_format=torch.channels_last))
        loss = ctc(logits, batch, self._alphabet)
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), self._options["clip"])
        self._optimiser.step()
        self._average.update_parameters(self._network)
        self._steps += 1
        return float(loss.detach())

    def _logits(self, pictures: torch.Tensor) -> torch.Tensor:
        """n x frames x characters. Its convolutions may run in bfloat16; the recurrent part needs float32."""
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._half):
            features = self._network.FeatureExtraction(pictures)
        frames = features.float().permute(0, 3, 1, 2).mean(3)
        logits: torch.Tensor = self._network.Prediction(self._network.SequenceModeling(frames))
        return logits

    def _note(self, losses: list[float]) -> None:
        with (self._work / "log.csv").open("a", newline="") as log:
            mean = sum(losses) / len(losses)
            csv.writer(log).writerow([self._steps, round(self._seconds), f"{self._rate():.2e}", f"{mean:.4f}"])

    def _save(self) -> None:
        """The state for `--resume`; and the averaged weights in half precision, under the names EasyOCR expects."""
        state = {
            "network": self._network.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "seconds": self._seconds,
            "steps": self._steps,
        }
        torch.save(state, self._work / "state.pt")
        weights = self._average.module.state_dict().items()
        halves = {
            f"module.{name}": tensor.cpu().half() if tensor.is_floating_point() else tensor.cpu()
            for name, tensor in weights
        }
        torch.save({name: tensor.contiguous() for name, tensor in halves.items()}, self._work / "billify.pth")


def ctc(logits: torch.Tensor, batch: Batch, alphabet: str) -> torch.Tensor:
    """Connectionist temporal classification (Graves et al. 2006), per character.

    Where a text does not say which letters are capitals, either case counts as right: the probabilities of both are
    added at the place of the capital, in which such texts are written.
    """
    chances = logits.log_softmax(2).transpose(0, 1)
    capital = torch.tensor([alphabet.index(letter) + 1 for letter in string.ascii_uppercase], device=logits.device)
    small = torch.tensor([alphabet.index(letter) + 1 for letter in string.ascii_lowercase], device=logits.device)
    either = chances.index_copy(2, capital, torch.logaddexp(chances[:, :, capital], chances[:, :, small]))
    chances = torch.where(batch.exact.to(logits.device)[None, :, None], chances, either)
    frames = torch.full((logits.shape[0],), logits.shape[1])
    targets = batch.characters.to(logits.device)
    return nn.functional.ctc_loss(chances, targets, frames, batch.lengths, zero_infinity=True)


if __name__ == "__main__":
    main()
