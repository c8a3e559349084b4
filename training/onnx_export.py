"""Networks of torch as ONNX, which OpenVINO and ONNX Runtime read alike. They take pixels as they are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence

import onnx
import torch
from onnx import numpy_helper

_OPERATORS = 17  # the version of ONNX's operators; all that ONNX Runtime has had wheels for since 2022 knows it
_FEW = 64  # weights that are not worth a node of their own


def exported(
    network: torch.nn.Module, shape: Sequence[int], free: Sequence[int], metadata: Mapping[str, str] | None = None
) -> onnx.ModelProto:
    """A network that takes pixels of the shape, whose axes `free` may be of any length; its weights in sixteen bits."""
    written = io.BytesIO()
    with warnings.catch_warnings():
        # That this exporter is the older one: the newer takes minutes and two more packages for the same operators.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (torch.zeros(*shape, dtype=torch.uint8),),
            written,
            dynamo=False,
            opset_version=_OPERATORS,
            input_names=["pixels"],
            output_names=["found"],
            dynamic_axes={"pixels": list(free)},
        )
    model = onnx.load_from_string(written.getvalue())
    onnx.helper.set_model_props(model, dict(metadata or {}))
    _halve(model.graph)
    onnx.checker.check_model(model)
    return model


def _halve(graph: onnx.GraphProto) -> None:
    """Keeps weights in sixteen bits; both engines widen them once, when they load the network."""
    widened = []
    for weights in graph.initializer:
        values, name = numpy_helper.to_array(weights), weights.name
        if values.dtype == "float32" and values.size >= _FEW:
            weights.CopyFrom(numpy_helper.from_array(values.astype("float16"), f"{name}.half"))
            widened.append(onnx.helper.make_node("Cast", [weights.name], [name], to=onnx.TensorProto.FLOAT))
    for number, node in enumerate(widened):
        graph.node.insert(number, node)
