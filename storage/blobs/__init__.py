"""Bytes under names, in a folder or in an object store: whole or not there, whoever dies meanwhile.

It knows neither keys nor tables: who keeps something here seals it. It imports `errors` and `sealing.atomic_files`;
`documents`, `trail` and `backup` import it.
"""
