"""What people's corrections teach: how the documents of one vendor say what they say.

Imports fields; nothing in extraction imports it. Handlers keep what it learns and apply it to the next document.
"""
