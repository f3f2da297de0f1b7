"""Networks that programs take from torchvision.models by their names, to change a part of them.

Written for the evaluator of paramstack from the published tables of their layers. Modules have torchvision's names,
so that model.fc = … and model.classifier[1] = … find them.
"""
from functools import partial

import torch
import torch.nn as nn
from torchvision.ops import Conv2dNormActivation, SqueezeExcitation, StochasticDepth, MLP, Permute, _make_divisible


# ResNet, ResNeXt and wide ResNet

def conv(n_in, n_out, kernel, stride=1, groups=1, dilation=1):
    return nn.Conv2d(n_in, n_out, kernel, stride, padding=kernel // 2 * dilation, groups=groups, bias=False, dilation=dilation)


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        self.conv1, self.bn1 = conv(inplanes, planes, 3, stride), norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2, self.bn2 = conv(planes, planes, 3), norm_layer(planes)
        self.downsample, self.stride = downsample, stride

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        width = int(planes * base_width / 64) * groups
        self.conv1, self.bn1 = conv(inplanes, width, 1), norm_layer(width)
        self.conv2, self.bn2 = conv(width, width, 3, stride, groups, dilation), norm_layer(width)
        self.conv3, self.bn3 = conv(width, planes * self.expansion, 1), norm_layer(planes * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self.downsample, self.stride = downsample, stride

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, block, layers, num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64,
                 replace_stride_with_dilation=None, norm_layer=None):
        super().__init__()
        self._norm_layer = norm_layer or nn.BatchNorm2d
        self.inplanes, self.dilation, self.groups, self.base_width = 64, 1, groups, width_per_group
        dilate = replace_stride_with_dilation or (False, False, False)
        self.conv1, self.bn1 = conv(3, 64, 7, 2), self._norm_layer(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(block, 64, layers[0])
        self.layer2 = self._make_layer(block, 128, layers[1], 2, dilate[0])
        self.layer3 = self._make_layer(block, 256, layers[2], 2, dilate[1])
        self.layer4 = self._make_layer(block, 512, layers[3], 2, dilate[2])
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512 * block.expansion, num_classes)

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        before, shortcut = self.dilation, None
        if dilate:
            self.dilation, stride = self.dilation * stride, 1
        width = planes * block.expansion
        if stride != 1 or self.inplanes != width:
            shortcut = nn.Sequential(conv(self.inplanes, width, 1, stride), self._norm_layer(width))
        made = [block(self.inplanes, planes, stride, shortcut, self.groups, self.base_width, before, self._norm_layer)]
        self.inplanes = width
        for _ in range(1, blocks):
            made.append(block(width, planes, groups=self.groups, base_width=self.base_width, dilation=self.dilation,
                              norm_layer=self._norm_layer))
        return nn.Sequential(*made)

    def _forward_impl(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))

    def forward(self, x):
        return self._forward_impl(x)


def network(make):
    """Leaves out the arguments that choose weights."""
    def made(*args, **options):
        for name in ("pretrained", "weights", "progress", "weights_backbone", "pretrained_backbone"):
            options.pop(name, None)
        return make(**options)
    return made


def resnet(block, layers, **fixed):
    return network(lambda **options: ResNet(block, layers, **{**fixed, **options}))


resnet18, resnet34 = resnet(BasicBlock, [2, 2, 2, 2]), resnet(BasicBlock, [3, 4, 6, 3])
resnet50, resnet101 = resnet(Bottleneck, [3, 4, 6, 3]), resnet(Bottleneck, [3, 4, 23, 3])
resnet152 = resnet(Bottleneck, [3, 8, 36, 3])
resnext50_32x4d = resnet(Bottleneck, [3, 4, 6, 3], groups=32, width_per_group=4)
resnext101_32x8d = resnet(Bottleneck, [3, 4, 23, 3], groups=32, width_per_group=8)
resnext101_64x4d = resnet(Bottleneck, [3, 4, 23, 3], groups=64, width_per_group=4)
wide_resnet50_2 = resnet(Bottleneck, [3, 4, 6, 3], width_per_group=128)
wide_resnet101_2 = resnet(Bottleneck, [3, 4, 23, 3], width_per_group=128)


# AlexNet, VGG, SqueezeNet

