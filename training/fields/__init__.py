"""The weights by which fields are chosen: fitted to documents with truth, from the judgement in `fields.toml`.

Run `python -m training.fields.words`, then `fit_weights`. Imports lines, and the fields and the bench of extraction.
"""
