package catalog

// What a number in a formula is, and where it comes from. {0} is the number.
const (
	FactorKernel      Key = "factor.kernel"
	FactorDepth       Key = "factor.depth"
	FactorLaneDepth   Key = "factor.lane-depth"
	FactorInputs      Key = "factor.inputs"
	FactorFilters     Key = "factor.filters"
	FactorLaneFilters Key = "factor.lane-filters"
	FactorFeatures    Key = "factor.features"
	FactorLanes       Key = "factor.lanes"
	FactorMapSide     Key = "factor.map-side"
	FactorMapChannels Key = "factor.map-channels"
	FactorPosition    Key = "factor.position"
	FactorRows        Key = "factor.rows"
	FactorBias        Key = "factor.bias"
	FactorChannels    Key = "factor.channels"
	FactorSlopes      Key = "factor.slopes"
	FactorConst       Key = "factor.const"
)

var factors = map[Key]Text{
	FactorKernel:      {"{0}: {1} of the kernel.", "{0}: 커널의 {1}."},
	FactorDepth:       {"{0}: depth of one kernel. {1} gives {0} channels, and a kernel is always as deep as its input.", "{0}: 커널 하나의 깊이. {1}의 채널이 {0}개이고, 커널의 깊이는 언제나 입력의 깊이와 같습니다."},
	FactorLaneDepth:   {"{0}: depth of one kernel. {1} gives {2} channels; with {3} groups each kernel sees {2} / {3}.", "{0}: 커널 하나의 깊이. {1}의 채널은 {2}개이고, 그룹이 {3}개라서 커널마다 {2} / {3}개씩 봅니다."},
	FactorInputs:      {"{0}: inputs of each output, from {1}.", "{0}: 출력 하나가 보는 입력의 수, {1}에서 옵니다."},
	FactorFilters:     {"{0}: filters of this layer. As many channels come out.", "{0}: 이 층의 필터 수. 나오는 채널의 수이기도 합니다."},
	FactorLaneFilters: {"{0}: filters in each lane: {1} / {2} groups.", "{0}: 줄마다의 필터 수: {1} / 그룹 {2}개."},
	FactorFeatures:    {"{0}: outputs of this layer, each with a weight for every input.", "{0}: 이 층의 출력 수. 저마다 모든 입력에 가중치를 가집니다."},
	FactorLanes:       {"{0}: groups, lanes that do not see each other.", "{0}: 그룹, 곧 서로 보지 않는 줄의 수."},
	FactorMapSide:     {"{0}: a side of the map that {1} gives. A dense layer has a weight for every position, so here the size of the map does matter.", "{0}: {1}에서 나온 맵의 한 변. 전결합층은 위치마다 가중치를 가지므로 여기서는 맵의 크기가 중요합니다."},
	FactorMapChannels: {"{0}: channels of the map that {1} gives.", "{0}: {1}에서 나온 맵의 채널 수."},
	FactorPosition:    {"{0}: {1} of the output. It multiplies the work, not the parameters.", "{0}: 출력의 {1}. 연산량에는 곱해지지만 파라미터 수에는 들지 않습니다."},
	FactorRows:        {"{0}: positions at which the layer is applied.", "{0}: 이 층이 적용되는 위치의 수."},
	FactorBias:        {"{0}: one bias for each output.", "{0}: 출력마다 편향 하나."},
	FactorChannels:    {"{0}: one number for each channel that {1} gives.", "{0}: {1}의 채널마다 하나."},
	FactorSlopes:      {"{0}: learned slopes.", "{0}: 배우는 기울기의 수."},
	FactorConst:       {"{0}: a single number.", "{0}: 수 하나."},
}
