"""What a language model that a company plugs in may say: requests as typed tools, and no word or figure of its own.

`tools` offers the requests, `arguments` checks what comes back by their types, `accounted` by the words of the message,
`answer` makes the request, card or question of it; `direct` does so where an assistant filled a tool in itself.
The HTTP is the bot's (`bot.processing.language_model`).
May import all of `understand`; only the bot imports it.
"""
