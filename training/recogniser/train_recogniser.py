"""Trains Billify's recogniser from EasyOCR's english_g2:
`python -m training.recogniser.train_recogniser SROIE_FOLDER WORK_FOLDER`.

WORK_FOLDER gets `log.csv`, `state.pt` (what `--resume` goes on from) and, at each checkpoint, `billify.pth`, which is
ready for extraction/ocr/models. The network is english_g2's with a wider output layer. On a GPU it trains in float32,
on a CPU in bfloat16 where the processor is made for it.
"""

from __future__ import annotations

import os
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import torch
from easyocr_en_models import model_dir
from torch import nn

from extraction.ocr.networks import OWN, SHIPPED
from training.lines.alphabet import characters, widened
from training.lines.capitals import with_case
from training.lines.easyocr_parts import Model
from training.lines.scanned_lines import lines, receipts
from training.recogniser.batches import Batch, Batches
from training.recogniser.reading import reading
from training.training_loop import Course, asked, has_halves

NETWORK = {"input_channel": 1, "output_channel": 256, "hidden_size": 256}  # those of english_g2


def main() -> None:
    """Reads the arguments and trains until the time is up."""
    arguments = asked(
        Path(__file__).with_name("recogniser.toml"), __doc__, "sroie", "folder of the SROIE set", threads=1
    )
    cv2.setNumThreads(0)  # its threads would not outlive the fork of the loader
    training = Training(arguments.config, arguments.work)
    if arguments.resume:
        training.course.resume()
    training.run(arguments.sroie)


class Training:
    """The recogniser's course, which begins with the weights that the configuration names."""

    def __init__(self, config: Mapping[str, Any], work: Path) -> None:
        self._config, self._work = config, work
        self._alphabet = characters(config["alphabet"])
        network = Model(num_class=len(self._alphabet) + 1, **NETWORK)
        begins = config["training"]["begins_with"]
        folder = SHIPPED if begins == OWN else Path(model_dir())
        stored = torch.load(folder / f"{begins}.pth", map_location="cpu")
        known = {name.removeprefix("module."): tensor.float() for name, tensor in stored.items()}
        network.load_state_dict(widened(known, config["alphabet"]))
        self.course = Course(network, config["training"], work)
        self._half = has_halves(self.course.device)

    def run(self, sroie: Path) -> None:
        """Trains on the receipts that are not held out until the configured time is up."""
        rows, _ = receipts(sroie, self._config["lines"])
        scanned = [line for row in rows for line in lines(sroie, row, self._alphabet)]
        scanned = list(with_case(scanned, reading("english_g2")(scanned)))
        data = Batches(scanned, self._alphabet, self._config, seed=self.course.steps)
        workers = (
            1 if self.course.device.type == "cpu" else max(1, (os.cpu_count() or 2) - 1)
        )  # one draws faster than a CPU learns
        batches = torch.utils.data.DataLoader(data, batch_size=None, num_workers=workers, prefetch_factor=48)
        self.course.run(batches, self._step, self._keep)

    def _step(self, batch: Batch) -> float:
        self.course.network.train()
        for layer in self.course.network.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()  # so few and so like lines would spoil english_g2's statistics
        logits = self._logits(batch.pictures.to(self.course.device, memory_format=torch.channels_last))
        loss = ctc(logits, batch, self._alphabet)
        self.course.learn(loss)
        return float(loss.detach())

    def _logits(self, pictures: torch.Tensor) -> torch.Tensor:
        """n x frames x characters. Its convolutions may run in bfloat16; the recurrent part needs float32."""
        network = self.course.network
        with torch.autocast(self.course.device.type, torch.bfloat16, enabled=self._half):
            features = network.FeatureExtraction(pictures)
        frames = features.float().permute(0, 3, 1, 2).mean(3)
        logits: torch.Tensor = network.Prediction(network.SequenceModeling(frames))
        return logits

    def _keep(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Under the names that EasyOCR expects."""
        torch.save({f"module.{name}": tensor for name, tensor in weights.items()}, self._work / "billify.pth")


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
