"""Documents made by the project itself, with their truth: for the first five minutes, and for tests."""

from extraction.samples.write import write_samples

__all__ = ["write_samples"]
