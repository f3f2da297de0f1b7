"""A decoder whose outputs are written into a tensor step by step, with the sequence first."""
import random
import torch
from torch import nn


class Step(nn.Module):
    def __init__(self, words, width, hidden):
        super().__init__()
        self.table = nn.Embedding(words, width)
        self.rnn = nn.GRU(width + hidden, hidden)
        self.out = nn.Linear(hidden * 2 + width, words)

    def forward(self, word, state, memory):
        x = self.table(word.unsqueeze(0))
        found = memory.mean(0, keepdim=True)
        y, state = self.rnn(torch.cat((x, found), dim=2), state.unsqueeze(0))
        assert y.shape == state.shape
        return self.out(torch.cat((y.squeeze(0), found.squeeze(0), x.squeeze(0)), dim=1)), state.squeeze(0)


class Translate(nn.Module):
    def __init__(self, words=90, width=12, hidden=20):
        super().__init__()
        self.words = words
        self.table = nn.Embedding(words, width)
        self.rnn = nn.GRU(width, hidden, bidirectional=True)
        self.join = nn.Linear(hidden * 2, hidden)
        self.step = Step(words, width, hidden)

    def forward(self, source, target, teacher=0.5):
        length, batch = target.shape
        outputs = torch.zeros(length, batch, self.words)
        memory, state = self.rnn(self.table(source))
        state = torch.tanh(self.join(torch.cat((state[-2, :, :], state[-1, :, :]), dim=1)))
        memory, word = torch.tanh(self.join(memory)), target[0, :]
        for t in range(1, length):
            y, state = self.step(word, state, memory)
            outputs[t] = y
            word = target[t] if random.random() < teacher else y.argmax(1)
        return outputs


model = Translate()
scores = model(torch.randint(0, 90, (7, 3)), torch.randint(0, 90, (4, 3)))
