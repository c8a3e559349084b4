"""What an assistant outside asks for in a person's name: questions are answered, changes proposed to the person.

May import what lies beside it in `processing`; `bot.api` imports it.
"""
