package catalog

// Why a published network has the number of parameters it has. The four AlexNets
// explain each other.
const (
	WhyAlexNet2012        Key = "why.alexnet-2012"
	WhyToy                Key = "why.toy"
	WhyLeNet5             Key = "why.lenet-5"
	WhyAlexNetPost        Key = "why.alexnet-post"
	WhyAlexNetUngrouped   Key = "why.alexnet-ungrouped"
	WhyAlexNetTorchvision Key = "why.alexnet-torchvision"
	WhyVGG16              Key = "why.vgg-16"
	WhyGoogLeNet          Key = "why.googlenet"
	WhyResNet18           Key = "why.resnet-18"
	WhyResNet50           Key = "why.resnet-50"
	WhyResNet152          Key = "why.resnet-152"
)

// SourcePost is the source where there is nothing to cite.
const SourcePost Key = "source.post"

// PresetName returns the key of a published network's name, for those that are
// not called the same in every language.
func PresetName(id string) Key { return Key("preset." + id) }

// TaskName returns the key of what networks are for.
func TaskName(n int) Key { return Key("task." + string(rune('0'+n))) }

var presets = map[Key]Text{
	SourcePost: {"the Korean blog post that inspired paramstack; it does not count biases", "paramstack의 출발점이 된 블로그 글. 편향은 세지 않습니다"},

	TaskName(0): {"classification", "분류"},
	TaskName(1): {"segmentation", "분할"},
	TaskName(2): {"video", "영상"},
	TaskName(3): {"generation", "생성"},
	TaskName(4): {"language", "언어"},

	PresetName("toy"):                 {"Toy network (blog post)", "예제 네트워크(블로그 글)"},
	PresetName("alexnet-2012"):        {"AlexNet (2012, two GPUs)", "AlexNet(2012년, GPU 2개)"},
	PresetName("alexnet-post"):        {"AlexNet (as in the blog post)", "AlexNet(블로그 글)"},
	PresetName("alexnet-ungrouped"):   {"AlexNet (no groups)", "AlexNet(그룹 없음)"},
	PresetName("alexnet-torchvision"): {"AlexNet (torchvision)", "AlexNet(torchvision 버전)"},

	WhyAlexNet2012: {
		"It was trained on two GPUs with the channels split between them. conv1 has 48 kernels on each: 11·11·3·(48·2) = 34,848 weights. Today the split is written as two groups: the kernels of conv2, conv4 and conv5 see only half of the channels, so those of conv2 are 48 deep, not 96. Even so, 96\u00a0% of the parameters are in the three fully connected layers. It would be far more if the third pooling did not shrink the feature map to 6×6 first: 6·6·256·4096 = 37,748,736 weights.",
		"GPU 두 개에 채널을 나누어 학습한 네트워크입니다. conv1의 커널은 GPU마다 48개이므로 가중치가 11·11·3·(48·2) = 34,848개입니다. 이렇게 나눈 것을 지금은 그룹 2개로 씁니다. conv2, conv4, conv5의 커널은 채널의 절반만 보므로 conv2 커널의 깊이는 96이 아니라 48입니다. 그래도 파라미터의 96\u00a0%가 완전 연결층 세 개에 있습니다. 그나마 세 번째 풀링이 특징 맵을 6×6으로 줄여 주어서 첫 완전 연결층의 가중치가 6·6·256·4096 = 37,748,736개에 그칩니다.",
	},
	WhyToy: {
		"A kernel is as deep as its input has channels: 5·5·3·4 = 300, then 5·5·4·10 = 1,000. The image size appears in neither product. Change the input and see. Biases are not counted, as in the blog post.",
		"커널의 깊이는 입력 채널 수와 같습니다. 그래서 5·5·3·4 = 300, 다음은 5·5·4·10 = 1,000입니다. 두 식 어디에도 이미지 크기는 없습니다. 입력 크기를 바꾸어 확인해 보세요. 블로그 글처럼 편향은 세지 않습니다.",
	},
	WhyLeNet5: {
		"Here every kernel of the second convolution sees all 6 feature maps: 5·5·6·16 + 16 = 2,416. In the 1998 paper each kernel saw only some of them, for a total of 1,516. The third convolution covers its whole 5×5 input and has most of the parameters: 5·5·16·120 + 120 = 48,120.",
		"여기서는 두 번째 합성곱의 모든 커널이 특징 맵 6개를 전부 봅니다: 5·5·6·16 + 16 = 2,416. 1998년 논문에서는 커널마다 일부만 보았기 때문에 1,516개였습니다. 세 번째 합성곱은 5×5 입력 전체를 덮으며 파라미터가 가장 많습니다: 5·5·16·120 + 120 = 48,120.",
	},
	WhyAlexNetPost: {
		"The blog post leaves out the third pooling, so the first fully connected layer has a weight for every position of a 13×13 feature map: (13·13·256)·4096 = 177,209,344. Add maxpool 3 s2 before the flatten, and this shrinks by a factor of 4.69 to the real 6·6·256·4096 = 37,748,736. Biases are not counted either.",
		"블로그 글에는 세 번째 풀링이 빠져 있어서 첫 완전 연결층이 13×13 특징 맵의 모든 위치에 대한 가중치를 가집니다: (13·13·256)·4096 = 177,209,344. flatten 앞에 maxpool 3 s2를 추가하면 4.69분의 1로 줄어 실제 값인 6·6·256·4096 = 37,748,736이 됩니다. 편향도 세지 않습니다.",
	},
	WhyAlexNetUngrouped: {
		"AlexNet without groups, as in many tutorials: every kernel sees all channels, so conv2, conv4 and conv5 have twice the weights of the two-GPU version, 1,413,120 more in all. Nothing else changes.",
		"많은 자료에 나오는, 그룹이 없는 AlexNet입니다. 모든 커널이 모든 채널을 보므로 conv2, conv4, conv5의 가중치가 GPU 2개로 나눈 원본의 두 배가 되어 모두 1,413,120개 늘어납니다. 나머지는 그대로입니다.",
	},
	WhyAlexNetTorchvision: {
		"torchvision uses the later “One weird trick” version: no groups, and 64, 192, 384, 256 and 256 filters, so the convolutions differ from those of 2012. The three fully connected layers have the same 58,631,144 parameters, which is why the totals are so close.",
		"torchvision의 AlexNet은 나중에 나온 “One weird trick” 버전입니다. 그룹이 없고 필터가 64, 192, 384, 256, 256개여서 합성곱은 2012년 것과 다릅니다. 그러나 완전 연결층 세 개의 파라미터가 58,631,144개로 똑같아서 합계는 비슷합니다.",
	},
	WhyVGG16: {
		"Thirteen 3×3 convolutions have 14,714,688 parameters and do 99\u00a0% of the computation. The first fully connected layer alone has 7·7·512·4096 = 102,760,448 weights, three quarters of the network, and does less than 1\u00a0% of the computation.",
		"3×3 합성곱 13개의 파라미터는 14,714,688개이고 연산량의 99\u00a0%를 차지합니다. 반면 첫 완전 연결층은 혼자서 가중치가 7·7·512·4096 = 102,760,448개로 전체의 4분의 3인데, 연산량은 1\u00a0%도 되지 않습니다.",
	},
	WhyGoogLeNet: {
		"1×1 convolutions reduce the channels before the 3×3 and 5×5 ones, and global average pooling leaves a single small fully connected layer. So with 22 layers it has almost nine times fewer parameters than AlexNet. The two auxiliary classifiers, used only in training, are left out; with them it has 13,378,280.",
		"1×1 합성곱이 3×3과 5×5 합성곱 앞에서 채널을 줄이고, 전역 평균 풀링 덕분에 작은 완전 연결층 하나만 남습니다. 그래서 22층인데도 파라미터 수는 AlexNet의 9분의 1에 가깝습니다. 학습에만 쓰는 보조 분류기 두 개는 뺐습니다. 넣으면 13,378,280개입니다.",
	},
	WhyResNet18: {
		"Eight residual blocks of two 3×3 convolutions. A skip connection adds the input of a block to its output and has no parameters, except where the channels double and a 1×1 convolution adjusts them. Global average pooling leaves 512·1000 + 1000 = 513,000 parameters for the fully connected layer.",
		"3×3 합성곱 두 개로 된 잔차 블록이 8개 있습니다. 잔차 연결은 블록의 입력을 출력에 더할 뿐이라 파라미터가 없고, 채널 수가 두 배가 되는 곳에서만 1×1 합성곱으로 채널을 맞춥니다. 전역 평균 풀링 덕분에 완전 연결층의 파라미터는 512·1000 + 1000 = 513,000개뿐입니다.",
	},
	WhyResNet50: {
		"Sixteen bottleneck blocks: a 1×1 convolution reduces the channels, a 3×3 convolution processes the reduced map, and another 1×1 expands the channels again. The stride is on the 3×3, as in torchvision; in the paper it is on the first 1×1, with the same parameters but 3.86 G instead of 4.09 G multiply-adds. Batch normalization also stores 53,120 statistics and 53 counters, which are buffers, not parameters.",
		"병목 블록이 16개 있습니다. 1×1 합성곱이 채널을 줄이고, 3×3 합성곱이 줄어든 맵을 처리하고, 다시 1×1 합성곱이 채널을 늘립니다. 스트라이드는 torchvision처럼 3×3에 있습니다. 논문처럼 첫 1×1에 두면 파라미터 수는 같고 곱셈-덧셈만 4.09 G에서 3.86 G로 줄어듭니다. 배치 정규화의 통계 53,120개와 카운터 53개는 파라미터가 아니라 버퍼입니다.",
	},
	WhyResNet152: {
		"The same blocks as in ResNet-50, but 3, 8, 36 and 3 of them: each additional block of the third stage adds 1,117,184 parameters. With 152 layers it has fewer parameters than AlexNet with 8, and does 16 times the computation.",
		"ResNet-50과 같은 블록을 3, 8, 36, 3개로 늘렸습니다. 셋째 단계의 블록 하나마다 파라미터가 1,117,184개씩 늘어납니다. 152층인데도 8층인 AlexNet보다 파라미터가 적고, 연산량은 16배입니다.",
	},
}
