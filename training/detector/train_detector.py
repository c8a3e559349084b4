"""Trains Billify's detector to see what CRAFT sees:
`python -m training.detector.train_detector PAGES_FOLDER WORK_FOLDER`.

PAGES_FOLDER is what `detector_pages.py` writes. WORK_FOLDER gets `log.csv`, `state.pt` (what `--resume` goes on from)
and, at each checkpoint, `detector.pth`, which `export_networks.py` turns into what the reader runs. It trains in
bfloat16 where the processor, or the GPU, is made for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.detector.detector_network import Detector
from training.detector.detector_pages import PRINT
from training.detector.detector_views import Views
from training.training_loop import Course, asked, has_halves


def main() -> None:
    """Reads the arguments and trains until the time is up."""
    arguments = asked(
        Path(__file__).with_name("detector.toml"), __doc__, "pages", "folder that detector_pages.py wrote", threads=2
    )
    training = Training(arguments.config, arguments.work)
    if arguments.resume:
        training.course.resume()
    training.run(arguments.pages)


class Training:
    """The detector's course."""

    def __init__(self, config: Mapping[str, Any], work: Path) -> None:
        self.course = Course(Detector(), config["training"], work)
        self._config, self._work = config, work
        device = self.course.device
        halves = device.type == "cuda" or has_halves(device)
        self._half = torch.autocast(device.type, torch.bfloat16, enabled=halves)

    def run(self, pages: Path) -> None:
        """Trains until the configured time is up."""
        views = Views(pages, self._config["view"], PRINT, self._config["training"]["batch"], seed=self.course.steps)
        batches = torch.utils.data.DataLoader(views, batch_size=None, num_workers=1, prefetch_factor=16)
        self.course.run(batches, self._step, lambda weights: torch.save(weights, self._work / "detector.pth"))

    def _step(self, batch: tuple[torch.Tensor, torch.Tensor]) -> float:
        pictures, maps = (part.to(self.course.device) for part in batch)
        self.course.network.train()
        with self._half:
            found = self.course.network(pictures.contiguous(memory_format=torch.channels_last))
        heavy = 1 + (self._config["training"]["letters"] - 1) * (maps > 0.2).float()
        loss = nn.functional.binary_cross_entropy_with_logits(found.float(), maps, heavy)
        self.course.learn(loss)
        return float(loss.detach() - _least(maps, heavy))


def _least(maps: torch.Tensor, heavy: torch.Tensor) -> torch.Tensor:
    """The loss of one who knows the heat maps, which is not nought since they are no mere yes and no."""
    return nn.functional.binary_cross_entropy(maps, maps, heavy)


if __name__ == "__main__":
    main()
