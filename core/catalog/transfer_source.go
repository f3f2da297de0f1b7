//go:build !page

package catalog

// What is said of networks that are read from source: what PyTorch would refuse, and
// what of a program was taken, assumed and left out.
const (
	TorchTooLarge   Key = "torch.too-large"
	TorchNoDim      Key = "torch.no-dim"
	TorchNoTensor   Key = "torch.no-tensor"
	TorchNoModule   Key = "torch.no-module"
	TorchNoForward  Key = "torch.no-forward"
	TorchNoInit     Key = "torch.no-init"
	TorchNoOutput   Key = "torch.no-output"
	TorchLayer      Key = "torch.layer"
	TorchUnknownArg Key = "torch.unknown-arg"
	TorchRank       Key = "torch.rank"
	TorchMisfit     Key = "torch.misfit"
	TorchApplies    Key = "torch.applies"
	TorchReshape    Key = "torch.reshape"
	TorchPermute    Key = "torch.permute"
	TorchCat        Key = "torch.cat"
	TorchIndices    Key = "torch.indices"
	TorchBroadcast  Key = "torch.broadcast"
	TorchMatmul     Key = "torch.matmul"
	TorchEinsum     Key = "torch.einsum"
	TorchPad        Key = "torch.pad"
	TorchInput      Key = "torch.input"

	KerasNoCall      Key = "keras.no-call"
	KerasNoOutput    Key = "keras.no-output"
	KerasInputs      Key = "keras.inputs"
	KerasNoLayer     Key = "keras.no-layer"
	KerasNoSuch      Key = "keras.no-such"
	KerasShape       Key = "keras.shape"
	KerasApplication Key = "keras.application"

	SourceMade        Key = "source.made"
	SourceAssumed     Key = "source.assumed"
	SourceInput       Key = "source.input"
	SourceNotFollowed Key = "source.not-followed"
	SourceBranch      Key = "source.branch"
	SourceDiffers     Key = "source.differs"
	SourceSkipped     Key = "source.skipped"
	SourceTrue        Key = "source.true"
	SourceFalse       Key = "source.false"
	SourceProblem     Key = "source.problem"
	SourceUnused      Key = "source.unused"
	SourceOpaque      Key = "source.opaque"
	SourceChoose      Key = "source.choose"
	SourceUnknown     Key = "source.unknown"
	SourceNothing     Key = "source.nothing"
	SourceStrange     Key = "source.strange"
	SourceFrozen      Key = "source.frozen"
	SourceOther       Key = "source.other"
	SourceSoFar       Key = "source.so-far"
	SourceExpression  Key = "source.expression"
	SourceListed      Key = "source.listed"
	SourceData        Key = "source.data"
)

