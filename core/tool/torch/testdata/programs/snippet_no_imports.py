model = nn.Sequential(
    nn.Conv2d(3, 16, kernel_size=3, padding="same"),
    nn.GroupNorm(4, 16),
    nn.SiLU(),
    nn.AdaptiveMaxPool2d(1),
    nn.Flatten(),
    nn.Linear(16, 6),
)
