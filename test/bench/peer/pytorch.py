"""The workloads in PyTorch: `pytorch.py SPEC` reads a line with a number, does the workload so often, and writes a line `done`."""
import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F


def steps(model, optimiser, loss, batches):
    state = {"next": 0}

    def once():
        x, y = batches[state["next"]]
        state["next"] = (state["next"] + 1) % len(batches)
        optimiser.zero_grad()
        loss(model(x), y).backward()
        optimiser.step()

    return once


def classes(size, shape):
    return [(torch.rand(size, *shape), torch.randint(10, (size,))) for _ in range(8)]


def dense(sizes, activation):
    pairs = list(zip(sizes, sizes[1:]))
    return [layer for i, (m, n) in enumerate(pairs) for layer in ([nn.Linear(m, n)] + ([activation()] if i < len(pairs) - 1 else []))]


def xor(spec):
    model = nn.Sequential(*dense([2, 8, 1], nn.Tanh))
    x, y = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]), torch.tensor([[0.0], [1], [1], [0]])
    return steps(model, torch.optim.SGD(model.parameters(), lr=spec["rate"]), F.binary_cross_entropy_with_logits, [(x, y)])


def classify(spec):
    model = nn.Sequential(*dense(spec["sizes"], nn.ReLU))
    return steps(model, torch.optim.Adam(model.parameters(), lr=1e-3), F.cross_entropy, classes(spec["batch"], [spec["sizes"][0]]))


def lenet(spec):
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
        *dense([400, 120, 84, 10], nn.Tanh),
    )
    return steps(model, torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9), F.cross_entropy, classes(spec["batch"], [1, 28, 28]))


def product(spec):
    x, y = torch.rand(spec["size"], spec["size"]), torch.rand(spec["size"], spec["size"])
    left, right = x.t() if spec["form"] == "XTY" else x, y.t() if spec["form"] == "XYT" else y
    return lambda: left @ right


def predict(spec):
    model = nn.Sequential(*dense(spec["sizes"], nn.ReLU))
    x = torch.rand(spec["batch"], spec["sizes"][0]).numpy()

    def once():
        with torch.inference_mode():
            return model(torch.from_numpy(x)).numpy()

    return once


kinds = {"xor": xor, "classify": classify, "lenet": lenet, "product": product, "predict": predict}
spec = json.loads(sys.argv[1])
once = kinds[spec["kind"]](spec)
if sys.argv[2:] == ["once"]:
    once()
else:
    print("done", flush=True)
    for line in sys.stdin:
        for _ in range(int(line)):
            once()
        print("done", flush=True)
