"""A request made of what a sentence asks for and of the values that stand anywhere in it.

`intents` says what is asked, `tagging` finds the values, and the builders here, one file a subject, put them
together; whatever word nobody accounts for is asked about (`accounting.py`). May import `readers` and what lies
below; `interpreter` imports it.
"""
