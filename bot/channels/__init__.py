"""One adapter a platform: translate in, render out, nothing else."""