class Classic(nn.Module):
    def __init__(self, features, avgpool, classifier):
        super().__init__()
        self.features, self.avgpool, self.classifier = features, avgpool, classifier

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class AlexNet(Classic):
    def __init__(self, num_classes=1000, dropout=0.5):
        relu, pool = partial(nn.ReLU, inplace=True), partial(nn.MaxPool2d, kernel_size=3, stride=2)
        super().__init__(
            nn.Sequential(nn.Conv2d(3, 64, 11, 4, 2), relu(), pool(), nn.Conv2d(64, 192, 5, padding=2), relu(), pool(),
                          nn.Conv2d(192, 384, 3, padding=1), relu(), nn.Conv2d(384, 256, 3, padding=1), relu(),
                          nn.Conv2d(256, 256, 3, padding=1), relu(), pool()),
            nn.AdaptiveAvgPool2d((6, 6)),
            nn.Sequential(nn.Dropout(dropout), nn.Linear(256 * 6 * 6, 4096), relu(), nn.Dropout(dropout),
                          nn.Linear(4096, 4096), relu(), nn.Linear(4096, num_classes)))


alexnet = network(AlexNet)


class VGG(Classic):
    def __init__(self, depths, norm, num_classes=1000, dropout=0.5, **options):
        layers, n_in = [], 3
        for n, width in zip(depths, (64, 128, 256, 512, 512)):
            for _ in range(n):
                layers += [nn.Conv2d(n_in, width, 3, padding=1)] + [nn.BatchNorm2d(width)] * norm + [nn.ReLU(inplace=True)]
                n_in = width
            layers.append(nn.MaxPool2d(2, 2))
        super().__init__(
            nn.Sequential(*layers), nn.AdaptiveAvgPool2d((7, 7)),
            nn.Sequential(nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True), nn.Dropout(dropout), nn.Linear(4096, 4096),
                          nn.ReLU(True), nn.Dropout(dropout), nn.Linear(4096, num_classes)))


def vgg(depths, norm):
    return network(lambda **options: VGG(depths, norm, **options))


vgg11, vgg11_bn = vgg((1, 1, 2, 2, 2), 0), vgg((1, 1, 2, 2, 2), 1)
vgg13, vgg13_bn = vgg((2, 2, 2, 2, 2), 0), vgg((2, 2, 2, 2, 2), 1)
vgg16, vgg16_bn = vgg((2, 2, 3, 3, 3), 0), vgg((2, 2, 3, 3, 3), 1)
vgg19, vgg19_bn = vgg((2, 2, 4, 4, 4), 0), vgg((2, 2, 4, 4, 4), 1)


class Fire(nn.Module):
    def __init__(self, n_in, squeeze, expand):
        super().__init__()
        self.squeeze = nn.Conv2d(n_in, squeeze, 1)
        self.squeeze_activation = nn.ReLU(inplace=True)
        self.expand1x1 = nn.Conv2d(squeeze, expand, 1)
        self.expand1x1_activation = nn.ReLU(inplace=True)
        self.expand3x3 = nn.Conv2d(squeeze, expand, 3, padding=1)
        self.expand3x3_activation = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.squeeze_activation(self.squeeze(x))
        return torch.cat([self.expand1x1_activation(self.expand1x1(x)), self.expand3x3_activation(self.expand3x3(x))], 1)


class SqueezeNet(nn.Module):
    def __init__(self, version="1_0", num_classes=1000, dropout=0.5):
        super().__init__()
        pool = partial(nn.MaxPool2d, kernel_size=3, stride=2, ceil_mode=True)
        fires = [Fire(96 if version == "1_0" else 64, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), Fire(256, 32, 128),
                 Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256)]
        if version == "1_0":
            layers = [nn.Conv2d(3, 96, 7, stride=2), nn.ReLU(True), pool(), *fires[:3], pool(), *fires[3:7], pool(), fires[7]]
        else:
            layers = [nn.Conv2d(3, 64, 3, stride=2), nn.ReLU(True), pool(), *fires[:2], pool(), *fires[2:4], pool(), *fires[4:]]
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Conv2d(512, num_classes, 1), nn.ReLU(True),
                                        nn.AdaptiveAvgPool2d((1, 1)))

    def forward(self, x):
        return torch.flatten(self.classifier(self.features(x)), 1)


squeezenet1_0 = network(lambda **options: SqueezeNet("1_0", **options))
squeezenet1_1 = network(lambda **options: SqueezeNet("1_1", **options))


# DenseNet

class DenseLayer(nn.Module):
    def __init__(self, n_in, growth, bn_size):
        super().__init__()
        self.norm1, self.relu1, self.conv1 = nn.BatchNorm2d(n_in), nn.ReLU(True), conv(n_in, bn_size * growth, 1)
        self.norm2, self.relu2, self.conv2 = nn.BatchNorm2d(bn_size * growth), nn.ReLU(True), conv(bn_size * growth, growth, 3)

    def forward(self, x):
        return torch.cat([x, self.conv2(self.relu2(self.norm2(self.conv1(self.relu1(self.norm1(x))))))], 1)


