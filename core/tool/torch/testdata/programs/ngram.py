import torch
import torch.nn as nn
import torch.nn.functional as F
CONTEXT_SIZE, EMBEDDING_DIM = 2, 10
text = "when forty winters shall besiege thy brow and dig deep trenches in thy field".split()
vocab = sorted(set(text))
word_to_ix = {word: i for i, word in enumerate(vocab)}

class NGram(nn.Module):
    def __init__(self, vocab_size, embedding_dim, context_size):
        super().__init__()
        self.embeddings = nn.Embedding(vocab_size, embedding_dim)
        self.linear1 = nn.Linear(context_size * embedding_dim, 128)
        self.linear2 = nn.Linear(128, vocab_size)

    def forward(self, inputs):
        embeds = self.embeddings(inputs).view((1, -1))
        out = F.relu(self.linear1(embeds))
        return F.log_softmax(self.linear2(out), dim=1)

model = NGram(len(vocab), EMBEDDING_DIM, CONTEXT_SIZE)
context_idxs = torch.tensor([word_to_ix[w] for w in text[:2]], dtype=torch.long)
log_probs = model(context_idxs)
