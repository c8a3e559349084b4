"""Documents made by the project itself, with their truth: for the first five minutes, and for tests.

Which samples there are, and how they become files and simulated photos. Imports its folders content and layouts.
"""

from extraction.samples.language_set import write_language_set
from extraction.samples.layouts.fonts import NoFonts
from extraction.samples.sample_writer import write_samples

__all__ = ["NoFonts", "write_language_set", "write_samples"]