var transferSource = map[Key]Text{
	TorchTooLarge:   {"the tensor is too large.", "텐서가 너무 큽니다."},
	TorchNoDim:      {"dimension {0} does not exist: the tensor has {1}.", "차원 {0}이(가) 없습니다. 이 텐서의 차원은 {1}개입니다."},
	TorchNoTensor:   {"a tensor is expected, not {0}.", "{0}이(가) 아니라 텐서여야 합니다."},
	TorchNoModule:   {"item {0} of Sequential must be a module, not {1}.", "Sequential의 {0}번째 항목은 {1}이(가) 아니라 모듈이어야 합니다."},
	TorchNoForward:  {"{0} has no forward method.", "{0}에 forward 메서드가 없습니다."},
	TorchNoInit:     {"{0} is used before its constructor has run.", "생성자가 실행되기 전에 {0}을(를) 사용했습니다."},
	TorchNoOutput:   {"forward returns no tensor that depends on the input.", "forward가 입력에서 계산한 텐서를 반환하지 않습니다."},
	TorchLayer:      {"the layer cannot be made: {0}", "층을 만들 수 없습니다: {0}"},
	TorchUnknownArg: {"argument {0} is {1}, whose value is unknown.", "인수 {0}에 값을 알 수 없는 {1}을(를) 넘겼습니다."},
	TorchRank:       {"{0} takes tensors of {1} dimensions, and gets {2}.", "{0}은(는) {1}차원 텐서를 받는데 {2}이(가) 들어옵니다."},
	TorchMisfit:     {"{0} takes {1} channels or features, and gets {2} (shape {3}).", "{0}은(는) 채널(특징)을 {1}개 받는데 {2}개가 들어옵니다(모양 {3})."},
	TorchApplies:    {"{0} does not fit its input {1}: {2}", "{0}이(가) 입력 {1}에 맞지 않습니다: {2}"},
	TorchReshape:    {"shape {0} cannot become {1}.", "모양 {0}을(를) {1}(으)로 바꿀 수 없습니다."},
	TorchPermute:    {"permute names {0} dimensions, and the tensor has {1}.", "permute에 차원이 {0}개 적혀 있는데 텐서의 차원은 {1}개입니다."},
	TorchCat:        {"shapes {0} and {1} cannot be concatenated along dimension {2}.", "모양 {0}과(와) {1}은(는) 차원 {2}(으)로 이어 붙일 수 없습니다."},
	TorchIndices:    {"{0} indices are given for {1} dimensions.", "차원은 {1}개인데 인덱스가 {0}개입니다."},
	TorchBroadcast:  {"{0} does not fit shapes {1} and {2}.", "{0}을(를) 모양 {1}과(와) {2}에 쓸 수 없습니다."},
	TorchMatmul:     {"matrices of shapes {0} and {1} cannot be multiplied.", "모양이 {0}과(와) {1}인 행렬은 곱할 수 없습니다."},
	TorchEinsum:     {"the shapes do not fit the rule {0}.", "모양이 규칙 {0}에 맞지 않습니다."},
	TorchPad:        {"{0} paddings do not fit the shape {1}.", "패딩 값 {0}개가 모양 {1}에 맞지 않습니다."},
	TorchInput:      {"an input of shape {0} cannot be shown.", "모양이 {0}인 입력은 표시할 수 없습니다."},

	KerasNoCall:      {"{0} has no call method.", "{0}에 call 메서드가 없습니다."},
	KerasNoOutput:    {"a model needs inputs and outputs that are tensors.", "모델의 입력과 출력은 텐서여야 합니다."},
	KerasInputs:      {"{0} takes {1} inputs, and gets {2}.", "{0}의 입력은 {1}개인데 {2}개가 들어옵니다."},
	KerasNoLayer:     {"a layer is expected, not {0}.", "{0}이(가) 아니라 층이어야 합니다."},
	KerasNoSuch:      {"the model has no layer named {0}. Networks of keras.applications have names of their own here.", "모델에 이름이 {0}인 층이 없습니다. Keras가 미리 만들어 둔 네트워크는 여기서 층 이름이 다릅니다."},
	KerasShape:       {"{0} is no shape: a tuple of whole numbers is expected.", "{0}은(는) 모양이 아닙니다. 정수로 된 튜플이어야 합니다."},
	KerasApplication: {"the parameters of {0} are not known here with these arguments; it is one opaque layer.", "이 인수로 만든 {0}의 파라미터 수는 알 수 없어 opaque 층 하나로 놓았습니다."},

	SourceMade:        {"The program itself makes no network; {0} was made.", "프로그램이 직접 만드는 네트워크가 없어 {0}을(를) 만들었습니다."},
	SourceAssumed:     {"The program itself makes no network; {0} was made, with arguments that were assumed.", "프로그램이 직접 만드는 네트워크가 없어 인수를 가정하고 {0}을(를) 만들었습니다."},
	SourceInput:       {"The program does not state an input. An input of {0} was chosen, which fits the first layer; it can be changed in the stack.", "프로그램에 입력이 없어 첫 번째 층에 맞는 {0} 입력을 선택했습니다. 스택에서 바꿀 수 있습니다."},
	SourceNotFollowed: {"The forward pass could not be followed. {0} The layers are listed as the constructor makes them: their parameters are exact, their connections are not.", "forward를 끝까지 따라갈 수 없습니다. {0} 층은 생성자가 만든 순서대로 놓았으며 파라미터 수는 정확하지만 연결은 다를 수 있습니다."},
	SourceBranch:      {"The condition in {0} depends on data; it was taken to be {1}.", "{0}의 조건은 데이터에 따라 달라지며 {1}(으)로 보았습니다."},
	SourceDiffers:     {"The constructor makes {0} parameters; the stack shows {1} of them.", "생성자가 만드는 파라미터는 {0}개인데 스택에는 {1}개가 나옵니다."},
	SourceSkipped:     {"The loop in {0} is over {1}, which is unknown. It was not run, so layers may be missing.", "{0}의 반복은 알 수 없는 값 {1}에 대한 것이라 실행하지 않았습니다. 빠진 층이 있을 수 있습니다."},
	SourceTrue:        {"true", "참"},
	SourceFalse:       {"false", "거짓"},
	SourceProblem:     {"A statement could not be run. {0}", "실행할 수 없는 문장이 있습니다. {0}"},
	SourceUnused:      {"Modules whose parameters the forward pass does not use, shown beside the output: {0}.", "forward에서 쓰지 않는 파라미터가 있어 출력 옆에 따로 놓은 모듈: {0}."},
	SourceOpaque:      {"Operations without a layer of their own, kept as opaque layers: {0}.", "해당하는 층이 없어 opaque 층으로 처리한 연산: {0}."},
	SourceChoose:      {"The program makes no network. It defines {0}: state what to make, with its arguments.", "프로그램이 네트워크를 만들지 않습니다. 정의된 것은 {0}입니다. 무엇을 만들지 인수와 함께 지정하세요."},
	SourceUnknown:     {"{0} is what {1} returns, which is unknown here. Paste the source of the model itself.", "{0}은(는) {1}의 결과이며 여기서는 알 수 없습니다. 모델 자체의 소스를 붙여 넣으세요."},
	SourceNothing:     {"This Python source makes no network that is known here.", "이 Python 소스에는 여기서 알 수 있는 네트워크가 없습니다."},
	SourceStrange:     {"Functions that are unknown here, or misspelt: {0}. Each became an opaque layer; its output is taken to have the shape of its input.", "여기서 알 수 없거나 이름이 잘못된 함수: {0}. 각각 opaque 층으로 놓았으며 출력의 모양은 입력과 같다고 보았습니다."},
	SourceFrozen:      {"The program does not train {0} parameters; in the stack, where a layer is frozen as a whole, they are {1}.", "프로그램이 학습하지 않는 파라미터는 {0}개입니다. 층 단위로 고정하는 스택에서는 {1}개입니다."},
	SourceOther:       {"This program uses {0}, which is not read here: programs of PyTorch and of Keras are.", "이 프로그램이 쓰는 {0}은(는) 여기서 읽지 않습니다. PyTorch와 Keras 프로그램을 읽습니다."},
	SourceSoFar:       {"{0} Up to there {1} has {2} parameters: {3}.", "{0} 거기까지 {1}의 파라미터는 {2}개입니다: {3}."},
	SourceListed:      {"The calls of the layers could not be followed. {0} The layers are listed in the order in which they were made, on an unknown input.", "층을 호출하는 과정을 끝까지 따라갈 수 없습니다. {0} 층은 만든 순서대로 놓았으며 입력은 알 수 없습니다."},
	SourceData:        {"The model states no input. An input of {0} was taken, the shape of the data that the program loads.", "모델에 입력이 없어 프로그램이 불러오는 데이터의 모양인 {0} 입력을 사용했습니다."},
	SourceExpression:  {"{0} makes no network.", "{0}은(는) 네트워크를 만들지 않습니다."},
}
