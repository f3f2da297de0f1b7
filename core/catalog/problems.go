package catalog

// What can be wrong with a layer or a value. Each sentence repeats what was
// received and says what would be right.
const (
	BadValue         Key = "bad-value"
	NumberTooLarge   Key = "number-too-large"
	TooManyFactors   Key = "too-many-factors"
	NotPositive      Key = "not-positive"
	OutOfRange       Key = "out-of-range"
	NotAChoice       Key = "not-a-choice"
	TooManyExtents   Key = "too-many-extents"
	WrongEntries     Key = "wrong-entries"
	NeedsImage       Key = "needs-image"
	NeedsFeatures    Key = "needs-features"
	NeedsInput       Key = "needs-input"
	NeedsField       Key = "needs-field"
	NoSuchDim        Key = "no-such-dim"
	StartAfterEnd    Key = "start-after-end"
	FlattenTooLarge  Key = "flatten-too-large"
	GroupsIn         Key = "groups-in"
	GroupsOut        Key = "groups-out"
	SameNeedsStride1 Key = "same-needs-stride-1"
	PadBeyondInput   Key = "pad-beyond-input"
	PadBeyondHalf    Key = "pad-beyond-half"
	WindowTooLarge   Key = "window-too-large"
	EmptyOutput      Key = "empty-output"
	UnusedCells      Key = "unused-cells"
	NeverRead        Key = "never-read"
	RemarkCancelled  Key = "remark.cancelled"
	RemarkMost       Key = "remark.most"
	RemarkReused     Key = "remark.reused"
	LinearOnImage    Key = "linear-on-image"
	SlopesMismatch   Key = "slopes-mismatch"
	AddMismatch      Key = "add-mismatch"
	ConcatMismatch   Key = "concat-mismatch"
	NoSuchLabel      Key = "no-such-label"
	SharesNothing    Key = "shares-nothing"
	TooManyTurns     Key = "too-many-turns"
	ChannelsLast     Key = "channels-last"
	DimTwice         Key = "dim-twice"
	NoDistances      Key = "no-distances"
	OnePosition      Key = "one-position"
	KernelBeyondMap  Key = "kernel-beyond-map"
	NeedsNonZero     Key = "needs-nonzero"
	NeedsNotNegative Key = "needs-not-negative"
	NeedsAbove       Key = "needs-above"
	NoChannels       Key = "no-channels"
	OpenChannels     Key = "open-channels"
	BatchFirst       Key = "batch-first"
	FeaturesMisfit   Key = "features-misfit"
	ChannelsMisfit   Key = "channels-misfit"
	SharesImpossible Key = "shares-impossible"

	WantWidth   Key = "want.width"
	WantWhole   Key = "want.whole"
	WantSize    Key = "want.size"
	WantPadding Key = "want.padding"
	WantSwitch  Key = "want.switch"
	WantReal    Key = "want.real"
	WantExtents Key = "want.extents"

	FixSet    Key = "fix.set"
	FixInsert Key = "fix.insert"
	FixRemove Key = "fix.remove"
	FixAppend Key = "fix.append"
	// FixRemoveFlatten is for the flatten before the layer with the problem.
	FixRemoveFlatten Key = "fix.remove-flatten"
	FixInput         Key = "fix.input"
	// FixEarlier is for a layer before the one with the problem.
	FixEarlier Key = "fix.earlier"

	AxisDepth  Key = "axis.depth"
	AxisHeight Key = "axis.height"
	AxisWidth  Key = "axis.width"
)

