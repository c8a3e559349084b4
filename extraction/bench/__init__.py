"""`billify bench`: how much is read right (accuracy), how fast beside other tools (speed), what confidence is worth.

Imports whatever it measures; nothing in extraction imports it.
"""
