"""Billify's recogniser, as EasyOCR loads networks of users: english_g2's architecture (see training/README.md)."""

from __future__ import annotations

from easyocr.model.vgg_model import Model

__all__ = ["Model"]
