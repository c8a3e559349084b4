"""Fields from words: pure functions from pages of words to documents (`decision.read_documents`).

Patterns lie below layout, layout below candidates, candidates below the decision. `candidate.py` is what all
subjects hand to the decision: a value, its place, and what speaks for it.
"""
