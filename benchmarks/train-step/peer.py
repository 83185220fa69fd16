"""The peer of Program.cs: the same model, shapes, optimizer and clipping in plain PyTorch modules, written the usual way. Same arguments, same protocol."""
import json
import math
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def read_safetensors(path):
    kinds = {"F32": torch.float32, "F16": torch.float16}
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(data, dtype=kinds[e["dtype"]], count=math.prod(e["shape"]), offset=e["data_offsets"][0]).view(e["shape"]).float()
        for name, e in header.items()
        if e["dtype"] in kinds
    }


class SelfAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.size = c["num_attention_heads"], c["hidden_size"] // c["num_attention_heads"]
        self.query, self.key, self.value = (nn.Linear(c["hidden_size"], c["hidden_size"]) for _ in range(3))
        self.dropout = nn.Dropout(c["attention_probs_dropout_prob"])

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x, mask):
        scores = torch.matmul(self.split(self.query(x)), self.split(self.key(x)).transpose(-1, -2)) / math.sqrt(self.size) + mask
        context = torch.matmul(self.dropout(scores.softmax(-1)), self.split(self.value(x)))
        return context.transpose(1, 2).reshape(x.shape)


class Output(nn.Module):
    def __init__(self, c, inputs):
        super().__init__()
        self.dense = nn.Linear(inputs, c["hidden_size"])
        self.LayerNorm = nn.LayerNorm(c["hidden_size"], c["layer_norm_eps"])
        self.dropout = nn.Dropout(c["hidden_dropout_prob"])

    def forward(self, x, residual):
        return self.LayerNorm(self.dropout(self.dense(x)) + residual)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(c), "output": Output(c, c["hidden_size"])})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(c["hidden_size"], c["intermediate_size"])})
        self.output = Output(c, c["intermediate_size"])

    def forward(self, x, mask):
        x = self.attention["output"](self.attention["self"](x, mask), x)
        return self.output(F.gelu(self.intermediate["dense"](x)), x)


class Classifier(nn.Module):
    def __init__(self, c, labels):
        super().__init__()
        hidden = c["hidden_size"]
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(c["vocab_size"], hidden, padding_idx=0),
            "position_embeddings": nn.Embedding(c["max_position_embeddings"], hidden),
            "token_type_embeddings": nn.Embedding(c["type_vocab_size"], hidden),
            "LayerNorm": nn.LayerNorm(hidden, c["layer_norm_eps"]),
        })
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(c) for _ in range(c["num_hidden_layers"]))})
        self.pooler = nn.ModuleDict({"dense": nn.Linear(hidden, hidden)})
        self.dropout = nn.Dropout(c["hidden_dropout_prob"])
        self.classifier = nn.Linear(hidden, labels)

    def forward(self, ids, mask, types):
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["token_type_embeddings"](types) + e["position_embeddings"](torch.arange(ids.shape[1]))
        x = self.dropout(e["LayerNorm"](x))
        mask = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        for layer in self.encoder["layer"]:
            x = layer(x, mask)
        return self.classifier(self.dropout(torch.tanh(self.pooler["dense"](x[:, 0]))))


def batch_of(size, length, vocabulary, random):
    mask = torch.zeros(size, length, dtype=torch.long)
    for row in range(size):
        mask[row, :max(3, length - row % 4)] = 1
    ids = torch.randint(1, vocabulary, (size, length), generator=random) * mask
    return ids, mask, torch.zeros_like(ids), torch.arange(size) % 2


def main():
    folder, threads, shapes = sys.argv[1:4]
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    model = Classifier(config, 2)
    model.load_state_dict(read_safetensors(os.path.join(folder, "model.safetensors")), strict=False)
    decay = [p for n, p in model.named_parameters() if "bias" not in n and "LayerNorm" not in n]
    rest = [p for n, p in model.named_parameters() if "bias" in n or "LayerNorm" in n]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=5e-5)
    random = torch.Generator().manual_seed(1)
    batches = [batch_of(*map(int, shape.split("x")), config["vocab_size"], random) for shape in shapes.split(",")]
    model.train()
    at = 0
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            ids, mask, types, labels = batches[at % len(batches)]
            at += 1
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(ids, mask, types), labels)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            assert math.isfinite(loss.item())
        print(time.perf_counter() - start, flush=True)


main()