var problems = map[Key]Text{
	BadValue:         {"{0} is not valid here. Enter {1}.", "{0}은(는) 쓸 수 없는 값입니다. {1} 입력하세요."},
	NumberTooLarge:   {"{0} is too large. The maximum is {1}.", "{0}은(는) 너무 큽니다. 최댓값은 {1}입니다."},
	TooManyFactors:   {"{0} has too many factors. At most {1} are allowed.", "{0}에는 인수가 너무 많습니다. {1}개까지 쓸 수 있습니다."},
	NotPositive:      {"{0} must be at least 1.", "{0}은(는) 쓸 수 없는 값입니다. 1 이상이어야 합니다."},
	OutOfRange:       {"{0} is out of range. Enter a value from {1} to {2}.", "{0}은(는) 범위를 벗어난 값입니다. {1}에서 {2} 사이의 값을 입력하세요."},
	NotAChoice:       {"{0} is not an option. Choose one of: {1}.", "{0}은(는) 없는 선택지입니다. 다음 중 하나를 쓰세요: {1}."},
	TooManyExtents:   {"{0} has too many dimensions. At most {1} are allowed.", "{0}에는 차원이 너무 많습니다. {1}개까지 쓸 수 있습니다."},
	WrongEntries:     {"{0} has {1} values, but the input has {2} spatial dimensions. Enter one value or {2}.", "{0} 값이 {1}개인데 입력의 공간 차원은 {2}개입니다. 값을 하나 또는 {2}개 쓰세요."},
	NeedsImage:       {"This layer needs channels and one to three spatial dimensions, such as 3×224×224, but received {0}.", "이 층의 입력은 3×224×224처럼 채널과 1~3개의 공간 차원으로 되어 있어야 하는데, {0}이(가) 들어왔습니다."},
	NeedsFeatures:    {"This layer needs an input with at least one feature dimension.", "이 층의 입력에는 특징 차원이 하나 이상 있어야 합니다."},
	NeedsInput:       {"This layer has no input. Add one before it, such as input 3x224x224.", "이 층에 입력이 없습니다. 앞에 input 3x224x224 같은 입력을 추가하세요."},
	NeedsField:       {"{0} requires a value for {1}, such as {2}.", "{0}에는 {1} 값이 있어야 합니다. 예: {2}."},
	NoSuchDim:        {"There is no dimension {0}. The input {2} has dimensions 1 to {1} (0 is the batch).", "차원 {0}은(는) 없습니다. 입력 {2}의 차원은 1부터 {1}까지입니다(0은 배치)."},
	StartAfterEnd:    {"Flatten cannot start at dimension {0} and end at {1}. The first dimension must not come after the last.", "차원 {0}에서 시작해 차원 {1}에서 끝나게 평탄화할 수 없습니다. 첫 차원이 마지막 차원보다 뒤에 있으면 안 됩니다."},
	FlattenTooLarge:  {"{0} has more elements than paramstack can flatten (2⁵⁰).", "{0}의 원소 수가 평탄화할 수 있는 한도(2⁵⁰)를 넘습니다."},
	GroupsIn:         {"The {1} input channels cannot be divided evenly into {0} groups.", "입력 채널 {1}개를 그룹 {0}개로 똑같이 나눌 수 없습니다."},
	GroupsOut:        {"The {1} filters cannot be divided evenly into {0} groups.", "필터 {1}개를 그룹 {0}개로 똑같이 나눌 수 없습니다."},
	SameNeedsStride1: {"‘same’ padding works only with stride 1, as in PyTorch, but the stride is {0}. Enter the padding as a number, or use keras-same for the Keras rule.", "‘same’ 패딩은 PyTorch처럼 스트라이드가 1일 때만 쓸 수 있는데 지금은 {0}입니다. 패딩을 숫자로 쓰거나, Keras 규칙을 따르려면 keras-same을 쓰세요."},
	PadBeyondInput:   {"‘{0}’ padding can add at most {3} cells to an input of {2}, but {1} were requested.", "‘{0}’ 패딩은 크기 {2}인 입력에 {3}칸까지만 덧댈 수 있는데 {1}칸을 요구했습니다."},
	PadBeyondHalf:    {"Padding {0} is more than half of kernel size {1}. The maximum is {2}.", "패딩 {0}이(가) 커널 크기 {1}의 절반을 넘습니다. 최댓값은 {2}입니다."},
	WindowTooLarge:   {"The kernel spans {0} cells, but the input has only {1} (plus {2} of padding), so there is no output. The parameters are still counted.", "커널이 {0}칸에 걸치는데 입력은 {1}칸(패딩 {2}칸)뿐이어서 출력이 없습니다. 파라미터 수는 그대로 셉니다."},
	EmptyOutput:      {"The kernel spans {0} cells, but the input has only {1}, so the output is empty. PyTorch allows this in one dimension, but not during training.", "커널이 {0}칸에 걸치는데 입력은 {1}칸뿐이어서 출력이 비어 있습니다. PyTorch는 1차원에서 이를 허용하지만 학습할 때는 오류를 냅니다."},
	UnusedCells:      {"The output size is rounded down: no window reaches the last {0} of the {1} cells along the {2}.", "출력 크기를 내림하므로 {2} 방향의 {1}칸 중 마지막 {0}칸에는 윈도가 닿지 않습니다."},
	NeverRead:        {"The window moves further than it reaches: {0} of every {1} positions are never read.", "윈도가 자기 크기보다 멀리 이동하므로 위치 {1}개 중 {0}개는 한 번도 읽지 않습니다."},
	RemarkCancelled:  {"The bias has no effect: {0} after it subtracts the mean of each channel, and the bias with it. Its {1} parameters serve no purpose.", "편향이 효과가 없습니다. 뒤에 오는 {0}이(가) 채널마다 평균을 빼면서 편향도 함께 없앱니다. 쓸모없는 파라미터가 {1}개입니다."},
	RemarkMost:       {"This one layer holds {0} of all parameters of the network, and performs {1} of its MACs.", "이 층 하나가 네트워크 전체 파라미터의 {0}, MAC의 {1}을(를) 차지합니다."},
	RemarkReused:     {"The weights are used again elsewhere, and counted once: {0} parameters. With separate weights for each use there would be {1}.", "가중치를 다른 곳에서도 쓰지만 한 번만 세므로 파라미터는 {0}개입니다. 쓸 때마다 따로 두면 {1}개가 됩니다."},
	LinearOnImage:    {"Linear acts only on the last dimension, which has size {1} in {0}. Add a flatten before it to use the whole feature map.", "linear는 마지막 차원({0}에서 크기 {1})에만 적용됩니다. 특징 맵 전체를 쓰려면 앞에 flatten을 추가하세요."},
	SlopesMismatch:   {"{0} slopes do not match {1} channels. PReLU learns either one slope or one per channel.", "기울기가 {0}개인데 채널은 {1}개입니다. PReLU는 기울기를 하나만 학습하거나 채널마다 하나씩 학습합니다."},
	AddMismatch:      {"The paths must have the same shape, or size 1 where they differ, but path 1 is {0} and path {2} is {1}.", "경로들의 모양이 같거나, 다른 차원에서는 크기가 1이어야 합니다. 경로 1은 {0}, 경로 {2}은(는) {1}입니다."},
	ConcatMismatch:   {"Concat along dimension {3} requires all other sizes to be equal, but path 1 is {0} and path {2} is {1}.", "차원 {3} 방향으로 이어 붙이려면 나머지 크기가 모두 같아야 합니다. 경로 1은 {0}, 경로 {2}은(는) {1}입니다."},
	SharesNothing:    {"No weight of {0} has the same shape as a weight of this layer, so nothing can be shared.", "{0}의 가중치 중에 이 층의 가중치와 모양이 같은 것이 없어서 공유할 수 없습니다."},
	NoSuchLabel:      {"No layer before this one is labelled {0}.", "이 층보다 앞에는 이름이 {0}인 층이 없습니다."},
	NoDistances:      {"Relative positions need at least one position per stride, but the side is {0} and the stride is {1}. Turn them off or use a smaller stride.", "상대 위치를 쓰려면 한 변이 스트라이드보다 작으면 안 되는데 변은 {0}, 스트라이드는 {1}입니다. 상대 위치를 끄거나 스트라이드를 줄이세요."},
	DimTwice:         {"{0} names a dimension of {1} twice. Name each once.", "{0}에 {1}의 같은 차원이 두 번 있습니다. 한 번씩만 쓰세요."},
	OnePosition:      {"{0} needs more than one position per channel, but received {1}. PyTorch refuses it; remove it.", "{0}에는 채널마다 위치가 둘 이상 있어야 하는데 {1}이(가) 들어왔습니다. PyTorch에서는 오류가 나므로 지우세요."},
	KernelBeyondMap:  {"Kernel size {0} is larger than the {1} cells of the input. In three dimensions average pooling does not count the padding.", "커널 크기 {0}이(가) 입력의 {1}칸보다 큽니다. 3차원 평균 풀링은 패딩을 세지 않습니다."},
	NeedsNonZero:     {"{1} of {0} must not be 0.", "{0}의 {1}은(는) 0이면 안 됩니다."},
	NeedsNotNegative: {"{1} of {0} must not be negative.", "{0}의 {1}은(는) 음수이면 안 됩니다."},
	NeedsAbove:       {"{1} of {0} must be greater than the lower bound.", "{0}의 {1}은(는) 하한보다 커야 합니다."},
	ChannelsLast:     {"{0} is read channels first: {1} channels of {2}. If the last number is the channels, write {3}.", "{0}은(는) 채널을 앞에 쓴 것으로 읽어 채널 {1}개, 크기 {2}입니다. 마지막 수가 채널이면 {3}(으)로 쓰세요."},
	OpenChannels:     {"The number of channels of {0} is unknown, so the parameters are a minimum. If ? is the batch, leave it out: {1} for one channel, {2} for colour images.", "{0}의 채널 수를 알 수 없어 파라미터 수는 최솟값입니다. ?가 배치라면 빼고 쓰세요. 채널이 하나면 {1}, 컬러 이미지면 {2}입니다."},
	NoChannels:       {"{0} is read as a sequence: {1} channels of length {2}. For an image with one channel, write {3}.", "{0}은(는) 채널 {1}개, 길이 {2}인 시퀀스로 읽습니다. 채널이 하나인 이미지라면 {3}(으)로 쓰세요."},
	BatchFirst:       {"Shapes are written without the batch: the first size of {0} is read as part of one sample. If it is the batch, write {1}.", "모양은 배치를 빼고 씁니다. {0}의 첫 크기도 샘플 하나에 속하는 것으로 읽었습니다. 배치라면 {1}(으)로 쓰세요."},
	FeaturesMisfit:   {"This layer declares {0} input features, but receives {1}. PyTorch refuses it.", "이 층의 입력은 {0}개로 적혀 있는데 {1}개가 들어옵니다. PyTorch에서는 오류가 납니다."},
	ChannelsMisfit:   {"This layer requires {0} channels, but receives {1}.", "이 층에는 채널이 {0}개여야 하는데 {1}개가 들어옵니다."},
	SharesImpossible: {"The weights of {0} have another shape here: {1} of {2} cannot serve as {3}. Use separate weights, or make the shapes equal.", "{0}의 가중치를 여기서 쓸 수 없습니다. {1}의 모양이 {2}인데 여기서는 {3}이어야 합니다. 가중치를 따로 두거나 모양을 맞추세요."},
	TooManyTurns:     {"The repeats expand to more than {0} different layers. The rest is not counted.", "반복을 펼치면 서로 다른 층이 {0}개를 넘습니다. 나머지는 세지 않았습니다."},

	WantWidth:   {"a whole number, or a product such as 48*2", "48 같은 자연수나 48*2 같은 곱을"},
	WantWhole:   {"a whole number", "정수를"},
	WantSize:    {"a number such as 3, or one per dimension such as 1x7", "3 같은 수나 1x7처럼 차원마다 하나씩"},
	WantPadding: {"a number such as 1, one per dimension such as 0x3, or one of: {0}", "1 같은 수, 0x3처럼 차원마다 하나씩, 또는 다음 중 하나를({0})"},
	WantSwitch:  {"on or off", "on 또는 off를"},
	WantReal:    {"a decimal number such as 0.5", "0.5 같은 소수를"},
	WantExtents: {"sizes such as 3x224x224, with ? for an unknown one", "3x224x224 같은 크기를(모르는 크기는 ?로)"},

	FixSet:           {"Set {0} to {1}", "{0} 값을 {1}(으)로 바꾸기"},
	FixInsert:        {"Add {0} before it", "앞에 {0} 추가"},
	FixRemove:        {"Remove it", "삭제"},
	FixAppend:        {"Add {0} to path {1}", "경로 {1} 끝에 {0} 추가"},
	FixEarlier:       {"Set {0} of the earlier layer to {1}", "앞 층의 {0} 값을 {1}(으)로 바꾸기"},
	FixRemoveFlatten: {"Remove the flatten before it", "앞의 flatten 삭제"},

	FixInput: {"Set the input to {0}", "입력을 {0}(으)로 바꾸기"},

	AxisDepth:  {"depth", "깊이"},
	AxisHeight: {"height", "높이"},
	AxisWidth:  {"width", "너비"},
}
