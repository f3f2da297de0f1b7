import torch
import torch.nn as nn
import torch.nn.functional as F
class STN3d(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv1d(3, 64, 1)
        self.conv2 = torch.nn.Conv1d(64, 128, 1)
        self.fc1 = nn.Linear(128, 9)
        self.bn1 = nn.BatchNorm1d(64)
    def forward(self, x):
        batchsize = x.size()[0]
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.conv2(x)
        x = torch.max(x, 2, keepdim=True)[0]
        x = x.view(-1, 128)
        x = self.fc1(x)
        iden = torch.eye(3).view(1, 9).repeat(batchsize, 1)
        x = x + iden
        return x.view(-1, 3, 3)
class PointNet(nn.Module):
    def __init__(self, k=5):
        super().__init__()
        self.stn = STN3d()
        self.conv = nn.Conv1d(3, 64, 1)
        self.fc = nn.Linear(64, k)
    def forward(self, x):
        trans = self.stn(x)
        x = x.transpose(2, 1)
        x = torch.bmm(x, trans)
        x = x.transpose(2, 1)
        x = self.conv(x)
        x = torch.max(x, 2)[0]
        return self.fc(x), trans
net = PointNet()
