package catalog

// What a derivation says: every step of a count in words, to hand in or out.
const (
	ExportDeriveMarkdown Key = "export.derivation-markdown"
	ExportDeriveLaTeX    Key = "export.derivation-latex"

	StepSame    Key = "step.same"
	StepDropped Key = "step.dropped"

	DeriveTitle    Key = "derive.title"
	DeriveRules    Key = "derive.rules"
	DeriveAnd      Key = "derive.and" // joins names of sides, in Korean behind a vowel
	DeriveEnters   Key = "derive.enters"
	DeriveInput    Key = "derive.input"
	DeriveInputs   Key = "derive.inputs"
	DeriveUnknown  Key = "derive.unknown"
	DeriveOutput   Key = "derive.output"
	DeriveStays    Key = "derive.stays"
	DeriveNothing  Key = "derive.nothing"
	DeriveParams   Key = "derive.params"
	DeriveShared   Key = "derive.shared"
	DeriveNoParams Key = "derive.no-params"
	DeriveTurns    Key = "derive.turns"
	DeriveBuffers  Key = "derive.buffers"
	DeriveMACs     Key = "derive.macs"
	DeriveSoFar    Key = "derive.so-far"
	DeriveCounts   Key = "derive.counts"
	DeriveProblem  Key = "derive.problem"
	DeriveNote     Key = "derive.note"
	DeriveFrozen   Key = "derive.frozen"

	DeriveRepeat       Key = "derive.repeat"
	DeriveRepeatShared Key = "derive.repeat-shared"
	DeriveRepeatDiffer Key = "derive.repeat-differ"
	DerivePaths        Key = "derive.paths"
	DeriveJoin         Key = "derive.join"

	DeriveSums   Key = "derive.sums"
	DeriveLayers Key = "derive.layers"
	DeriveFamily Key = "derive.family"
	DeriveTotal  Key = "derive.total"
	DeriveSize   Key = "derive.size"

	DeriveLessons    Key = "derive.lessons"
	LessonConv       Key = "lesson.conv"
	LessonDepth      Key = "lesson.depth"
	LessonDenseMost  Key = "lesson.dense-most"
	LessonDenseFew   Key = "lesson.dense-few"
	LessonDenseReads Key = "lesson.dense-reads"
)

