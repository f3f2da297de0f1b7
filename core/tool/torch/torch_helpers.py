# What torch.nn lacks and exported networks may need. torch_text.go takes the
# definitions out that a network uses; two empty lines divide them.


class Missing(nn.Module):
    """Placeholder for a layer that has no equivalent in PyTorch."""

    def __init__(self, what):
        raise NotImplementedError(what)


def without(module, name):
    """Takes a tensor away that PyTorch's class always has."""
    module.register_parameter(name, None)
    return module


class LayerNorm2d(nn.LayerNorm):
    """Layer norm over the channels of a map, for each position by itself."""

    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


class RMSNorm(nn.Module):
    def __init__(self, normalized_shape, eps=1e-5, elementwise_affine=True, channels=False):
        super().__init__()
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else normalized_shape
        self.dims = tuple(range(-len(shape), 0))
        self.eps = eps
        self.channels = channels
        self.weight = nn.Parameter(torch.ones(shape)) if elementwise_affine else None

    def forward(self, x):
        if self.channels:
            x = x.movedim(1, -1)
        x = x * torch.rsqrt(x.pow(2).mean(self.dims, keepdim=True) + self.eps)
        if self.weight is not None:
            x = x * self.weight
        return x.movedim(-1, 1) if self.channels else x


class LayerScale(nn.Module):
    """One learned factor for each feature or channel, and a shift if wanted."""

    def __init__(self, shape, init=1e-6, bias=False):
        super().__init__()
        self.weight = nn.Parameter(torch.full(shape, float(init)))
        self.bias = nn.Parameter(torch.zeros(shape)) if bias else None

    def forward(self, x):
        x = x * self.weight
        return x if self.bias is None else x + self.bias


class PReLUs(nn.Module):
    """PReLU with a slope for each position that has one of its own."""

    def __init__(self, shape, init=0.25):
        super().__init__()
        self.weight = nn.Parameter(torch.full(shape, float(init)))

    def forward(self, x):
        return torch.where(x > 0, x, x * self.weight)


class StochasticDepth(nn.Module):
    """Leaves the residual path of whole samples out while training."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = x.new_empty((x.size(0),) + (1,) * (x.dim() - 1)).bernoulli_(1 - self.p)
        return x * keep / max(1 - self.p, 1e-12)


class GaussianDropout(nn.Module):
    """Multiplies by noise around 1 while training."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p in (0, 1):
            return x
        return x * (1 + torch.randn_like(x) * (self.p / (1 - self.p)) ** 0.5)


class GaussianNoise(nn.Module):
    """Adds noise while training."""

    def __init__(self, stddev):
        super().__init__()
        self.stddev = stddev

    def forward(self, x):
        return x + torch.randn_like(x) * self.stddev if self.training else x


class AvgPoolSame(nn.Module):
    """Averages windows that reach over the edge, of which only what lies inside counts."""

    def __init__(self, pool, padding):
        super().__init__()
        self.pool = pool
        self.padding = padding

    def forward(self, x):
        return self.pool(F.pad(x, self.padding)) / self.pool(F.pad(torch.ones_like(x), self.padding))


class Both(nn.Module):
    """A recurrent layer of two directions, joined in another way or only their last outputs."""

    def __init__(self, rnn, width, merge="concat", last=False):
        super().__init__()
        self.rnn = rnn
        self.width = width
        self.merge = merge
        self.last = last

    def forward(self, x):
        ahead, back = self.rnn(x)[0].split(self.width, dim=-1)
        if self.last:
            ahead, back = ahead[:, -1], back[:, 0]
        if self.merge == "concat":
            return torch.cat((ahead, back), dim=-1)
        if self.merge == "mul":
            return ahead * back
        return (ahead + back) / 2 if self.merge == "ave" else ahead + back


class ConvLSTM(nn.Module):
    """An LSTM whose matrices are convolutions, on films [batch, steps, channels, ...]."""

    def __init__(self, in_channels, hidden, dims, kernel_size, padding, stride=1, dilation=1, bias=True, last=False):
        super().__init__()
        conv = (nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1]
        self.padding = padding
        self.last = last
        self.input = conv(in_channels, 4 * hidden, kernel_size, stride=stride, dilation=dilation, bias=bias)
        self.state = conv(hidden, 4 * hidden, kernel_size, padding="same", bias=False)

    def forward(self, x):
        outputs, c, h = [], None, None
        for step in x.unbind(1):
            gates = self.input(F.pad(step, self.padding))
            if h is not None:
                gates = gates + self.state(h)
            i, f, g, o = gates.chunk(4, dim=1)
            kept = 0 if c is None else f.sigmoid() * c
            c = kept + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            outputs.append(h)
        return h if self.last else torch.stack(outputs, dim=1)


