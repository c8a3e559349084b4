"""What is written about the project, and the scripts that hold it true: `python -m docs.NAME`."""
