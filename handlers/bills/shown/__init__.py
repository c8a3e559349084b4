"""What people see of a bill: the version that each button carries, cards that follow the bill wherever they are, and
what is said of a document that is none.

`bot.processing` imports it; of handlers only use cases that show a bill do.
"""