class Attention(nn.MultiheadAttention):
    """Multi-head attention that gives its output alone; with one input, self-attention."""

    def __init__(self, embed_dim, num_heads, causal=False, **options):
        super().__init__(embed_dim, num_heads, batch_first=True, **options)
        self.causal = causal

    def forward(self, query, key=None, value=None):
        key = query if key is None else key
        value = key if value is None else value
        q, k, v = (t.reshape(-1, *t.shape[-2:]) for t in (query, key, value))
        mask = None
        if self.causal:
            mask = torch.ones(q.size(1), k.size(1), dtype=torch.bool, device=q.device).triu(1)
        out = super().forward(q, k, v, need_weights=False, attn_mask=mask)[0]
        return out.reshape(*query.shape[:-1], out.size(-1))


class GroupedAttention(nn.Module):
    """Attention with fewer heads for key and value than for the query, heads of any size, or a window."""

    def __init__(self, embed_dim, num_heads, kv_heads, head_dim, dropout=0, bias=True, kdim=None, vdim=None, out_bias=True, window=0, causal=False):
        super().__init__()
        self.heads, self.kv_heads, self.head_dim = num_heads, kv_heads, head_dim
        self.dropout, self.window, self.causal = dropout, window, causal
        self.q_proj = nn.Linear(embed_dim, num_heads * head_dim, bias=bias)
        self.k_proj = nn.Linear(kdim or embed_dim, kv_heads * head_dim, bias=bias)
        self.v_proj = nn.Linear(vdim or embed_dim, kv_heads * head_dim, bias=bias)
        self.out_proj = nn.Linear(num_heads * head_dim, embed_dim, bias=out_bias)

    def forward(self, query, key=None, value=None):
        key = query if key is None else key
        value = key if value is None else value
        q = self.q_proj(query).unflatten(-1, (self.heads, self.head_dim)).transpose(-3, -2)
        k = self.k_proj(key).unflatten(-1, (self.kv_heads, self.head_dim)).transpose(-3, -2)
        v = self.v_proj(value).unflatten(-1, (self.kv_heads, self.head_dim)).transpose(-3, -2)
        k, v = (t.repeat_interleave(self.heads // self.kv_heads, dim=-3) for t in (k, v))
        scores = q @ k.transpose(-2, -1) / self.head_dim**0.5
        far = torch.arange(q.size(-2), device=q.device)[:, None] - torch.arange(k.size(-2), device=q.device)
        if self.causal:
            scores = scores.masked_fill(far < 0, float("-inf"))
        if self.window:
            scores = scores.masked_fill((far >= self.window) | (far <= -self.window), float("-inf"))
        weights = F.dropout(scores.softmax(-1), self.dropout, self.training)
        return self.out_proj((weights @ v).transpose(-3, -2).flatten(-2))


class WindowAttention(nn.Module):
    """Attention inside (shifted) windows with a learned bias for each distance, as Swin has it."""

    def __init__(self, dim, num_heads, window, shift=None, bias=True, out_bias=None):
        super().__init__()
        self.num_heads, self.window = num_heads, window
        self.shift = shift or (0,) * len(window)
        self.qkv = nn.Linear(dim, 3 * dim, bias=bias)
        self.proj = nn.Linear(dim, dim, bias=bias if out_bias is None else out_bias)
        spans = [2 * w - 1 for w in window]
        places = torch.stack(torch.meshgrid(*[torch.arange(w) for w in window], indexing="ij")).flatten(1)
        index = torch.zeros(places.size(1), places.size(1), dtype=torch.long)
        for p, w, span in zip(places, window, spans):
            index = index * span + p[:, None] - p[None, :] + w - 1
        self.register_buffer("relative_position_index", index)
        self.make_bias(spans)

    def make_bias(self, spans):
        count = 1
        for span in spans:
            count *= span
        self.relative_position_bias_table = nn.Parameter(torch.zeros(count, self.num_heads))

    def bias(self, n):
        index = self.relative_position_index[:n, :n]
        return self.relative_position_bias_table[index.flatten()].view(n, n, -1).permute(2, 0, 1)

    def scores(self, q, k):
        return q @ k.transpose(-2, -1) / q.size(-1) ** 0.5

    def project(self, x):
        return self.qkv(x)

    def divide(self, x, window):
        sizes = [n for size, w in zip(x.shape[1:-1], window) for n in (size // w, w)]
        d = len(window)
        order = [0, *range(1, 2 * d, 2), *range(2, 2 * d + 1, 2), 2 * d + 1]
        return x.view(x.size(0), *sizes, x.size(-1)).permute(order).flatten(d + 1, 2 * d).flatten(0, d)

    def forward(self, x):
        size, d = x.shape[1:-1], x.dim() - 2
        window = [min(w, n) if d == 3 else w for w, n in zip(self.window, size)]
        padded = [n + -n % w for n, w in zip(size, window)]
        shift = [0 if w >= n else s for s, w, n in zip(self.shift, window, padded)]
        dims, back = tuple(range(1, d + 1)), [-s for s in shift]
        fill = [n for i in reversed(range(d)) for n in (0, padded[i] - size[i])]
        y = F.pad(x, (0, 0, *fill))
        if any(shift):
            y = torch.roll(y, back, dims)
        y = self.divide(y, window)
        n = y.size(1)
        q, k, v = self.project(y).view(-1, n, 3, self.num_heads, y.size(-1) // self.num_heads).permute(2, 0, 3, 1, 4)
        scores = self.scores(q, k) + self.bias(n)
        if any(shift):
            region = torch.zeros(1, *padded, 1, device=x.device)
            for i, (w, s) in enumerate(zip(window, shift)):
                if s:
                    part = torch.zeros(padded[i], device=x.device)
                    part[-w:-s], part[-s:] = 1, 2
                    region = region * 3 + part.view([-1 if j == i + 1 else 1 for j in range(d + 2)])
            region = self.divide(region, window).squeeze(-1)
            mask = (region[:, None, :] != region[:, :, None]) * -100.0
            scores = scores.view(-1, mask.size(0), *scores.shape[1:]) + mask[None, :, None]
            scores = scores.flatten(0, 1)
        y = self.proj((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
        parts = [p // w for p, w in zip(padded, window)]
        order = [0, *[j for i in range(d) for j in (1 + i, 1 + d + i)], 2 * d + 1]
        y = y.view(-1, *parts, *window, y.size(-1)).permute(order).reshape(-1, *padded, y.size(-1))
        if any(shift):
            y = torch.roll(y, shift, dims)
        for i, n in enumerate(size):
            y = y.narrow(i + 1, 0, n)
        return y


class WindowAttentionV2(WindowAttention):
    """The same as Swin v2 has it: cosines, and a bias that a small network makes of the distance."""

    def make_bias(self, spans):
        self.logit_scale = nn.Parameter(torch.full((self.num_heads, 1, 1), 10.0).log())
        self.cpb_mlp = nn.Sequential(nn.Linear(len(spans), 512), nn.ReLU(), nn.Linear(512, self.num_heads, bias=False))
        steps = torch.meshgrid(*[torch.arange(1 - (s + 1) // 2, (s + 1) // 2) for s in spans], indexing="ij")
        table = 8 * torch.stack(steps, dim=-1).float() / torch.tensor([max((s - 1) // 2, 1) for s in spans])
        self.register_buffer("relative_coords_table", table.sign() * (table.abs() + 1).log2() / 3)

    def bias(self, n):
        table = self.cpb_mlp(self.relative_coords_table).flatten(0, -2)
        index = self.relative_position_index[:n, :n]
        return 16 * table[index.flatten()].view(n, n, -1).permute(2, 0, 1).sigmoid()

    def scores(self, q, k):
        cosine = F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).transpose(-2, -1)
        return cosine * self.logit_scale.clamp(max=4.605170185988092).exp()

    def project(self, x):
        b = self.qkv.bias
        if b is not None:
            c = x.size(-1)
            b = torch.cat((b[:c], torch.zeros_like(b[:c]), b[2 * c :]))  # keys have none
        return F.linear(x, self.qkv.weight, b)


class RelativeAttention(nn.Module):
    """Attention inside windows that are divided already, as MaxViT has it."""

    def __init__(self, dim, num_heads, window, bias=True, out_bias=None):
        super().__init__()
        self.num_heads = num_heads
        self.to_qkv = nn.Linear(dim, 3 * dim, bias=bias)
        self.merge = nn.Linear(dim, dim, bias=bias if out_bias is None else out_bias)
        h, w = window
        self.relative_position_bias_table = nn.Parameter(torch.zeros((2 * h - 1) * (2 * w - 1), num_heads))
        rows, columns = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
        rows, columns = rows.flatten(), columns.flatten()
        index = (rows[:, None] - rows + h - 1) * (2 * w - 1) + columns[:, None] - columns + w - 1
        self.register_buffer("relative_position_index", index)

    def forward(self, x):
        n, size = x.size(-2), x.size(-1) // self.num_heads
        q, k, v = (t.unflatten(-1, (self.num_heads, size)).transpose(-3, -2) for t in self.to_qkv(x).chunk(3, dim=-1))
        bias = self.relative_position_bias_table[self.relative_position_index.flatten()].view(n, n, -1).permute(2, 0, 1)
        scores = q @ k.transpose(-2, -1) / x.size(-1) ** 0.5 + bias
        return self.merge((scores.softmax(-1) @ v).transpose(-3, -2).flatten(-2))


class MultiscaleAttention(nn.Module):
    """Attention on a film whose queries, keys and values are pooled first, as MViT has it."""

    class Pool(nn.Module):
        def __init__(self, width, kernel, stride):
            super().__init__()
            padding = tuple(k // 2 for k in kernel)
            self.pool = nn.Conv3d(width, width, kernel, stride, padding, groups=width, bias=False)
            self.norm_act = nn.Sequential(nn.LayerNorm(width, eps=1e-6))

        def forward(self, x, grid):
            token, x = x[:, :, :1], x[:, :, 1:]
            b, heads, _, width = x.shape
            x = self.pool(x.transpose(2, 3).reshape(b * heads, width, *grid))
            grid = x.shape[2:]
            x = x.reshape(b, heads, width, -1).transpose(2, 3)
            return self.norm_act(torch.cat((token, x), dim=2)), grid

    def __init__(self, dim, width, num_heads, grid, kernel_q=(1, 1, 1), stride_q=(1, 1, 1), kernel_kv=(1, 1, 1), stride_kv=(1, 1, 1), rel_pos=False, residual=False, bias=True, out_bias=None):
        super().__init__()
        self.num_heads, self.grid, self.residual, self.rel_pos = num_heads, grid, residual, rel_pos
        one = width // num_heads
        self.qkv = nn.Linear(dim, 3 * width, bias=bias)
        self.project = nn.Sequential(nn.Linear(width, width, bias=bias if out_bias is None else out_bias))

        def pool(kernel, stride):
            return self.Pool(one, kernel, stride) if max(kernel) > 1 or max(stride) > 1 else None

        self.pool_q, self.pool_k, self.pool_v = pool(kernel_q, stride_q), pool(kernel_kv, stride_kv), pool(kernel_kv, stride_kv)
        if rel_pos:
            side = max(grid[1], grid[2])
            n = 2 * max(side // stride_q[1], side // stride_kv[1]) - 1
            self.rel_pos_h = nn.Parameter(torch.zeros(n, one))
            self.rel_pos_w = nn.Parameter(torch.zeros(n, one))
            self.rel_pos_t = nn.Parameter(torch.zeros(2 * grid[0] - 1, one))

    def forward(self, x):
        q, k, v = self.qkv(x).unflatten(-1, (3, self.num_heads, -1)).permute(2, 0, 3, 1, 4)
        at = [self.grid] * 3
        for i, (t, pool) in enumerate(((q, self.pool_q), (k, self.pool_k), (v, self.pool_v))):
            if pool is not None:
                t, at[i] = pool(t, self.grid)
            q, k, v = (t if j == i else old for j, old in enumerate((q, k, v)))
        scores = q @ k.transpose(-2, -1) / q.size(-1) ** 0.5
        if self.rel_pos:
            scores = torch.cat((scores[:, :, :1], self.related(scores[:, :, 1:], q[:, :, 1:], *at[:2])), dim=2)
        y = scores.softmax(-1) @ v
        if self.residual:
            y = torch.cat((y[:, :, :1], y[:, :, 1:] + q[:, :, 1:]), dim=2)
        return self.project(y.transpose(1, 2).flatten(2))

    def related(self, scores, q, at_q, at_k):
        q = q.unflatten(2, tuple(at_q))
        total = 0
        for i, (table, letter) in enumerate(((self.rel_pos_t, "t"), (self.rel_pos_h, "h"), (self.rel_pos_w, "w"))):
            n, m = at_q[i], at_k[i]
            want = 2 * max(n, m) - 1
            if table.size(0) != want:
                table = F.interpolate(table.t()[None], size=want, mode="linear")[0].t()
            rows = torch.arange(n, device=q.device)[:, None] * max(m / n, 1.0)
            columns = (torch.arange(m, device=q.device) + 1 - m) * max(n / m, 1.0)
            near = torch.einsum(f"bnthwc,{letter}kc->bnthwk", q, table[(rows - columns).long()])
            total = total + near.view(*near.shape[:5], *[m if j == i else 1 for j in range(3)])
        total = F.pad(total.flatten(5).flatten(2, 4), (1, 0))  # the token has no distance
        return scores + total
