"""The Python side of the training-step benchmark: the same BERT classifier, step and shapes in plain PyTorch modules.

Prints "ready" when warmed up, then for each line N on standard input runs N steps and prints the seconds they took.
Usage: peer.py BATCH LENGTH THREADS [VOCABULARY LAYERS HIDDEN HEADS INTERMEDIATE]
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

batch, length, threads = (int(a) for a in sys.argv[1:4])
vocabulary, layers, hidden, heads, intermediate = (int(a) for a in sys.argv[4:9]) if len(sys.argv) > 4 else (30522, 6, 384, 12, 1536)
torch.set_num_threads(threads)
torch.manual_seed(1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.up, self.down = nn.Linear(hidden, intermediate), nn.Linear(intermediate, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, _ = x.shape

        def split(t):
            return t.view(b, n, heads, hidden // heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(-1, -2)) / (hidden // heads) ** 0.5 + mask
        context = torch.matmul(self.dropout(scores.softmax(-1)), v).transpose(1, 2).reshape(b, n, hidden)
        x = self.norm1(x + self.dropout(self.output(context)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(vocabulary, hidden, padding_idx=0)
        self.positions, self.types = nn.Embedding(512, hidden), nn.Embedding(2, hidden)
        self.norm, self.dropout = nn.LayerNorm(hidden, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.pooler, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, 2)

    def forward(self, ids, types, mask):
        mask = (1 - mask[:, None, None, :].to(torch.float32)) * torch.finfo(torch.float32).min
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1])) + self.types(types)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return self.classifier(self.dropout(torch.tanh(self.pooler(x[:, 0]))))


model = Classifier().train()
decayed = [p for n, p in model.named_parameters() if "bias" not in n and "norm" not in n]
plain = [p for n, p in model.named_parameters() if "bias" in n or "norm" in n]
optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=5e-5)
ids = torch.randint(1, vocabulary, (batch, length))
types = torch.zeros_like(ids)
mask = torch.ones_like(ids)
# As in real batches, about half of the rows end in padding.
for row in range(0, batch, 2):
    end = length - 1 - row % max(1, length // 4)
    ids[row, end:], mask[row, end:] = 0, 0
labels = torch.randint(0, 2, (batch,))


def step():
    loss = F.cross_entropy(model(ids, types, mask), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


for _ in range(3):
    step()
print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        step()
    print(f"{time.perf_counter() - start:.4f}", flush=True)
