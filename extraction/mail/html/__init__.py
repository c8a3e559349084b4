"""The HTML of mails: cut into tokens, read as text, made a page without harm, and that drawn as PDF.

Imports nothing of extraction; the rest of extraction.mail and the channel of mail import it.
"""
