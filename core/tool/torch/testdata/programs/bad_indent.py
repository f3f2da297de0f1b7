import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
      self.a = nn.Linear(1, 2)
