"""Use cases, blind to channels; the folders are what people do with Billify.

At the top lies the vocabulary that channels and use cases share: messages, errors, the context of a request, the ids of
buttons, and what was answered last. It may import `language` and `requests`, and everything else imports it.
"""
