"""The composition root: builds every part from the settings, and runs them as processes until they are stopped.

The only folder, with `console` and `commands`, that reads settings. May import everything below it; `console` and
`commands` import it.
"""
