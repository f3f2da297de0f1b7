import torch, torch.nn as nn

class GRUClassifier(nn.Module):
    def __init__(self, input_size=40, hidden=64, layers=2, classes=5):
        super().__init__()
        self.gru = nn.GRU(input_size, hidden, layers, batch_first=True, bidirectional=True, dropout=0.2)
        self.fc = nn.Linear(2 * hidden, classes)

    def forward(self, x):
        h0 = torch.zeros(2 * 2, x.size(0), 64).to(x.device)
        out, h = self.gru(x, h0)
        return self.fc(out[:, -1, :])

m = GRUClassifier()
m(torch.zeros(8, 100, 40))
