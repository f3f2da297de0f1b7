import torch
from torch import nn

class MatrixFactorization(nn.Module):
    def __init__(self, n_users, n_items, n_factors=20):
        super().__init__()
        self.user_factors = nn.Embedding(n_users, n_factors, sparse=True)
        self.item_factors = nn.Embedding(n_items, n_factors, sparse=True)
        self.user_bias = nn.Embedding(n_users, 1)
        self.item_bias = nn.Embedding(n_items, 1)

    def forward(self, user, item):
        dot = (self.user_factors(user) * self.item_factors(item)).sum(1, keepdim=True)
        return (dot + self.user_bias(user) + self.item_bias(item)).squeeze()

model = MatrixFactorization(1000, 500, n_factors=24)
rating = model(torch.LongTensor([4, 5]), torch.LongTensor([7, 8]))
