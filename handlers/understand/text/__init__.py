"""The sentence and its words: folding, typing mistakes, the grammar of phrases, and against what a sentence is
understood.

The lowest folder of `understand`; may import `language` and the vocabulary.
"""
