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

// SourcePost stands where nothing can be cited.
const SourcePost Key = "source.post"

// PresetName returns the key of a published network's name, for those that are
// not called the same in every language.
func PresetName(id string) Key { return Key("preset." + id) }

// TaskName returns the key of what networks are for.
func TaskName(n int) Key { return Key("task." + string(rune('0'+n))) }

var presets = map[Key]Text{
	SourcePost: {"the Korean blog post that paramstack grew from; it leaves biases out", "paramstack의 출발점이 된 블로그 글. 편향은 세지 않습니다"},

	TaskName(0): {"classification", "분류"},
	TaskName(1): {"segmentation", "분할"},
	TaskName(2): {"video", "영상"},
	TaskName(3): {"generation", "생성"},
	TaskName(4): {"language", "언어"},

	PresetName("toy"):                 {"Toy network (blog post)", "장난감 네트워크(블로그 글)"},
	PresetName("alexnet-2012"):        {"AlexNet (2012, two lanes)", "AlexNet(2012년, 두 줄)"},
	PresetName("alexnet-post"):        {"AlexNet (as the blog post draws it)", "AlexNet(블로그 글의 그림대로)"},
	PresetName("alexnet-ungrouped"):   {"AlexNet (one lane)", "AlexNet(한 줄)"},
	PresetName("alexnet-torchvision"): {"AlexNet (torchvision)", "AlexNet(torchvision판)"},

	WhyAlexNet2012: {
		"It ran on two GPUs, in two lanes: the kernels of conv2, conv4 and conv5 see only the half of the channels in their own lane, so conv2’s are 48 deep and not 96. Yet 96\u00a0% of the parameters are in the three dense layers, and it would be far more if the third pool did not shrink the map to 6×6 before the first: 6·6·256·4096 = 37,748,736 weights.",
		"GPU 두 개에서 두 줄로 돌던 네트워크입니다. conv2, conv4, conv5의 커널은 제 줄에 있는 절반의 채널만 보므로, conv2 커널의 깊이는 96이 아니라 48입니다. 그래도 파라미터의 96\u00a0%는 세 전결합층에 있습니다. 세 번째 풀링이 맵을 6×6으로 줄여 주기에 첫 전결합층의 가중치가 6·6·256·4096 = 37,748,736개에 그칩니다.",
	},
	WhyToy: {
		"A kernel is as deep as its input: 5·5·3·4 = 300, then 5·5·4·10 = 1,000. The size of the picture is in neither product: change it and see. Biases are left out, as in the post.",
		"커널의 깊이는 입력의 깊이와 같습니다. 그래서 5·5·3·4 = 300, 다음은 5·5·4·10 = 1,000입니다. 두 곱 어디에도 그림의 크기는 없습니다. 입력 크기를 바꾸어 확인해 보세요. 편향은 블로그 글처럼 세지 않습니다.",
	},
	WhyLeNet5: {
		"Here every kernel of the second convolution sees all 6 maps: 5·5·6·16 + 16 = 2,416. In 1998 each saw only some of them, which made 1,516. The third convolution covers its whole 5×5 map and holds most of the parameters: 5·5·16·120 + 120 = 48,120.",
		"여기서는 두 번째 합성곱의 모든 커널이 맵 6개를 전부 봅니다: 5·5·6·16 + 16 = 2,416. 1998년 논문에서는 일부만 보았기 때문에 1,516개였습니다. 세 번째 합성곱은 5×5 맵 전체를 덮으며 파라미터가 가장 많습니다: 5·5·16·120 + 120 = 48,120.",
	},
	WhyAlexNetPost: {
		"The post leaves out the third pool, so the first dense layer has a weight for every position of a 13×13 map: (13·13·256)·4096 = 177,209,344. Put a maxpool 3 s2 before the flatten and it shrinks 4.69 times, to the real 6·6·256·4096 = 37,748,736. Biases are left out too.",
		"블로그 글에는 세 번째 풀링이 빠져 있어서 첫 전결합층이 13×13 맵의 모든 위치에 가중치를 가집니다: (13·13·256)·4096 = 177,209,344. flatten 앞에 maxpool 3 s2를 넣으면 4.69배 줄어 실제 값인 6·6·256·4096 = 37,748,736이 됩니다. 편향도 세지 않습니다.",
	},
	WhyAlexNetUngrouped: {
		"AlexNet in one lane, as many tutorials write it: every kernel sees all channels, so conv2, conv4 and conv5 have twice the weights of the two-lane version, 1,413,120 more in all. Nothing else changes.",
		"많은 자료에서 쓰는 한 줄짜리 AlexNet입니다. 모든 커널이 모든 채널을 보므로 conv2, conv4, conv5의 가중치가 두 줄일 때의 두 배가 되어, 모두 1,413,120개 늘어납니다. 나머지는 그대로입니다.",
	},
	WhyAlexNetTorchvision: {
		"torchvision builds the later “One weird trick” version: one lane, with 64, 192, 384, 256 and 256 filters, so the convolutions differ from those of 2012. The three dense layers are the same 58,631,144 parameters, which is why the totals are so close.",
		"torchvision의 AlexNet은 나중에 나온 “One weird trick” 판입니다. 한 줄이고 필터가 64, 192, 384, 256, 256개라서 합성곱은 2012년 것과 다릅니다. 그러나 세 전결합층의 파라미터가 58,631,144개로 똑같아서 합계는 비슷합니다.",
	},
	WhyVGG16: {
		"Thirteen convolutions of 3×3 hold 14,714,688 parameters and do 99\u00a0% of the work. The first dense layer alone holds 7·7·512·4096 = 102,760,448 weights, three quarters of the network, and does less than 1\u00a0% of the work.",
		"3×3 합성곱 13개의 파라미터는 14,714,688개이고 연산의 99\u00a0%를 맡습니다. 반면 첫 전결합층은 혼자서 가중치가 7·7·512·4096 = 102,760,448개로 전체의 4분의 3인데, 맡은 연산은 1\u00a0%도 되지 않습니다.",
	},
	WhyGoogLeNet: {
		"Convolutions of 1×1 thin the channels before the 3×3 and 5×5 ones, and averaging the last map leaves a single small dense layer. So it has 22 layers, and yet nearly nine times fewer parameters than AlexNet. The two auxiliary heads, used only in training, are left out; with them it has 13,378,280.",
		"1×1 합성곱이 3×3과 5×5 합성곱 앞에서 채널을 줄이고, 마지막 맵을 평균 내므로 작은 전결합층 하나만 남습니다. 그래서 22층인데도 파라미터 수는 AlexNet의 9분의 1에 가깝습니다. 학습에만 쓰는 보조 분류기 두 개는 뺐습니다. 넣으면 13,378,280개입니다.",
	},
	WhyResNet18: {
		"Eight blocks of two 3×3 convolutions. A skip adds what came in to what comes out and learns nothing, except where the channels double and a 1×1 convolution makes them fit. Averaging the last map leaves 512·1000 + 1000 = 513,000 parameters for the dense layer.",
		"3×3 합성곱 두 개로 된 블록이 8개 있습니다. 건너뛰기 연결은 들어온 값을 나오는 값에 더할 뿐 배우는 것이 없고, 채널이 두 배가 되는 곳에서만 1×1 합성곱으로 맞춥니다. 마지막 맵을 평균 내므로 전결합층의 파라미터는 512·1000 + 1000 = 513,000개뿐입니다.",
	},
	WhyResNet50: {
		"Sixteen bottlenecks: 1×1 thins the channels, 3×3 works on the thin map, 1×1 widens it again. The stride is on the 3×3, as in torchvision; in the paper it is on the first 1×1, which gives the same parameters but 3.86 G instead of 4.09 G multiply-adds. Batch norm keeps 53,120 statistics and 53 counters besides: buffers, not parameters.",
		"병목 블록이 16개 있습니다. 1×1이 채널을 줄이고, 3×3이 얇아진 맵에서 일하고, 1×1이 다시 넓힙니다. 스트라이드는 torchvision처럼 3×3에 있습니다. 논문처럼 첫 1×1에 두면 파라미터 수는 같고 곱셈-덧셈만 4.09 G에서 3.86 G로 줄어듭니다. 배치 정규화의 통계 53,120개와 카운터 53개는 파라미터가 아니라 버퍼입니다.",
	},
	WhyResNet152: {
		"ResNet-50 with more of the same blocks, 3, 8, 36 and 3 of them: each further block of the third stage adds 1,117,184 parameters. With 152 layers it has fewer parameters than AlexNet with 8, and does 16 times the work.",
		"ResNet-50과 같은 블록을 3, 8, 36, 3개로 늘린 것입니다. 셋째 단계의 블록 하나가 파라미터를 1,117,184개씩 더합니다. 152층인데도 8층인 AlexNet보다 파라미터가 적고, 연산량은 16배입니다.",
	},
}
