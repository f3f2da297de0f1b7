//go:build !page

package catalog

// What a derivation says: every step of a count in words, to hand in or out.
const (
	DeriveTitle   Key = "derive.title"
	DeriveRules   Key = "derive.rules"
	DeriveEnters  Key = "derive.enters"
	DeriveInput   Key = "derive.input"
	DeriveInputs  Key = "derive.inputs"
	DeriveUnknown Key = "derive.unknown"
	DeriveOutput  Key = "derive.output"
	DeriveStays   Key = "derive.stays"
	DeriveNothing Key = "derive.nothing"
	DeriveParams  Key = "derive.params"

	DeriveNoParams Key = "derive.no-params"
	DeriveTurns    Key = "derive.turns"
	DeriveBuffers  Key = "derive.buffers"
	DeriveMACs     Key = "derive.macs"
	DeriveSoFar    Key = "derive.so-far"
	DeriveCounts   Key = "derive.counts"
	DeriveProblem  Key = "derive.problem"
	DeriveNote     Key = "derive.note"

	DerivePaths Key = "derive.paths"
	DeriveJoin  Key = "derive.join"

	DeriveSums   Key = "derive.sums"
	DeriveLayers Key = "derive.layers"
	DeriveFamily Key = "derive.family"
	DeriveTotal  Key = "derive.total"
	DeriveSize   Key = "derive.size"

	DeriveRemarks Key = "derive.remarks"
	DeriveAbout   Key = "derive.about"
	DeriveAlike   Key = "derive.alike"

	DeriveLessons    Key = "derive.lessons"
	LessonConv       Key = "lesson.conv"
	LessonDepth      Key = "lesson.depth"
	LessonDenseMost  Key = "lesson.dense-most"
	LessonDenseFew   Key = "lesson.dense-few"
	LessonDenseReads Key = "lesson.dense-reads"
)

var derivations = map[Key]Text{

	StepSame:    {"“same” padding: {0} before, {1} after", "same 패딩: 앞에 {0}칸, 뒤에 {1}칸"},
	StepDropped: {"minus a last window that would start in the padding", "패딩에서 시작하는 마지막 윈도는 제외"},

	// The letters of rules, as layer.Expr has them, and the brackets.
	RuleLetter("n"): {"input size", "입력 크기"},
	RuleLetter("k"): {"kernel size", "커널 크기"},
	RuleLetter("s"): {"stride", "스트라이드"},
	RuleLetter("p"): {"padding on each side", "한쪽 패딩"},
	RuleLetter("d"): {"dilation", "팽창"},
	RuleLetter("o"): {"output padding", "출력 패딩"},
	RuleLetter("r"): {"factor", "배율"},
	RuleLetter("⌊"): {"rounded down", "내림"},
	RuleLetter("⌈"): {"rounded up", "올림"},

	DeriveTitle:    {"{0}: counting the parameters step by step", "{0}: 파라미터 수 풀이"},
	DeriveRules:    {"Symbols in the size formulas:", "크기를 구하는 식의 기호:"},
	DeriveEnters:   {"one sample,", "표본 하나,"},
	DeriveInput:    {"Input, from {0}:", "입력({0}의 출력):"},
	DeriveInputs:   {"Inputs:", "입력:"},
	DeriveUnknown:  {"unknown", "알 수 없음"},
	DeriveOutput:   {"Output:", "출력:"},
	DeriveStays:    {"shape unchanged", "모양 그대로"},
	DeriveNothing:  {"no parameters", "파라미터 없음"},
	DeriveParams:   {"Parameters:", "파라미터:"},
	DeriveNoParams: {"Parameters: none", "파라미터: 없음"},
	DeriveTurns:    {"for {0} identical repetitions:", "동일한 반복이 {0}회이므로"},
	DeriveBuffers:  {"Buffers, stored but not trained:", "버퍼(저장되지만 학습하지 않음):"},
	DeriveMACs:     {"MACs:", "MAC:"},
	DeriveSoFar:    {"Running total:", "누계:"},
	DeriveCounts:   {"{0} parameters, {1} MACs", "파라미터 {0}개, MAC {1}회"},
	DeriveProblem:  {"Problem: {0}", "문제: {0}"},
	DeriveNote:     {"Note: {0}", "참고: {0}"},

	DerivePaths: {"{0} paths. Each receives the output of {1} unless stated otherwise:", "경로 {0}개로 나뉩니다. 따로 적지 않으면 각 경로는 {1}의 출력을 받습니다:"},
	DeriveJoin:  {"{0} joins the paths", "{0}: 경로 합치기"},

	DeriveSums:   {"Sums", "합계"},
	DeriveLayers: {"Parameters, layer by layer:", "층별 파라미터의 합:"},
	DeriveFamily: {"{0}: {1} parameters ({2}), {3} MACs ({4})", "{0}: 파라미터 {1}개({2}), MAC {3}회({4})"},
	DeriveTotal:  {"Total:", "합계:"},
	DeriveSize:   {"Size of the parameters in {0}, {1} bytes each:", "{0}에서 파라미터의 크기(개당 {1}바이트):"},

	DeriveRemarks: {"Worth knowing", "알아 둘 점"},
	DeriveAbout:   {"{0}: {1}", "{0}: {1}"},
	DeriveAlike:   {"The same applies to {0}.", "다음도 마찬가지입니다: {0}."},

	DeriveLessons:    {"What this shows", "이 풀이에서 알 수 있는 것"},
	LessonConv:       {"The number of parameters of a convolution is kernel size × input channels × output channels. The width and height of its output are not part of it: they affect the amount of computation only.", "합성곱의 파라미터 수는 커널 크기 × 입력 채널 수 × 출력 채널 수입니다. 출력의 너비와 높이는 파라미터 수에 들어가지 않고 연산량에만 영향을 줍니다."},
	LessonDepth:      {"The depth of a kernel does not have to be specified: it always equals the number of input channels, or with groups the number of channels in its group.", "커널의 깊이는 따로 정하지 않습니다. 항상 입력 채널 수와 같고, 그룹이 있으면 한 그룹의 채널 수와 같기 때문입니다."},
	LessonDenseMost:  {"The fully connected layers hold {0} of the parameters and do {1} of the computation. To make this network smaller, shrink them and use more convolutions instead.", "완전 연결층이 파라미터의 {0}, 연산량의 {1}을(를) 차지합니다. 네트워크를 작게 만들려면 완전 연결층을 줄이고 그 대신 합성곱층을 더 쌓으면 됩니다."},
	LessonDenseFew:   {"The fully connected layers hold only {0} of the parameters; the convolutions hold {1}.", "완전 연결층은 파라미터의 {0}만 차지하고, 합성곱층이 {1}을(를) 차지합니다."},
	LessonDenseReads: {"{0} reads a flattened feature map and has a weight for each of its positions. Unlike in a convolution, the image size does change the number of parameters here.", "{0}: 평탄화한 특징 맵을 입력으로 받아 위치마다 가중치를 가집니다. 합성곱과 달리 여기서는 이미지 크기가 파라미터 수를 바꿉니다."},
}

// RuleLetter returns the key of what a letter of a rule means.
func RuleLetter(letter string) Key { return Key("letter." + letter) }
