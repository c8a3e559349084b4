"""The detector, which shows where text stands: learns from CRAFT's heat maps of pages, and is measured beside it.

Run `python -m training.detector.detector_pages`, then `train_detector` and `measure_detector`. `detector.pth` is what
was trained last, from which export_networks makes what ships. Imports lines and training_loop.
"""
