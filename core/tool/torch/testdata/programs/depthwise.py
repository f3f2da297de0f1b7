import torch
from torch import nn

def conv_bn(inp, oup, stride):
    return nn.Sequential(nn.Conv2d(inp, oup, 3, stride, 1, bias=False), nn.BatchNorm2d(oup), nn.ReLU(inplace=True))

def conv_dw(inp, oup, stride):
    return nn.Sequential(nn.Conv2d(inp, inp, 3, stride, 1, groups=inp, bias=False), nn.BatchNorm2d(inp), nn.ReLU(inplace=True),
                         nn.Conv2d(inp, oup, 1, 1, 0, bias=False), nn.BatchNorm2d(oup), nn.ReLU(inplace=True))

class MobileNet(nn.Module):
    def __init__(self, ch_in, n_classes):
        super().__init__()
        spec = [(32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), *[(512, 512, 1)] * 5, (512, 1024, 2), (1024, 1024, 1)]
        self.model = nn.Sequential(conv_bn(ch_in, 32, 2), *(conv_dw(*s) for s in spec), nn.AdaptiveAvgPool2d(1))
        self.fc = nn.Linear(1024, n_classes)

    def forward(self, x):
        x = self.model(x)
        x = x.view(-1, 1024)
        return self.fc(x)

if __name__ == "__main__":
    from torchsummary import summary
    model = MobileNet(ch_in=3, n_classes=1000)
    summary(model, input_size=(3, 224, 224), device="cpu")
