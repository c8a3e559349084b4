"""HTML of strangers: cut into tokens, read as text, made a page without harm, and that drawn as PDF.

Imports nothing of extraction; files, mail and the channel of mail import it.
"""
