"""Settings, logging and data tables."""
