"""Many bills decided about with one word: `decide.py` finds and decides, `words.py` says it."""
