import torch
import torch.nn as nn


class Reviews(nn.Module):
    def __init__(self, words, layers=2, width=24, hidden=32):
        super().__init__()
        self.layers, self.hidden = layers, hidden
        self.table = nn.Embedding(words, width)
        self.rnn = nn.LSTM(width, hidden, num_layers=layers, batch_first=True)
        self.out = nn.Linear(hidden, 1)

    def begin(self, batch):
        return tuple(torch.zeros((self.layers, batch, self.hidden)) for _ in range(2))

    def forward(self, x, state):
        y, state = self.rnn(self.table(x), state)
        y = torch.sigmoid(self.out(y.contiguous().view(-1, self.hidden)))
        return y.view(x.size(0), -1)[:, -1], state


net = Reviews(300)
state = net.begin(4)
score, state = net(torch.randint(0, 300, (4, 15)), state)
