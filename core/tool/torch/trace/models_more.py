"""More networks of torchvision.models, which are loaded when a program asks for one that models.py has not.

Written for the evaluator of paramstack from the published tables of their layers, with torchvision's names.
"""
import math
from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.ops import Conv2dNormActivation, SqueezeExcitation, StochasticDepth, MLP, Permute, _make_divisible


# GoogLeNet and Inception v3

class BasicConv2d(nn.Module):
    def __init__(self, in_channels, out_channels, **options):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, bias=False, **options)
        self.bn = nn.BatchNorm2d(out_channels, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)


class Inception(nn.Module):
    def __init__(self, n, ch1, ch3red, ch3, ch5red, ch5, pool):
        super().__init__()
        self.branch1 = BasicConv2d(n, ch1, kernel_size=1)
        self.branch2 = nn.Sequential(BasicConv2d(n, ch3red, kernel_size=1), BasicConv2d(ch3red, ch3, kernel_size=3, padding=1))
        self.branch3 = nn.Sequential(BasicConv2d(n, ch5red, kernel_size=1), BasicConv2d(ch5red, ch5, kernel_size=3, padding=1))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), BasicConv2d(n, pool, kernel_size=1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class InceptionAux(nn.Module):
    def __init__(self, n, num_classes, dropout=0.7):
        super().__init__()
        self.conv = BasicConv2d(n, 128, kernel_size=1)
        self.fc1, self.fc2 = nn.Linear(2048, 1024), nn.Linear(1024, num_classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = self.conv(F.adaptive_avg_pool2d(x, (4, 4)))
        return self.fc2(self.dropout(F.relu(self.fc1(torch.flatten(x, 1)))))


class GoogLeNet(nn.Module):
    def __init__(self, num_classes=1000, aux_logits=True, transform_input=False, init_weights=None, dropout=0.2,
                 dropout_aux=0.7):
        super().__init__()
        self.aux_logits = aux_logits
        pool = partial(nn.MaxPool2d, stride=2, ceil_mode=True)
        self.conv1 = BasicConv2d(3, 64, kernel_size=7, stride=2, padding=3)
        self.maxpool1 = pool(3)
        self.conv2 = BasicConv2d(64, 64, kernel_size=1)
        self.conv3 = BasicConv2d(64, 192, kernel_size=3, padding=1)
        self.maxpool2 = pool(3)
        self.inception3a = Inception(192, 64, 96, 128, 16, 32, 32)
        self.inception3b = Inception(256, 128, 128, 192, 32, 96, 64)
        self.maxpool3 = pool(3)
        self.inception4a = Inception(480, 192, 96, 208, 16, 48, 64)
        self.inception4b = Inception(512, 160, 112, 224, 24, 64, 64)
        self.inception4c = Inception(512, 128, 128, 256, 24, 64, 64)
        self.inception4d = Inception(512, 112, 144, 288, 32, 64, 64)
        self.inception4e = Inception(528, 256, 160, 320, 32, 128, 128)
        self.maxpool4 = pool(2)
        self.inception5a = Inception(832, 256, 160, 320, 32, 128, 128)
        self.inception5b = Inception(832, 384, 192, 384, 48, 128, 128)
        self.aux1 = InceptionAux(512, num_classes, dropout_aux) if aux_logits else None
        self.aux2 = InceptionAux(528, num_classes, dropout_aux) if aux_logits else None
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(1024, num_classes)

    def forward(self, x):
        x = self.maxpool1(self.conv1(x))
        x = self.maxpool2(self.conv3(self.conv2(x)))
        x = self.inception4a(self.maxpool3(self.inception3b(self.inception3a(x))))
        aux1 = self.aux1(x) if self.aux1 is not None and self.training else None
        x = self.inception4d(self.inception4c(self.inception4b(x)))
        aux2 = self.aux2(x) if self.aux2 is not None and self.training else None
        x = self.inception5b(self.inception5a(self.maxpool4(self.inception4e(x))))
        x = self.fc(self.dropout(torch.flatten(self.avgpool(x), 1)))
        return (x, aux2, aux1) if aux1 is not None else x


def split(n, out):
    """Two convolutions side by side, 1×3 and 3×1."""
    return BasicConv2d(n, out, kernel_size=(1, 3), padding=(0, 1)), BasicConv2d(n, out, kernel_size=(3, 1), padding=(1, 0))


class InceptionA(nn.Module):
    def __init__(self, n, pool):
        super().__init__()
        self.branch1x1 = BasicConv2d(n, 64, kernel_size=1)
        self.branch5x5_1, self.branch5x5_2 = BasicConv2d(n, 48, kernel_size=1), BasicConv2d(48, 64, kernel_size=5, padding=2)
        self.branch3x3dbl_1 = BasicConv2d(n, 64, kernel_size=1)
        self.branch3x3dbl_2 = BasicConv2d(64, 96, kernel_size=3, padding=1)
        self.branch3x3dbl_3 = BasicConv2d(96, 96, kernel_size=3, padding=1)
        self.branch_pool = BasicConv2d(n, pool, kernel_size=1)

    def forward(self, x):
        return torch.cat([self.branch1x1(x), self.branch5x5_2(self.branch5x5_1(x)),
                          self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
                          self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))], 1)


