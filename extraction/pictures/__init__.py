"""Image preprocessing before OCR: decoding, page detection, rectifying, deskewing, illumination, orientation, tiling.

Imports the shapes of extraction, and fields.patterns (for words that make sense); files, pipeline, bench import it.
"""
