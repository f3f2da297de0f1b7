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
	LinearOnImage    Key = "linear-on-image"
	SlopesMismatch   Key = "slopes-mismatch"
	AddMismatch      Key = "add-mismatch"
	ConcatMismatch   Key = "concat-mismatch"
	NoSuchLabel      Key = "no-such-label"
	SharesNothing    Key = "shares-nothing"
	TooManyTurns     Key = "too-many-turns"

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

	AxisDepth  Key = "axis.depth"
	AxisHeight Key = "axis.height"
	AxisWidth  Key = "axis.width"
)

var problems = map[Key]Text{
	BadValue:         {"{0} is not what belongs here: write {1}.", "{0}은(는) 여기에 맞지 않습니다. {1} 쓰세요."},
	NumberTooLarge:   {"{0} is too large: at most {1}.", "{0}은(는) 너무 큽니다. {1} 이하로 쓰세요."},
	TooManyFactors:   {"{0} has too many factors: at most {1}.", "{0}에는 인수가 너무 많습니다. {1}개까지 쓸 수 있습니다."},
	NotPositive:      {"{0} must be at least 1.", "{0}은(는) 1 이상이어야 합니다."},
	OutOfRange:       {"{0} is out of range: from {1} to {2}.", "{0}은(는) 범위를 벗어납니다. {1}에서 {2} 사이로 쓰세요."},
	NotAChoice:       {"{0} is not one of: {1}.", "{0}은(는) 다음 중 하나가 아닙니다: {1}."},
	TooManyExtents:   {"{0} has too many sizes: at most {1}.", "{0}에는 크기가 너무 많습니다. {1}개까지 쓸 수 있습니다."},
	WrongEntries:     {"{0} has {1} numbers, but the input has {2} spatial dimensions: write one number, or {2}.", "{0}에 숫자가 {1}개 있지만 입력의 공간 차원은 {2}개입니다. 하나 또는 {2}개를 쓰세요."},
	NeedsImage:       {"This layer needs channels and one to three spatial dimensions, such as 3×224×224; it receives {0}.", "이 층에는 3×224×224처럼 채널과 1~3개의 공간 차원이 필요한데, 받은 것은 {0}입니다."},
	NeedsFeatures:    {"This layer needs at least one dimension of features.", "이 층에는 특징 차원이 하나 이상 필요합니다."},
	NeedsInput:       {"Nothing enters here: put an input before it, such as input 3x224x224.", "여기로 들어오는 것이 없습니다. 앞에 input 3x224x224 같은 입력을 놓으세요."},
	NeedsField:       {"{0} needs its {1}, such as {2}.", "{0}에는 {1} 값이 필요합니다. 예: {2}."},
	NoSuchDim:        {"There is no dimension {0}: the input {2} has dimensions 1 to {1} (0 is the batch).", "차원 {0}이(가) 없습니다. 입력 {2}의 차원은 1에서 {1}까지입니다(0은 배치)."},
	StartAfterEnd:    {"Flatten cannot start at {0} and end at {1}: start must come first.", "{0}에서 시작해 {1}에서 끝날 수 없습니다. 시작이 앞서야 합니다."},
	FlattenTooLarge:  {"{0} has more elements than paramstack can lay in one row (2⁵⁰).", "{0}의 원소는 한 줄로 펼칠 수 있는 한도(2⁵⁰)를 넘습니다."},
	GroupsIn:         {"{0} groups do not divide the {1} input channels: each group needs its equal share.", "그룹 {0}개로는 입력 채널 {1}개를 똑같이 나눌 수 없습니다."},
	GroupsOut:        {"{0} groups do not divide the {1} filters: each group needs its equal share.", "그룹 {0}개로는 필터 {1}개를 똑같이 나눌 수 없습니다."},
	SameNeedsStride1: {"Padding ‘same’ needs stride 1, as in PyTorch; the stride is {0}. Give the padding as a number, or as keras-same for Keras’ rule.", "‘same’ 패딩은 PyTorch처럼 스트라이드 1에서만 됩니다. 지금은 {0}입니다. 패딩을 숫자로, Keras 규칙이면 keras-same으로 쓰세요."},
	PadBeyondInput:   {"Padding by ‘{0}’ cannot add {1} cells to {2}: at most {3}.", "‘{0}’ 방식으로는 {2}칸에 {1}칸을 덧댈 수 없습니다. {3}칸까지 됩니다."},
	PadBeyondHalf:    {"Padding {0} is more than half of the kernel {1}: at most {2}.", "패딩 {0}은(는) 커널 {1}의 절반을 넘습니다. {2} 이하여야 합니다."},
	WindowTooLarge:   {"The kernel spans {0} cells, but the input has only {1} (and {2} of padding): nothing would come out. Its parameters are counted all the same.", "커널은 {0}칸에 걸치는데 입력은 {1}칸(패딩 {2}칸)뿐이라 출력이 없습니다. 그래도 파라미터 수는 셉니다."},
	EmptyOutput:      {"The kernel spans {0} cells, but the input has only {1}: nothing comes out. In one dimension PyTorch lets this pass, but not when it trains.", "커널은 {0}칸에 걸치는데 입력은 {1}칸뿐이라 나오는 것이 없습니다. PyTorch는 1차원에서 이를 넘기지만 학습할 때는 거부합니다."},
	UnusedCells:      {"The division is rounded down: along the {1}, {0} at the far edge is left unused.", "{1} 방향으로 {0}칸은 어떤 커널도 닿지 않습니다. 나눗셈이 내림되기 때문입니다."},
	LinearOnImage:    {"Linear acts on the last dimension only, the {1} columns of {0}. To feed it the whole map, put a flatten before it.", "linear는 마지막 차원, 곧 {0}의 {1}칸에만 작용합니다. 전체 맵을 넣으려면 앞에 flatten을 놓으세요."},
	SlopesMismatch:   {"{0} slopes for {1} channels: PReLU learns one slope, or one for each channel.", "기울기 {0}개, 채널 {1}개입니다. PReLU의 기울기는 하나이거나 채널마다 하나입니다."},
	AddMismatch:      {"The paths must have equal sizes, or 1 where they differ: path 1 gives {0}, path {2} gives {1}.", "갈래들의 크기가 같거나, 다른 곳에서는 1이어야 합니다. 1번 갈래는 {0}, {2}번 갈래는 {1}입니다."},
	ConcatMismatch:   {"Concat along dimension {3} needs all other sizes equal: path 1 gives {0}, path {2} gives {1}.", "차원 {3} 방향으로 이으려면 나머지 크기가 같아야 합니다. 1번 갈래는 {0}, {2}번 갈래는 {1}입니다."},
	SharesNothing:    {"No weight of {0} has the shape of one of this layer’s, so it shares nothing with it.", "{0}의 가중치 가운데 이 층의 것과 모양이 같은 것이 없어, 함께 쓸 수 없습니다."},
	NoSuchLabel:      {"There is no layer labelled {0} before this one.", "이 앞에는 {0}이라는 이름의 층이 없습니다."},
	TooManyTurns:     {"The repeats unroll into more than {0} different layers; the rest is not counted.", "반복을 풀면 서로 다른 층이 {0}개를 넘습니다. 나머지는 세지 않았습니다."},

	WantWidth:   {"a whole number, or a product such as 48*2", "자연수나 48*2 같은 곱을"},
	WantWhole:   {"a whole number", "정수를"},
	WantSize:    {"a number such as 3, or one for each side such as 1x7", "3 같은 수나 1x7처럼 방향마다 하나씩"},
	WantPadding: {"a number such as 1, one for each side such as 0x3, or one of: {0}", "1 같은 수, 0x3처럼 방향마다 하나씩, 또는 다음 중 하나를({0})"},
	WantSwitch:  {"on or off", "on이나 off를"},
	WantReal:    {"a decimal number such as 0.5", "0.5 같은 소수를"},
	WantExtents: {"sizes such as 3x224x224, with ? for one left open", "3x224x224처럼 크기를(모르는 것은 ?로)"},

	FixSet:    {"Set {0} to {1}", "{0} 값을 {1}(으)로"},
	FixInsert: {"Insert {0} before it", "앞에 {0} 넣기"},
	FixRemove: {"Remove it", "지우기"},

	AxisDepth:  {"depth", "깊이"},
	AxisHeight: {"height", "높이"},
	AxisWidth:  {"width", "너비"},
}