class DenseNet(nn.Module):
    def __init__(self, growth_rate=32, block_config=(6, 12, 24, 16), num_init_features=64, bn_size=4, num_classes=1000, **options):
        super().__init__()
        n = num_init_features
        self.features = nn.Sequential()
        for name, module in (("conv0", conv(3, n, 7, 2)), ("norm0", nn.BatchNorm2d(n)), ("relu0", nn.ReLU(True)),
                             ("pool0", nn.MaxPool2d(3, 2, 1))):
            self.features.add_module(name, module)
        for i, count in enumerate(block_config):
            block = nn.Sequential()
            for k in range(count):
                block.add_module(f"denselayer{k + 1}", DenseLayer(n, growth_rate, bn_size))
                n += growth_rate
            self.features.add_module(f"denseblock{i + 1}", block)
            if i < len(block_config) - 1:
                step = nn.Sequential()
                for name, module in (("norm", nn.BatchNorm2d(n)), ("relu", nn.ReLU(True)), ("conv", conv(n, n // 2, 1)),
                                     ("pool", nn.AvgPool2d(2, 2))):
                    step.add_module(name, module)
                self.features.add_module(f"transition{i + 1}", step)
                n = n // 2
        self.features.add_module("norm5", nn.BatchNorm2d(n))
        self.classifier = nn.Linear(n, num_classes)

    def forward(self, x):
        x = nn.functional.relu(self.features(x), inplace=True)
        x = nn.functional.adaptive_avg_pool2d(x, (1, 1))
        return self.classifier(torch.flatten(x, 1))


def densenet(growth, blocks, first):
    return network(lambda **options: DenseNet(growth, blocks, first, **options))


densenet121, densenet169 = densenet(32, (6, 12, 24, 16), 64), densenet(32, (6, 12, 32, 32), 64)
densenet201, densenet161 = densenet(32, (6, 12, 48, 32), 64), densenet(48, (6, 12, 36, 24), 96)


# MobileNet and EfficientNet

class InvertedResidual(nn.Module):
    def __init__(self, n_in, n_out, stride, expand):
        super().__init__()
        hidden = int(round(n_in * expand))
        self.use_res_connect = stride == 1 and n_in == n_out
        layers = [Conv2dNormActivation(n_in, hidden, 1, activation_layer=nn.ReLU6)] if expand != 1 else []
        layers += [Conv2dNormActivation(hidden, hidden, 3, stride, groups=hidden, activation_layer=nn.ReLU6),
                   nn.Conv2d(hidden, n_out, 1, bias=False), nn.BatchNorm2d(n_out)]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, num_classes=1000, width_mult=1.0, dropout=0.2, **options):
        super().__init__()
        n = _make_divisible(32 * width_mult, 8)
        self.last_channel = _make_divisible(1280 * max(1.0, width_mult), 8)
        layers = [Conv2dNormActivation(3, n, 3, 2, activation_layer=nn.ReLU6)]
        for t, c, count, s in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
            width = _make_divisible(c * width_mult, 8)
            for i in range(count):
                layers.append(InvertedResidual(n, width, s if i == 0 else 1, t))
                n = width
        layers.append(Conv2dNormActivation(n, self.last_channel, 1, activation_layer=nn.ReLU6))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(self.last_channel, num_classes))

    def forward(self, x):
        x = nn.functional.adaptive_avg_pool2d(self.features(x), (1, 1))
        return self.classifier(torch.flatten(x, 1))


mobilenet_v2 = network(MobileNetV2)


