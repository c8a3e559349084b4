"""Plain words → a request: a grammar with fuzzy words and names, fast and explainable.

`interpreter.py` is the way in; `model` takes what a language model answers where the grammar knows nothing, and
`sentences.py` says a request so that it is understood.
It goes from `dialogue` over `readers` and `values` down to `text`; phrases are tables in `phrases/*.toml`.
May import `wording`, `requests` and `language`; it never touches the ledger.
"""
