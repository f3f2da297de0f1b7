import torch, torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(4, 12, (3, 5), stride=(2, 1), dilation=(1, 2), padding_mode="reflect", padding=(1, 2)), nn.InstanceNorm2d(12, affine=True), nn.PReLU(12),
    nn.Upsample(scale_factor=2), nn.LayerNorm([12, 30, 52]), nn.LeakyReLU(0.2), nn.ZeroPad2d((1, 2, 0, 1)), nn.Conv2d(12, 6, 1, groups=3), nn.Hardswish())
net(torch.randn(2, 4, 30, 30))
