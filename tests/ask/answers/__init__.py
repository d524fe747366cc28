"""How the network is learned that says which sentence of a passage answers a question (`kg/asking/extractive.onnx`)."""
