"""How the network is learned that says whether a sentence answers a question (`kg/asking/pairs.onnx`)."""
