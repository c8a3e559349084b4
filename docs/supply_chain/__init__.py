"""What Billify ships and stands on, and under which licences: `licences.toml`, `training/weights.toml`, `make sbom`."""
