"""Seen from outside: figures for Prometheus and spans for OpenTelemetry, without anything of what was said or read.

Imports nothing of ours but `storage.db` and the shape of messages, so that every part of `bot` may tell of itself here.
"""
