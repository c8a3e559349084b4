"""Values found anywhere in a sentence, each with its place, so that what is asked can be told from the words between.

`tags.py` is the way in. May import `values` and `text`; whoever decides what is asked leans on it.
"""
