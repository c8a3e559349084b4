"""Pictures of answers, as PNG in one house style; the same numbers stand in the text beside them.

May import `language`; `answers` draws with it.
"""
