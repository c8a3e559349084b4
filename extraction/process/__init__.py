"""Reading in a process of its own: its client (reader), what runs inside (worker), and `billify read` (read_command).

Others ask for reading here. Imports pipeline, files and ocr; within extraction only bench imports it.
"""
