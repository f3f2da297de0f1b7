import torch.nn as nn, torch

class Encoder(nn.Module):
    def __init__(self, n_in, emb, hid):
        super().__init__()
        self.embedding = nn.Embedding(n_in, emb)
        self.rnn = nn.GRU(emb, hid, batch_first=True)

    def forward(self, src):
        return self.rnn(self.embedding(src))

class Decoder(nn.Module):
    def __init__(self, n_out, emb, hid):
        super().__init__()
        self.embedding = nn.Embedding(n_out, emb)
        self.rnn = nn.GRU(emb, hid, batch_first=True)
        self.fc = nn.Linear(hid, n_out)

    def forward(self, trg, hidden):
        out, hidden = self.rnn(self.embedding(trg), hidden)
        return self.fc(out)

class Seq2Seq(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(500, 32, 64), Decoder(600, 32, 64)

    def forward(self, src, trg):
        _, hidden = self.encoder(src)
        return self.decoder(trg, hidden)

model = Seq2Seq()
model(torch.randint(0, 500, (4, 20)), torch.randint(0, 600, (4, 15)))
