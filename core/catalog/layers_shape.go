package catalog

// What can be wrong with a layer that reshapes, normalises or joins.
const (
	WrongPaths   Key = "wrong-paths"
	NormMismatch Key = "norm-mismatch"
)

// Names and explanations of the kinds that reshape, normalise and join.
var layersShape = map[Key]Text{
	WrongPaths:   {"{0} needs {1} path(s), not {2}.", "{0}에는 갈래가 {1}개 필요한데 {2}개입니다."},
	NormMismatch: {"It normalises over {0}, but what it receives there is {1}.", "{0} 위에서 정규화하는데, 그 자리에서 받은 것은 {1}입니다."},

	"kind.param.doc":           {"A free tensor that is learned: a class token, a table of positions.", "배우는 텐서 그 자체: 클래스 토큰, 위치 표."},
	"kind.buffer.doc":          {"A free tensor that is stored but not learned.", "저장만 하고 배우지 않는 텐서."},
	"kind.layernorm.doc":       {"Normalises each sample over its last dimension, then scales and shifts every entry.", "표본마다 마지막 차원 위에서 정규화한 뒤 자리마다 늘이고 옮깁니다."},
	"kind.groupnorm.doc":       {"Normalises groups of channels by themselves, then scales and shifts each channel.", "채널을 무리로 나누어 따로 정규화한 뒤 채널마다 늘이고 옮깁니다."},
	"kind.rmsnorm.doc":         {"Divides by the root mean square, then scales every entry.", "제곱평균제곱근으로 나눈 뒤 자리마다 늘입니다."},
	"kind.layerscale.doc":      {"Multiplies every feature by one learned number.", "특징마다 배운 수 하나를 곱합니다."},
	"kind.spatialdropout.doc":  {"Drops whole channels at random while training.", "학습 중 채널을 통째로 무작위로 버립니다."},
	"kind.alphadropout.doc":    {"A dropout that keeps mean and variance, for SELU.", "평균과 분산을 지키는 드롭아웃, SELU용."},
	"kind.gaussiandropout.doc": {"Multiplies by random noise while training.", "학습 중 무작위 잡음을 곱합니다."},
	"kind.gaussiannoise.doc":   {"Adds random noise while training.", "학습 중 무작위 잡음을 더합니다."},
	"kind.stochasticdepth.doc": {"Skips the whole residual path at random while training.", "학습 중 잔차 갈래를 통째로 무작위로 건너뜁니다."},
	"kind.mul.doc":             {"Multiplies its paths, value by value: squeeze-and-excitation, gates.", "갈래들을 값끼리 곱합니다: squeeze-and-excitation, 게이트."},
	"kind.sub.doc":             {"Subtracts its second path from the first.", "첫 갈래에서 둘째 갈래를 뺍니다."},
	"kind.max.doc":             {"Keeps the larger of its paths, value by value.", "갈래들에서 값마다 큰 쪽을 남깁니다."},
	"kind.min.doc":             {"Keeps the smaller of its paths, value by value.", "갈래들에서 값마다 작은 쪽을 남깁니다."},
	"kind.average.doc":         {"Averages its paths, value by value.", "갈래들을 값끼리 평균합니다."},
	"kind.side.doc":            {"Goes on with its first path; the others are outputs of their own, such as auxiliary classifiers.", "첫 갈래로 이어 갑니다. 나머지는 보조 분류기 같은 따로의 출력입니다."},
	"kind.from.doc":            {"Goes on from a label: from @conv1.", "이름 붙인 곳에서 이어 갑니다: from @conv1."},

	"field.normalized": {"normalised shape", "정규화 모양"},
	"field.over":       {"over", "대상"},
	"field.scale":      {"scale", "늘임"},
	"field.counted":    {"counted", "세기"},
	"field.stddev":     {"standard deviation", "표준편차"},

	"field.normalized.doc": {"The last sizes of the sample, over which it normalises; left out: the last one.", "정규화할 마지막 크기들. 쓰지 않으면 마지막 하나."},
	"field.over.doc":       {"last: the last dimension. channels: the channels of a map, which stand first.", "last는 마지막 차원, channels는 앞에 놓인 맵의 채널."},
	"field.scale.doc":      {"Learn a scale γ.", "늘임 γ를 배웁니다."},
	"field.counted.doc":    {"Whether the paths behind the first are counted.", "첫 갈래 뒤의 갈래들을 세는지."},
	"field.stddev.doc":     {"How strong the noise is.", "잡음의 세기."},
}