class BottleneckV3(nn.Module):
    def __init__(self, n_in, kernel, hidden, n_out, se, hard, stride, dilation=1):
        super().__init__()
        self.use_res_connect = stride == 1 and n_in == n_out
        norm, act = partial(nn.BatchNorm2d, eps=0.001, momentum=0.01), nn.Hardswish if hard else nn.ReLU
        layers = [Conv2dNormActivation(n_in, hidden, 1, norm_layer=norm, activation_layer=act)] if hidden != n_in else []
        layers.append(Conv2dNormActivation(hidden, hidden, kernel, stride, groups=hidden, norm_layer=norm, activation_layer=act))
        if se:
            layers.append(SqueezeExcitation(hidden, _make_divisible(hidden // 4, 8), scale_activation=nn.Hardsigmoid))
        layers.append(Conv2dNormActivation(hidden, n_out, 1, norm_layer=norm, activation_layer=None))
        self.block = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.block(x) if self.use_res_connect else self.block(x)


class MobileNetV3(nn.Module):
    def __init__(self, rows, last, num_classes=1000, dropout=0.2, **options):
        super().__init__()
        norm = partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        layers = [Conv2dNormActivation(3, 16, 3, 2, norm_layer=norm, activation_layer=nn.Hardswish)]
        n = 16
        for kernel, hidden, width, se, hard, stride in rows:
            layers.append(BottleneckV3(n, kernel, hidden, width, se, hard, stride))
            n = width
        layers.append(Conv2dNormActivation(n, 6 * n, 1, norm_layer=norm, activation_layer=nn.Hardswish))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Linear(6 * n, last), nn.Hardswish(True), nn.Dropout(dropout), nn.Linear(last, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


large = ((3, 16, 16, 0, 0, 1), (3, 64, 24, 0, 0, 2), (3, 72, 24, 0, 0, 1), (5, 72, 40, 1, 0, 2), (5, 120, 40, 1, 0, 1), (5, 120, 40, 1, 0, 1),
         (3, 240, 80, 0, 1, 2), (3, 200, 80, 0, 1, 1), (3, 184, 80, 0, 1, 1), (3, 184, 80, 0, 1, 1), (3, 480, 112, 1, 1, 1),
         (3, 672, 112, 1, 1, 1), (5, 672, 160, 1, 1, 2), (5, 960, 160, 1, 1, 1), (5, 960, 160, 1, 1, 1))
small = ((3, 16, 16, 1, 0, 2), (3, 72, 24, 0, 0, 2), (3, 88, 24, 0, 0, 1), (5, 96, 40, 1, 1, 2), (5, 240, 40, 1, 1, 1), (5, 240, 40, 1, 1, 1),
         (5, 120, 48, 1, 1, 1), (5, 144, 48, 1, 1, 1), (5, 288, 96, 1, 1, 2), (5, 576, 96, 1, 1, 1), (5, 576, 96, 1, 1, 1))
mobilenet_v3_large = network(lambda **options: MobileNetV3(large, 1280, **options))
mobilenet_v3_small = network(lambda **options: MobileNetV3(small, 1024, **options))


class MBConv(nn.Module):
    def __init__(self, expand, kernel, stride, n_in, n_out, norm):
        super().__init__()
        hidden = _make_divisible(n_in * expand, 8)
        self.use_res_connect = stride == 1 and n_in == n_out
        layers = [Conv2dNormActivation(n_in, hidden, 1, norm_layer=norm, activation_layer=nn.SiLU)] if hidden != n_in else []
        layers += [Conv2dNormActivation(hidden, hidden, kernel, stride, groups=hidden, norm_layer=norm, activation_layer=nn.SiLU),
                   SqueezeExcitation(hidden, max(1, n_in // 4), activation=partial(nn.SiLU, inplace=True)),
                   Conv2dNormActivation(hidden, n_out, 1, norm_layer=norm, activation_layer=None)]
        self.block = nn.Sequential(*layers)
        self.stochastic_depth = StochasticDepth(0.2, "row")

    def forward(self, x):
        return x + self.stochastic_depth(self.block(x)) if self.use_res_connect else self.block(x)


class EfficientNet(nn.Module):
    def __init__(self, width, depth, dropout, exact=True, num_classes=1000, **options):
        super().__init__()
        norm = nn.BatchNorm2d if exact else partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        wide = lambda n: _make_divisible(n * width, 8)
        n = wide(32)
        layers = [Conv2dNormActivation(3, n, 3, 2, norm_layer=norm, activation_layer=nn.SiLU)]
        for expand, kernel, stride, c, count in ((1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3),
                                                 (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)):
            stage = []
            for i in range(-int(-count * depth // 1)):
                stage.append(MBConv(expand, kernel, stride if i == 0 else 1, n, wide(c), norm))
                n = wide(c)
            layers.append(nn.Sequential(*stage))
        layers.append(Conv2dNormActivation(n, 4 * n, 1, norm_layer=norm, activation_layer=nn.SiLU))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout, inplace=True), nn.Linear(4 * n, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def efficientnet(width, depth, dropout):
    return network(lambda **options: EfficientNet(width, depth, **{"dropout": dropout, **options}))


efficientnet_b0, efficientnet_b1 = efficientnet(1.0, 1.0, 0.2), efficientnet(1.0, 1.1, 0.2)
efficientnet_b2, efficientnet_b3 = efficientnet(1.1, 1.2, 0.3), efficientnet(1.2, 1.4, 0.3)
efficientnet_b4, efficientnet_b5 = efficientnet(1.4, 1.8, 0.4), efficientnet(1.6, 2.2, 0.4)
efficientnet_b6, efficientnet_b7 = efficientnet(1.8, 2.6, 0.5), efficientnet(2.0, 3.1, 0.5)


# ConvNeXt and ViT

class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class CNBlock(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(n, n, 7, padding=3, groups=n), Permute([0, 2, 3, 1]), nn.LayerNorm(n, eps=1e-6),
                                   nn.Linear(n, 4 * n), nn.GELU(), nn.Linear(4 * n, n), Permute([0, 3, 1, 2]))
        self.layer_scale = nn.Parameter(torch.ones(n, 1, 1) * 1e-6)
        self.stochastic_depth = StochasticDepth(0.1, "row")

    def forward(self, x):
        return x + self.stochastic_depth(self.layer_scale * self.block(x))


class ConvNeXt(nn.Module):
    def __init__(self, widths, depths, num_classes=1000, **options):
        super().__init__()
        layers = [nn.Sequential(nn.Conv2d(3, widths[0], 4, 4), LayerNorm2d(widths[0], eps=1e-6))]
        for i, (n, depth) in enumerate(zip(widths, depths)):
            layers.append(nn.Sequential(*[CNBlock(n) for _ in range(depth)]))
            if i + 1 < len(widths):
                layers.append(nn.Sequential(LayerNorm2d(n, eps=1e-6), nn.Conv2d(n, widths[i + 1], 2, 2)))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(LayerNorm2d(widths[-1], eps=1e-6), nn.Flatten(1), nn.Linear(widths[-1], num_classes))

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)))


def convnext(widths, depths):
    return network(lambda **options: ConvNeXt(widths, depths, **options))


convnext_tiny, convnext_small = convnext((96, 192, 384, 768), (3, 3, 9, 3)), convnext((96, 192, 384, 768), (3, 3, 27, 3))
convnext_base, convnext_large = convnext((128, 256, 512, 1024), (3, 3, 27, 3)), convnext((192, 384, 768, 1536), (3, 3, 27, 3))


class EncoderBlock(nn.Module):
    def __init__(self, heads, n, hidden):
        super().__init__()
        self.ln_1 = nn.LayerNorm(n, eps=1e-6)
        self.self_attention = nn.MultiheadAttention(n, heads, batch_first=True)
        self.dropout = nn.Dropout(0.0)
        self.ln_2 = nn.LayerNorm(n, eps=1e-6)
        self.mlp = MLP(n, [hidden, n], activation_layer=nn.GELU, inplace=None)

    def forward(self, x):
        y = self.ln_1(x)
        x = x + self.dropout(self.self_attention(y, y, y, need_weights=False)[0])
        return x + self.mlp(self.ln_2(x))


class Encoder(nn.Module):
    def __init__(self, length, depth, heads, n, hidden):
        super().__init__()
        self.pos_embedding = nn.Parameter(torch.zeros(1, length, n))
        self.dropout = nn.Dropout(0.0)
        self.layers = nn.Sequential()
        for i in range(depth):
            self.layers.add_module(f"encoder_layer_{i}", EncoderBlock(heads, n, hidden))
        self.ln = nn.LayerNorm(n, eps=1e-6)

    def forward(self, x):
        return self.ln(self.layers(self.dropout(x + self.pos_embedding)))


class VisionTransformer(nn.Module):
    def __init__(self, patch, depth, heads, n, hidden, num_classes=1000, image_size=224, **options):
        super().__init__()
        self.hidden_dim = n
        self.conv_proj = nn.Conv2d(3, n, patch, patch)
        self.class_token = nn.Parameter(torch.zeros(1, 1, n))
        self.encoder = Encoder((image_size // patch) ** 2 + 1, depth, heads, n, hidden)
        self.heads = nn.Sequential()
        self.heads.add_module("head", nn.Linear(n, num_classes))

    def forward(self, x):
        x = self.conv_proj(x).flatten(2).permute(0, 2, 1)
        x = torch.cat([self.class_token.expand(x.shape[0], -1, -1), x], dim=1)
        return self.heads(self.encoder(x)[:, 0])


def vit(*sizes):
    return network(lambda **options: VisionTransformer(*sizes, **options))


vit_b_16, vit_b_32 = vit(16, 12, 12, 768, 3072), vit(32, 12, 12, 768, 3072)
vit_l_16, vit_l_32, vit_h_14 = vit(16, 24, 16, 1024, 4096), vit(32, 24, 16, 1024, 4096), vit(14, 32, 16, 1280, 5120)


def get_model(name, **options):
    return globals()[name](**options)