class InceptionB(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch3x3 = BasicConv2d(n, 384, kernel_size=3, stride=2)
        self.branch3x3dbl_1 = BasicConv2d(n, 64, kernel_size=1)
        self.branch3x3dbl_2 = BasicConv2d(64, 96, kernel_size=3, padding=1)
        self.branch3x3dbl_3 = BasicConv2d(96, 96, kernel_size=3, stride=2)

    def forward(self, x):
        return torch.cat([self.branch3x3(x), self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
                          F.max_pool2d(x, kernel_size=3, stride=2)], 1)


class InceptionC(nn.Module):
    def __init__(self, n, c7):
        super().__init__()
        wide, high = dict(kernel_size=(1, 7), padding=(0, 3)), dict(kernel_size=(7, 1), padding=(3, 0))
        self.branch1x1 = BasicConv2d(n, 192, kernel_size=1)
        self.branch7x7_1 = BasicConv2d(n, c7, kernel_size=1)
        self.branch7x7_2, self.branch7x7_3 = BasicConv2d(c7, c7, **wide), BasicConv2d(c7, 192, **high)
        self.branch7x7dbl_1 = BasicConv2d(n, c7, kernel_size=1)
        self.branch7x7dbl_2, self.branch7x7dbl_3 = BasicConv2d(c7, c7, **high), BasicConv2d(c7, c7, **wide)
        self.branch7x7dbl_4, self.branch7x7dbl_5 = BasicConv2d(c7, c7, **high), BasicConv2d(c7, 192, **wide)
        self.branch_pool = BasicConv2d(n, 192, kernel_size=1)

    def forward(self, x):
        y = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(x)))
        return torch.cat([self.branch1x1(x), self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x))),
                          self.branch7x7dbl_5(self.branch7x7dbl_4(y)),
                          self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))], 1)


class InceptionD(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch3x3_1, self.branch3x3_2 = BasicConv2d(n, 192, kernel_size=1), BasicConv2d(192, 320, kernel_size=3, stride=2)
        self.branch7x7x3_1 = BasicConv2d(n, 192, kernel_size=1)
        self.branch7x7x3_2 = BasicConv2d(192, 192, kernel_size=(1, 7), padding=(0, 3))
        self.branch7x7x3_3 = BasicConv2d(192, 192, kernel_size=(7, 1), padding=(3, 0))
        self.branch7x7x3_4 = BasicConv2d(192, 192, kernel_size=3, stride=2)

    def forward(self, x):
        y = self.branch7x7x3_4(self.branch7x7x3_3(self.branch7x7x3_2(self.branch7x7x3_1(x))))
        return torch.cat([self.branch3x3_2(self.branch3x3_1(x)), y, F.max_pool2d(x, kernel_size=3, stride=2)], 1)


class InceptionE(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.branch1x1 = BasicConv2d(n, 320, kernel_size=1)
        self.branch3x3_1 = BasicConv2d(n, 384, kernel_size=1)
        self.branch3x3_2a, self.branch3x3_2b = split(384, 384)
        self.branch3x3dbl_1 = BasicConv2d(n, 448, kernel_size=1)
        self.branch3x3dbl_2 = BasicConv2d(448, 384, kernel_size=3, padding=1)
        self.branch3x3dbl_3a, self.branch3x3dbl_3b = split(384, 384)
        self.branch_pool = BasicConv2d(n, 192, kernel_size=1)

    def forward(self, x):
        a, b = self.branch3x3_1(x), self.branch3x3dbl_2(self.branch3x3dbl_1(x))
        return torch.cat([self.branch1x1(x), torch.cat([self.branch3x3_2a(a), self.branch3x3_2b(a)], 1),
                          torch.cat([self.branch3x3dbl_3a(b), self.branch3x3dbl_3b(b)], 1),
                          self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))], 1)


