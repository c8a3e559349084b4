"""In which language something is said, and how money, dates and numbers are written in it.

The lowest folder: it imports nothing of ours, and whoever words anything imports it. The German catalogue is
`handlers/locale/de.po`.
"""