var derivations = map[Key]Text{
	ExportDeriveMarkdown: {"Derivation, Markdown", "풀이, Markdown"},
	ExportDeriveLaTeX:    {"Derivation, LaTeX", "풀이, LaTeX"},

	StepSame:    {"“same” padding: {0} before, {1} after", "same 패딩: 앞에 {0}칸, 뒤에 {1}칸"},
	StepDropped: {"less a last window that would begin in the padding", "패딩에서 시작될 마지막 창은 버림"},

	// The letters of rules, as layer.Expr has them, and the brackets.
	RuleLetter("n"): {"a side of the input", "입력의 한 변"},
	RuleLetter("k"): {"the same side of the kernel", "커널의 같은 변"},
	RuleLetter("s"): {"stride", "스트라이드"},
	RuleLetter("p"): {"padding on each side", "한쪽의 패딩"},
	RuleLetter("d"): {"dilation", "팽창"},
	RuleLetter("o"): {"output padding", "출력 패딩"},
	RuleLetter("r"): {"factor", "배율"},
	RuleLetter("⌊"): {"rounded down", "내림"},
	RuleLetter("⌈"): {"rounded up", "올림"},

	DeriveTitle:    {"{0}: counting the parameters step by step", "{0}: 파라미터 수 풀이"},
	DeriveRules:    {"In the rules for sizes:", "크기를 구하는 식의 기호:"},
	DeriveAnd:      {"{0} and {1}", "{0}와 {1}"},
	DeriveEnters:   {"one sample enters,", "표본 하나가 들어옴,"},
	DeriveInput:    {"Input, from {0}:", "입력({0}의 출력):"},
	DeriveInputs:   {"Inputs:", "입력:"},
	DeriveUnknown:  {"unknown", "알 수 없음"},
	DeriveOutput:   {"Output:", "출력:"},
	DeriveStays:    {"the shape stays", "모양 그대로"},
	DeriveNothing:  {"nothing to learn", "배우는 것 없음"},
	DeriveParams:   {"Parameters:", "파라미터:"},
	DeriveShared:   {"Parameters: none of its own. The weights are those of {0} and are counted there.", "파라미터: 따로 없습니다. {0}의 가중치를 함께 쓰며 그곳에서 셉니다."},
	DeriveNoParams: {"Parameters: none", "파라미터: 없음"},
	DeriveTurns:    {"in all {0} equal turns:", "똑같은 차례가 {0}번이므로"},
	DeriveBuffers:  {"Buffers, which are stored but not learned:", "버퍼(저장하지만 배우지는 않음):"},
	DeriveMACs:     {"MACs:", "MAC:"},
	DeriveSoFar:    {"So far:", "지금까지:"},
	DeriveCounts:   {"{0} parameters, {1} MACs", "파라미터 {0}개, MAC {1}회"},
	DeriveProblem:  {"Problem: {0}", "문제: {0}"},
	DeriveNote:     {"Note: {0}", "참고: {0}"},
	DeriveFrozen:   {"Frozen: these parameters count, but training does not change them.", "고정된 층: 파라미터로 세지만 학습해도 바뀌지 않습니다."},

	DeriveRepeat:       {"The same {0} times over, each turn with weights of its own and fed by the turn before. It is told once and counted {0} times.", "같은 부분을 {0}번 되풀이합니다. 차례마다 가중치가 따로 있고, 앞 차례의 출력을 받습니다. 풀이는 한 번만 적고 {0}번 셉니다."},
	DeriveRepeatShared: {"The same {0} times over with one set of weights, which is counted once.", "같은 부분을 가중치 한 벌로 {0}번 되풀이합니다. 가중치는 한 번만 셉니다."},
	DeriveRepeatDiffer: {"{0} turns, each fed by the turn before. Turns that are equal are told once.", "{0}번 되풀이하며, 차례마다 앞 차례의 출력을 받습니다. 똑같은 차례의 풀이는 한 번만 적습니다."},
	DerivePaths:        {"{0} paths. Each receives what {1} gives, unless it says otherwise:", "갈래 {0}개로 나뉩니다. 따로 적지 않은 갈래는 {1}의 출력을 받습니다:"},
	DeriveJoin:         {"{0} joins the paths", "{0}: 갈래를 합침"},

	DeriveSums:   {"Sums", "합계"},
	DeriveLayers: {"Parameters, layer by layer:", "층별 파라미터의 합:"},
	DeriveFamily: {"{0}: {1} parameters ({2}), {3} MACs ({4})", "{0}: 파라미터 {1}개({2}), MAC {3}회({4})"},
	DeriveTotal:  {"Total:", "모두:"},
	DeriveSize:   {"Size of the parameters in {0}, at {1} bytes each:", "{0}에서 파라미터의 크기(하나에 {1}바이트):"},

	DeriveLessons:    {"What it shows", "이 풀이에서 알 수 있는 것"},
	LessonConv:       {"The parameters of a convolution are kernel × input channels × output channels. The width and height of its output are not among the factors: they multiply the work, not the parameters.", "합성곱의 파라미터 수는 커널 크기 × 입력 채널 × 출력 채널입니다. 출력의 너비와 높이는 이 곱에 들지 않고, 연산량에만 곱해집니다."},
	LessonDepth:      {"Nobody has to say how deep a kernel is: it is as deep as its input has channels, or as its lane has if there are groups.", "커널의 깊이는 따로 말해 주지 않아도 됩니다. 입력의 채널 수와 같아야 하기 때문입니다. 그룹이 있으면 제 줄의 채널 수와 같습니다."},
	LessonDenseMost:  {"The dense layers hold {0} of the parameters and do {1} of the work. To make this network smaller, make them smaller, and go deeper with convolutions.", "전결합층이 파라미터의 {0}, 연산량의 {1}를 차지합니다. 네트워크를 줄이려면 전결합층을 줄이고 합성곱을 깊게 쌓으면 됩니다."},
	LessonDenseFew:   {"The dense layers hold only {0} of the parameters; the convolutions hold {1}.", "전결합층은 파라미터의 {0}만 차지하고, 합성곱이 {1}를 차지합니다."},
	LessonDenseReads: {"{0} reads a map laid in one row and has a weight for each of its positions. There, unlike in a convolution, the size of the picture does matter.", "{0}: 한 줄로 펼친 맵을 받아 위치마다 가중치를 가집니다. 합성곱과 달리 여기서는 그림의 크기가 파라미터 수를 바꿉니다."},
}

// RuleLetter returns the key of what a letter of a rule stands for.
func RuleLetter(letter string) Key { return Key("letter." + letter) }