class InceptionV3Aux(nn.Module):
    def __init__(self, n, num_classes):
        super().__init__()
        self.conv0, self.conv1 = BasicConv2d(n, 128, kernel_size=1), BasicConv2d(128, 768, kernel_size=5)
        self.fc = nn.Linear(768, num_classes)

    def forward(self, x):
        x = self.conv1(self.conv0(F.avg_pool2d(x, kernel_size=5, stride=3)))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, (1, 1)), 1))


class Inception3(nn.Module):
    def __init__(self, num_classes=1000, aux_logits=True, transform_input=False, inception_blocks=None, init_weights=None,
                 dropout=0.5):
        super().__init__()
        self.Conv2d_1a_3x3 = BasicConv2d(3, 32, kernel_size=3, stride=2)
        self.Conv2d_2a_3x3 = BasicConv2d(32, 32, kernel_size=3)
        self.Conv2d_2b_3x3 = BasicConv2d(32, 64, kernel_size=3, padding=1)
        self.maxpool1 = nn.MaxPool2d(3, stride=2)
        self.Conv2d_3b_1x1, self.Conv2d_4a_3x3 = BasicConv2d(64, 80, kernel_size=1), BasicConv2d(80, 192, kernel_size=3)
        self.maxpool2 = nn.MaxPool2d(3, stride=2)
        self.Mixed_5b, self.Mixed_5c, self.Mixed_5d = InceptionA(192, 32), InceptionA(256, 64), InceptionA(288, 64)
        self.Mixed_6a = InceptionB(288)
        self.Mixed_6b, self.Mixed_6c = InceptionC(768, 128), InceptionC(768, 160)
        self.Mixed_6d, self.Mixed_6e = InceptionC(768, 160), InceptionC(768, 192)
        self.AuxLogits = InceptionV3Aux(768, num_classes) if aux_logits else None
        self.Mixed_7a, self.Mixed_7b, self.Mixed_7c = InceptionD(768), InceptionE(1280), InceptionE(2048)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(2048, num_classes)

    def forward(self, x):
        x = self.maxpool1(self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(x))))
        x = self.maxpool2(self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(x)))
        x = self.Mixed_6a(self.Mixed_5d(self.Mixed_5c(self.Mixed_5b(x))))
        x = self.Mixed_6e(self.Mixed_6d(self.Mixed_6c(self.Mixed_6b(x))))
        aux = self.AuxLogits(x) if self.AuxLogits is not None and self.training else None
        x = self.avgpool(self.Mixed_7c(self.Mixed_7b(self.Mixed_7a(x))))
        x = self.fc(torch.flatten(self.dropout(x), 1))
        return (x, aux) if aux is not None else x


def network(make):
    """Leaves out the arguments that choose weights."""
    def made(*args, **options):
        for name in ("pretrained", "weights", "progress"):
            options.pop(name, None)
        return make(**options)
    return made


def googlenet(*args, weights=None, pretrained=False, aux_logits=None, **options):
    """Trained weights come without the heads, unless they are asked for."""
    if aux_logits is None:
        aux_logits = weights is None and not pretrained
    return network(GoogLeNet)(aux_logits=aux_logits, **options)


inception_v3 = network(Inception3)


# MNASNet and ShuffleNet v2

