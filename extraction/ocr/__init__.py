"""OCR: text detection and recognition by EasyOCR's kind of networks, on torch, OpenVINO or ONNX Runtime.

Only this folder imports those engines. Imports extraction.evidence alone; process and bench import it.
"""
