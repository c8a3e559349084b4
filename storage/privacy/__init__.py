"""Data protection: all that is kept about a person, erasing a person, how long documents and messages are kept, and
what is kept longer. It imports everything up to `bills`; `undo` may import it.
"""