class MnasResidual(nn.Module):
    def __init__(self, n, out, kernel, stride, expand):
        super().__init__()
        norm, hidden = partial(nn.BatchNorm2d, momentum=1 - 0.9997), n * expand
        self.apply_residual = n == out and stride == 1
        self.layers = nn.Sequential(
            nn.Conv2d(n, hidden, 1, bias=False), norm(hidden), nn.ReLU(inplace=True),
            nn.Conv2d(hidden, hidden, kernel, padding=kernel // 2, stride=stride, groups=hidden, bias=False), norm(hidden),
            nn.ReLU(inplace=True), nn.Conv2d(hidden, out, 1, bias=False), norm(out))

    def forward(self, x):
        return self.layers(x) + x if self.apply_residual else self.layers(x)


class MNASNet(nn.Module):
    def __init__(self, alpha, num_classes=1000, dropout=0.2):
        super().__init__()
        norm = partial(nn.BatchNorm2d, momentum=1 - 0.9997)

        def near(v, divisor=8):
            new = max(divisor, int(v + divisor / 2) // divisor * divisor)
            return new if new >= 0.9 * v else new + divisor
        w = [near(d * alpha) for d in (32, 16, 24, 40, 80, 96, 192, 320)]
        layers = [nn.Conv2d(3, w[0], 3, padding=1, stride=2, bias=False), norm(w[0]), nn.ReLU(inplace=True),
                  nn.Conv2d(w[0], w[0], 3, padding=1, groups=w[0], bias=False), norm(w[0]), nn.ReLU(inplace=True),
                  nn.Conv2d(w[0], w[1], 1, bias=False), norm(w[1])]
        for n, out, (kernel, stride, expand, count) in zip(w[1:], w[2:], ((3, 2, 3, 3), (5, 2, 3, 3), (5, 2, 6, 3),
                                                                         (3, 1, 6, 2), (5, 2, 6, 4), (3, 1, 6, 1))):
            layers.append(nn.Sequential(MnasResidual(n, out, kernel, stride, expand),
                                        *[MnasResidual(out, out, kernel, 1, expand) for _ in range(count - 1)]))
        layers += [nn.Conv2d(w[7], 1280, 1, bias=False), norm(1280), nn.ReLU(inplace=True)]
        self.layers = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(p=dropout, inplace=True), nn.Linear(1280, num_classes))

    def forward(self, x):
        return self.classifier(self.layers(x).mean([2, 3]))


mnasnet0_5, mnasnet0_75 = network(partial(MNASNet, 0.5)), network(partial(MNASNet, 0.75))
mnasnet1_0, mnasnet1_3 = network(partial(MNASNet, 1.0)), network(partial(MNASNet, 1.3))


class ShuffleUnit(nn.Module):
    def __init__(self, n, out, stride):
        super().__init__()
        self.stride, half = stride, out // 2
        deep = lambda n: [nn.Conv2d(n, n, 3, stride, 1, groups=n, bias=False), nn.BatchNorm2d(n)]
        wide = lambda n: [nn.Conv2d(n, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU(inplace=True)]
        self.branch1 = nn.Sequential(*deep(n), *wide(n)) if stride > 1 else nn.Sequential()
        self.branch2 = nn.Sequential(*wide(n if stride > 1 else half), *deep(half), *wide(half))

    def forward(self, x):
        if self.stride == 1:
            x1, x2 = x.chunk(2, dim=1)
            x = torch.cat((x1, self.branch2(x2)), dim=1)
        else:
            x = torch.cat((self.branch1(x), self.branch2(x)), dim=1)
        return F.channel_shuffle(x, 2)


class ShuffleNetV2(nn.Module):
    def __init__(self, repeats, widths, num_classes=1000):
        super().__init__()
        n = widths[0]
        self.conv1 = nn.Sequential(nn.Conv2d(3, n, 3, 2, 1, bias=False), nn.BatchNorm2d(n), nn.ReLU(inplace=True))
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        for name, count, out in zip(("stage2", "stage3", "stage4"), repeats, widths[1:]):
            setattr(self, name, nn.Sequential(ShuffleUnit(n, out, 2), *[ShuffleUnit(out, out, 1) for _ in range(count - 1)]))
            n = out
        self.conv5 = nn.Sequential(nn.Conv2d(n, widths[4], 1, bias=False), nn.BatchNorm2d(widths[4]), nn.ReLU(inplace=True))
        self.fc = nn.Linear(widths[4], num_classes)

    def forward(self, x):
        x = self.stage4(self.stage3(self.stage2(self.maxpool(self.conv1(x)))))
        return self.fc(self.conv5(x).mean([2, 3]))


shufflenet_v2_x0_5 = network(partial(ShuffleNetV2, (4, 8, 4), (24, 48, 96, 192, 1024)))
shufflenet_v2_x1_0 = network(partial(ShuffleNetV2, (4, 8, 4), (24, 116, 232, 464, 1024)))
shufflenet_v2_x1_5 = network(partial(ShuffleNetV2, (4, 8, 4), (24, 176, 352, 704, 1024)))
shufflenet_v2_x2_0 = network(partial(ShuffleNetV2, (4, 8, 4), (24, 244, 488, 976, 2048)))


# RegNet

class RegBlock(nn.Module):
    def __init__(self, n, out, stride, group, se):
        super().__init__()
        self.proj = None
        if n != out or stride != 1:
            self.proj = Conv2dNormActivation(n, out, 1, stride, activation_layer=None)
        self.f = nn.Sequential()
        self.f.add_module("a", Conv2dNormActivation(n, out, 1))
        self.f.add_module("b", Conv2dNormActivation(out, out, 3, stride, groups=out // group))
        if se:
            self.f.add_module("se", SqueezeExcitation(out, int(round(se * n)), activation=nn.ReLU))
        self.f.add_module("c", Conv2dNormActivation(out, out, 1, activation_layer=None))
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.activation((x if self.proj is None else self.proj(x)) + self.f(x))


class RegNet(nn.Module):
    """The widths are those of the paper's linear rule: depth, w_0, w_a, w_m and the width of a group."""
    def __init__(self, depth, w0, wa, wm, group, se=None, num_classes=1000):
        super().__init__()
        widths = []
        for j in range(depth):
            step = round(math.log((wa * j + w0) / w0) / math.log(wm))
            widths.append(int(round(w0 * wm ** step / 8) * 8))
        stages = []
        for w in widths:
            if stages and stages[-1][0] == w:
                stages[-1][1] += 1
            else:
                stages.append([w, 1])
        self.stem = Conv2dNormActivation(3, 32, 3, 2)
        self.trunk_output = nn.Sequential()
        n = 32
        for i, (w, count) in enumerate(stages):
            g = min(group, w)
            w, block = _make_divisible(w, g), nn.Sequential()
            for k in range(count):
                block.add_module(f"block{i + 1}-{k}", RegBlock(n, w, 2 if k == 0 else 1, g, se))
                n = w
            self.trunk_output.add_module(f"block{i + 1}", block)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(n, num_classes)

    def forward(self, x):
        return self.fc(self.avgpool(self.trunk_output(self.stem(x))).flatten(start_dim=1))


def regnet(*rule):
    return network(lambda **options: RegNet(*rule, **options))


regnet_y_400mf, regnet_y_800mf = regnet(16, 48, 27.89, 2.09, 8, 0.25), regnet(14, 56, 38.84, 2.4, 16, 0.25)
regnet_y_1_6gf, regnet_y_3_2gf = regnet(27, 48, 20.71, 2.65, 24, 0.25), regnet(21, 80, 42.63, 2.66, 24, 0.25)
regnet_y_8gf, regnet_y_16gf = regnet(17, 192, 76.82, 2.19, 56, 0.25), regnet(18, 200, 106.23, 2.48, 112, 0.25)
regnet_y_32gf, regnet_y_128gf = regnet(20, 232, 115.89, 2.53, 232, 0.25), regnet(27, 456, 160.83, 2.52, 264, 0.25)
regnet_x_400mf, regnet_x_800mf = regnet(22, 24, 24.48, 2.54, 16), regnet(16, 56, 35.73, 2.28, 16)
regnet_x_1_6gf, regnet_x_3_2gf = regnet(18, 80, 34.01, 2.25, 24), regnet(25, 88, 26.31, 2.25, 48)
regnet_x_8gf, regnet_x_16gf = regnet(23, 80, 49.56, 2.88, 120), regnet(22, 216, 55.59, 2.1, 128)
regnet_x_32gf = regnet(23, 320, 69.86, 2.0, 168)
