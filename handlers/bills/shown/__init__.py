"""What people see of a bill: the version that each button carries, and cards that follow the bill wherever they are.

`bot.processing` imports it; nobody else of handlers does.
"""
