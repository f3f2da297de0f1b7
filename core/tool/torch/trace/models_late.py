"""EfficientNet v2, the Swin transformers and segmentation of torchvision.models, loaded like models_more.py.

Written for the evaluator of paramstack from the published tables of their layers, with torchvision's names.
"""
from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.models import resnet50, resnet101
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.ops import Conv2dNormActivation, SqueezeExcitation, StochasticDepth, MLP, Permute, _make_divisible


def network(make):
    """Leaves out the arguments that choose weights."""
    def made(*args, **options):
        for name in ("pretrained", "weights", "progress"):
            options.pop(name, None)
        return make(**options)
    return made


# EfficientNet v2

norm = partial(nn.BatchNorm2d, eps=0.001)
ConvSiLU = partial(Conv2dNormActivation, norm_layer=norm, activation_layer=nn.SiLU)


class FusedMBConv(nn.Module):
    def __init__(self, expand, kernel, stride, n, out):
        super().__init__()
        hidden = _make_divisible(n * expand, 8)
        self.use_res_connect = stride == 1 and n == out
        if hidden != n:
            layers = [ConvSiLU(n, hidden, kernel, stride), ConvSiLU(hidden, out, 1, activation_layer=None)]
        else:
            layers = [ConvSiLU(n, out, kernel, stride)]
        self.block = nn.Sequential(*layers)
        self.stochastic_depth = StochasticDepth(0.2, "row")

    def forward(self, x):
        return x + self.stochastic_depth(self.block(x)) if self.use_res_connect else self.block(x)


