"""The pages beside the chat: what use cases find, as HTML, one file a page.

A page asks what a request asks, past the same rights (`bot.processing`), and changes nothing: whatever is pressed or
filled in on it goes the way of a message of the web chat, into which it is mounted. `bot.application` imports it.
"""
