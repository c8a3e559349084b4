"""The detector's network: a small U-Net of plain convolutions, which processors run fastest.

CRAFT (Baek et al. 2019) is VGG16 at the picture's full size. Here the picture is halved at once, and what is only seen
at half its size joins again at the end (as channels of a quarter, by `pixel_unshuffle`), so that neighbouring letters
stay apart. For a picture of a million pixels it multiplies 11 thousand million times, CRAFT 300.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

STRIDE = 32


class Detector(nn.Module):
    """Pictures (n x 3 x height x width, sides multiples of `STRIDE`, 0 to 1) to logits of the two heat maps
    (n x 2 x height/2 x width/2): of characters and of gaps between them."""

    def __init__(self) -> None:
        super().__init__()
        self.first = _layer(3, 16, 2)
        self.down = nn.ModuleList(
            [
                nn.Sequential(_layer(16, 32, 2), _Residual(32)),
                nn.Sequential(_layer(32, 64, 2), *(_Residual(64) for _ in range(3))),
                nn.Sequential(_layer(64, 128, 2), *(_Residual(128) for _ in range(3))),
                nn.Sequential(_layer(128, 192, 2), *(_Residual(192) for _ in range(2))),
            ]
        )
        self.across = nn.ModuleList(_layer(channels, 64, size=1) for channels in (32, 64, 128, 192))
        self.up = nn.ModuleList((_layer(64, 48), _layer(64, 64), _layer(64, 64)))
        self.fine = _layer(4 * 16, 16, size=1)
        self.head = nn.Sequential(_layer(48 + 16, 32), nn.Conv2d(32, 2 * 4, 3, padding=1))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """See the class."""
        half = self.first(pictures)
        levels = []
        found = half
        for down, across in zip(self.down, self.across, strict=True):
            found = down(found)
            levels.append(across(found))
        found = levels.pop()
        for up in reversed(self.up):
            found = up(levels.pop() + functional.interpolate(found, scale_factor=2.0))
        both = torch.cat((found, self.fine(functional.pixel_unshuffle(half, 2))), 1)
        return functional.pixel_shuffle(self.head(both), 2)


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.change = nn.Sequential(_layer(channels, channels), *_layer(channels, channels)[:2])

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return functional.relu(features + self.change(features))


def _layer(inward: int, outward: int, stride: int = 1, size: int = 3) -> nn.Sequential:
    convolution = nn.Conv2d(inward, outward, size, stride, size // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outward), nn.ReLU(inplace=True))
