"""Bills by what is said of them: `search.py` by words, numbers and conditions, `amount_filters.py` by amounts."""
