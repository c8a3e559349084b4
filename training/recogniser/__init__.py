"""The recogniser, which turns a picture of a line into text: trained from english_g2, and measured beside it.

Run `python -m training.recogniser.train_recogniser`, then `measure_recogniser`; `recogniser.toml` has the alphabet,
which receipts are held out, and the time to train. Imports lines and training_loop.
"""
