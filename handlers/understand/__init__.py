"""Plain words → a request: a grammar with fuzzy words and names, fast and explainable.

`interpreter.py` is the way in; `model_choice.py` takes what a language model chose where the grammar knows no answer.
It goes from `dialogue` over `readers` and `values` down to `text`; phrases are tables in `phrases/*.toml`.
May import `wording`, `requests` and `language`; it never touches the ledger.
"""
