"""Documents made by the project itself, with their truth: for the first five minutes, and for tests.

Which samples there are, and how they become files and simulated photos. Imports its folders content and layouts.
"""

from extraction.samples.sample_writer import write_samples

__all__ = ["write_samples"]
