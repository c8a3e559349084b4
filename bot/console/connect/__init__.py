"""What `billify connect` does: leads somebody at a terminal through a platform's side, checks each step with the
platform itself, keeps the settings, and says the first thing there.

`guide` asks and tells; `kept_settings` writes `billify.toml`; `slack`, `telegram` and `mail` are the ways, each made of
steps that end with a sentence on what failed; `introduction` has the owner heard there for the first time.
"""