class MBConv(nn.Module):
    def __init__(self, expand, kernel, stride, n, out):
        super().__init__()
        hidden = _make_divisible(n * expand, 8)
        self.use_res_connect = stride == 1 and n == out
        self.block = nn.Sequential(
            ConvSiLU(n, hidden, 1), ConvSiLU(hidden, hidden, kernel, stride, groups=hidden),
            SqueezeExcitation(hidden, max(1, n // 4), activation=partial(nn.SiLU, inplace=True)),
            ConvSiLU(hidden, out, 1, activation_layer=None))
        self.stochastic_depth = StochasticDepth(0.2, "row")

    def forward(self, x):
        return x + self.stochastic_depth(self.block(x)) if self.use_res_connect else self.block(x)


class EfficientNet(nn.Module):
    def __init__(self, rows, dropout, num_classes=1000, **options):
        super().__init__()
        n = rows[0][4]
        layers = [ConvSiLU(3, n, 3, 2)]
        for block, expand, kernel, stride, _, out, count in rows:
            stage = []
            for i in range(count):
                stage.append(block(expand, kernel, stride if i == 0 else 1, n, out))
                n = out
            layers.append(nn.Sequential(*stage))
        layers.append(ConvSiLU(n, 1280, 1))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout, inplace=True), nn.Linear(1280, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def efficientnet(dropout, *rows):
    return network(lambda **options: EfficientNet(rows, **{"dropout": dropout, **options}))


A, B = FusedMBConv, MBConv
efficientnet_v2_s = efficientnet(0.2, (A, 1, 3, 1, 24, 24, 2), (A, 4, 3, 2, 24, 48, 4), (A, 4, 3, 2, 48, 64, 4),
                                 (B, 4, 3, 2, 64, 128, 6), (B, 6, 3, 1, 128, 160, 9), (B, 6, 3, 2, 160, 256, 15))
efficientnet_v2_m = efficientnet(0.3, (A, 1, 3, 1, 24, 24, 3), (A, 4, 3, 2, 24, 48, 5), (A, 4, 3, 2, 48, 80, 5),
                                 (B, 4, 3, 2, 80, 160, 7), (B, 6, 3, 1, 160, 176, 14), (B, 6, 3, 2, 176, 304, 18),
                                 (B, 6, 3, 1, 304, 512, 5))
efficientnet_v2_l = efficientnet(0.4, (A, 1, 3, 1, 32, 32, 4), (A, 4, 3, 2, 32, 64, 7), (A, 4, 3, 2, 64, 96, 7),
                                 (B, 4, 3, 2, 96, 192, 10), (B, 6, 3, 1, 192, 224, 19), (B, 6, 3, 2, 224, 384, 25),
                                 (B, 6, 3, 1, 384, 640, 7))


# Swin

def windows(x, size):
    """Cuts maps of B×H×W×C, of which size divides H and W, into windows."""
    b, h, w, c = x.shape
    x = x.view(b, h // size, size, w // size, size, c).permute(0, 1, 3, 2, 4, 5)
    return x.reshape(b * (h // size) * (w // size), size * size, c)


class ShiftedWindowAttention(nn.Module):
    """v2 compares by angle, and computes its bias from coordinates."""
    def __init__(self, n, heads, window, shift, v2):
        super().__init__()
        self.window_size, self.shift_size, self.num_heads, self.v2 = [window] * 2, [shift] * 2, heads, v2
        self.qkv, self.proj = nn.Linear(n, 3 * n), nn.Linear(n, n)
        places = (2 * window - 1) ** 2
        self.register_buffer("relative_position_index", torch.zeros(window ** 4).long())
        if v2:
            self.register_buffer("relative_coords_table", torch.zeros(1, 2 * window - 1, 2 * window - 1, 2))
            self.logit_scale = nn.Parameter(torch.ones(heads, 1, 1))
            self.cpb_mlp = nn.Sequential(nn.Linear(2, 512), nn.ReLU(inplace=True), nn.Linear(512, heads, bias=False))
        else:
            self.relative_position_bias_table = nn.Parameter(torch.zeros(places, heads))

    def forward(self, x):
        b, h, w, c = x.shape
        size = self.window_size[0]
        x = F.pad(x, (0, 0, 0, -w % size, 0, -h % size))
        _, high, wide, _ = x.shape
        shift = 0 if size >= high else self.shift_size[0]
        if shift:
            x = torch.roll(x, shifts=(-shift, -shift), dims=(1, 2))
        x = windows(x, size)
        many = x.size(0)
        q, k, v = self.qkv(x).reshape(many, size ** 2, 3, self.num_heads, c // self.num_heads).permute(2, 0, 3, 1, 4)
        if self.v2:
            a = F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).transpose(-2, -1)
            a = a * torch.clamp(self.logit_scale, max=4.6).exp()
            table = self.cpb_mlp(self.relative_coords_table).view(-1, self.num_heads)
        else:
            a = (q * (c // self.num_heads) ** -0.5).matmul(k.transpose(-2, -1))
            table = self.relative_position_bias_table
        bias = table[self.relative_position_index].view(size ** 2, size ** 2, -1).permute(2, 0, 1).contiguous()
        a = F.softmax(a + (16 * torch.sigmoid(bias) if self.v2 else bias).unsqueeze(0), dim=-1)
        x = self.proj(a.matmul(v).transpose(1, 2).reshape(many, size ** 2, c))
        x = x.view(b, high // size, wide // size, size, size, c).permute(0, 1, 3, 2, 4, 5).reshape(b, high, wide, c)
        if shift:
            x = torch.roll(x, shifts=(shift, shift), dims=(1, 2))
        return x[:, :h, :w, :].contiguous()


class SwinTransformerBlock(nn.Module):
    def __init__(self, n, heads, window, shift, v2):
        super().__init__()
        self.v2 = v2
        self.norm1, self.norm2 = nn.LayerNorm(n, eps=1e-5), nn.LayerNorm(n, eps=1e-5)
        self.attn = ShiftedWindowAttention(n, heads, window, shift, v2)
        self.stochastic_depth = StochasticDepth(0.2, "row")
        self.mlp = MLP(n, [4 * n, n], activation_layer=nn.GELU, inplace=None)

    def forward(self, x):
        if self.v2:
            x = x + self.stochastic_depth(self.norm1(self.attn(x)))
            return x + self.stochastic_depth(self.norm2(self.mlp(x)))
        x = x + self.stochastic_depth(self.attn(self.norm1(x)))
        return x + self.stochastic_depth(self.mlp(self.norm2(x)))


class PatchMerging(nn.Module):
    def __init__(self, n, v2):
        super().__init__()
        self.v2, self.reduction, self.norm = v2, nn.Linear(4 * n, 2 * n, bias=False), nn.LayerNorm(2 * n if v2 else 4 * n, eps=1e-5)

    def forward(self, x):
        h, w = x.shape[-3:-1]
        x = F.pad(x, (0, 0, 0, w % 2, 0, h % 2))
        x = torch.cat([x[..., i::2, k::2, :] for k in (0, 1) for i in (0, 1)], -1)
        return self.norm(self.reduction(x)) if self.v2 else self.reduction(self.norm(x))


class SwinTransformer(nn.Module):
    def __init__(self, n, depths, heads, window, v2=False, num_classes=1000, **options):
        super().__init__()
        layers = [nn.Sequential(nn.Conv2d(3, n, 4, 4), Permute([0, 2, 3, 1]), nn.LayerNorm(n, eps=1e-5))]
        for i, (depth, h) in enumerate(zip(depths, heads)):
            layers.append(nn.Sequential(*[SwinTransformerBlock(n, h, window, 0 if k % 2 == 0 else window // 2, v2)
                                          for k in range(depth)]))
            if i + 1 < len(depths):
                layers.append(PatchMerging(n, v2))
                n *= 2
        self.features = nn.Sequential(*layers)
        self.norm = nn.LayerNorm(n, eps=1e-5)
        self.permute, self.avgpool, self.flatten = Permute([0, 3, 1, 2]), nn.AdaptiveAvgPool2d(1), nn.Flatten(1)
        self.head = nn.Linear(n, num_classes)

    def forward(self, x):
        x = self.permute(self.norm(self.features(x)))
        return self.head(self.flatten(self.avgpool(x)))


def swin(*sizes):
    return network(lambda **options: SwinTransformer(*sizes, **options))


swin_t, swin_v2_t = swin(96, (2, 2, 6, 2), (3, 6, 12, 24), 7), swin(96, (2, 2, 6, 2), (3, 6, 12, 24), 8, True)
swin_s, swin_v2_s = swin(96, (2, 2, 18, 2), (3, 6, 12, 24), 7), swin(96, (2, 2, 18, 2), (3, 6, 12, 24), 8, True)
swin_b, swin_v2_b = swin(128, (2, 2, 18, 2), (4, 8, 16, 32), 7), swin(128, (2, 2, 18, 2), (4, 8, 16, 32), 8, True)


# Segmentation

class SegmentationModel(nn.Module):
    def __init__(self, backbone, classifier, aux_classifier):
        super().__init__()
        self.backbone, self.classifier, self.aux_classifier = backbone, classifier, aux_classifier

    def forward(self, x):
        features = self.backbone(x)
        result = {"out": F.interpolate(self.classifier(features["out"]), size=x.shape[-2:], mode="bilinear", align_corners=False)}
        if self.aux_classifier is not None:
            aux = self.aux_classifier(features["aux"])
            result["aux"] = F.interpolate(aux, size=x.shape[-2:], mode="bilinear", align_corners=False)
        return result


class FCNHead(nn.Sequential):
    def __init__(self, in_channels, channels):
        n = in_channels // 4
        super().__init__(nn.Conv2d(in_channels, n, 3, padding=1, bias=False), nn.BatchNorm2d(n), nn.ReLU(), nn.Dropout(0.1),
                         nn.Conv2d(n, channels, 1))


class ASPPConv(nn.Sequential):
    def __init__(self, n, out, rate):
        super().__init__(nn.Conv2d(n, out, 3, padding=rate, dilation=rate, bias=False), nn.BatchNorm2d(out), nn.ReLU())


class ASPPPooling(nn.Sequential):
    def __init__(self, n, out):
        super().__init__(nn.AdaptiveAvgPool2d(1), nn.Conv2d(n, out, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())

    def forward(self, x):
        size = x.shape[-2:]
        for module in self:
            x = module(x)
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


class ASPP(nn.Module):
    def __init__(self, n, rates, out=256):
        super().__init__()
        self.convs = nn.ModuleList([nn.Sequential(nn.Conv2d(n, out, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU()),
                                    *[ASPPConv(n, out, r) for r in rates], ASPPPooling(n, out)])
        self.project = nn.Sequential(nn.Conv2d(len(self.convs) * out, out, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU(),
                                     nn.Dropout(0.5))

    def forward(self, x):
        return self.project(torch.cat([conv(x) for conv in self.convs], dim=1))


class DeepLabHead(nn.Sequential):
    def __init__(self, in_channels, num_classes, atrous_rates=(12, 24, 36)):
        super().__init__(ASPP(in_channels, atrous_rates), nn.Conv2d(256, 256, 3, padding=1, bias=False), nn.BatchNorm2d(256),
                         nn.ReLU(), nn.Conv2d(256, num_classes, 1))


def segmentation(head, resnet):
    def make(*args, weights=None, pretrained=False, num_classes=None, aux_loss=None, **options):
        trained = weights is not None or pretrained  # trained weights have the head beside the network
        aux = trained if aux_loss is None else aux_loss
        layers = {"layer4": "out", **({"layer3": "aux"} if aux else {})}
        backbone = IntermediateLayerGetter(resnet(replace_stride_with_dilation=[False, True, True]), layers)
        return SegmentationModel(backbone, head(2048, num_classes or 21), FCNHead(1024, num_classes or 21) if aux else None)
    return make


fcn_resnet50, fcn_resnet101 = segmentation(FCNHead, resnet50), segmentation(FCNHead, resnet101)
deeplabv3_resnet50, deeplabv3_resnet101 = segmentation(DeepLabHead, resnet50), segmentation(DeepLabHead, resnet101)
