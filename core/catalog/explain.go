package catalog

// What the error messages of PyTorch and Keras mean.
const (
	ExplainProduct      Key = "explain.product"
	ExplainFlatten      Key = "explain.flatten"
	ExplainChannels     Key = "explain.channels"
	ExplainChannelsLast Key = "explain.channels-last"
	ExplainKernel       Key = "explain.kernel"
	ExplainTooSmall     Key = "explain.too-small"
	ExplainAxis         Key = "explain.axis"
	ExplainRank         Key = "explain.rank"
	ExplainLabels       Key = "explain.labels"
	ExplainConcat       Key = "explain.concat"
	ExplainAdd          Key = "explain.add"
	ExplainNorm         Key = "explain.norm"
	ExplainOneValue     Key = "explain.one-value"
	ExplainView         Key = "explain.view"

	ExplainBuilt      Key = "explain.built"
	ExplainClass      Key = "explain.class"
	ExplainSamples    Key = "explain.samples"
	ExplainEqual      Key = "explain.equal"
	ExplainArranged   Key = "explain.arranged"
	ExplainSteps      Key = "explain.steps"
	ExplainBatch      Key = "explain.batch"
	ExplainGroups     Key = "explain.groups"
	ExplainHeads      Key = "explain.heads"
	ExplainIndex      Key = "explain.index"
	ExplainPositive   Key = "explain.positive"
	ExplainType       Key = "explain.type"
	ExplainMissing    Key = "explain.missing"
	ExplainUnexpected Key = "explain.unexpected"
	ExplainMismatch   Key = "explain.mismatch"
	ExplainOther      Key = "explain.other"

	ExplainTitle   Key = "explain.title"
	ExplainMarked  Key = "explain.marked"
	ExplainNowhere Key = "explain.nowhere"
)

var explanations = map[Key]Text{
	ExplainProduct:      {"The linear layer has in_features {0}, but the tensor has {1} values per sample. In PyTorch write Linear({1}, {2}).", "linear 층의 in_features는 {0}인데 텐서에는 샘플마다 값이 {1}개 있습니다. PyTorch에서는 Linear({1}, {2})(으)로 쓰세요."},
	ExplainFlatten:      {"The linear layer has in_features {0}, but the last dimension of the tensor is {1}: a flatten is missing before it.", "linear 층의 in_features는 {0}인데 텐서의 마지막 차원은 {1}입니다. 앞에 flatten이 빠졌습니다."},
	ExplainChannels:     {"The convolution with {0} filters expects {1} input channels, but the tensor has {2}. Change its in_channels to {2}, or pass {1} channels.", "필터가 {0}개인 합성곱은 입력 채널이 {1}개여야 하는데 텐서에는 {2}개 있습니다. in_channels를 {2}(으)로 바꾸거나 채널 {1}개를 넣으세요."},
	ExplainChannelsLast: {"The convolution expects {0} channels, and {1} has them last. PyTorch requires channels first: permute the tensor.", "합성곱은 채널이 {0}개여야 하는데 {1}에는 채널이 맨 뒤에 있습니다. PyTorch에서는 채널이 앞에 와야 하므로 차원 순서를 바꾸세요."},
	ExplainKernel:       {"The kernel {0} is larger than the padded input {1}. Use a smaller kernel, more padding, fewer pooling layers or a larger image.", "커널 {0}이(가) 패딩을 더한 입력 {1}보다 큽니다. 커널을 줄이거나, 패딩을 늘리거나, 풀링을 줄이거나, 더 큰 이미지를 쓰세요."},
	ExplainTooSmall:     {"A layer receives {0} and its output is empty. Remove a pooling layer or use a larger image.", "{0}을(를) 받은 층의 출력이 비어 있습니다. 풀링 층을 빼거나 더 큰 이미지를 쓰세요."},
	ExplainAxis:         {"The layer was built for {0} along this axis, but it receives {1} (shape {2}). Make the two equal.", "이 축의 크기가 {0}인 입력에 맞춰 만든 층인데 {1}이(가) 들어왔습니다(모양 {2}). 두 값을 맞추세요."},
	ExplainRank:         {"The layer expects {0} dimensions including the batch, but the tensor has {1}. Add the missing dimension (batch or channels), or flatten.", "이 층에는 배치를 포함해 {0}차원이 필요한데 텐서는 {1}차원입니다. 빠진 차원(배치나 채널)을 더하거나 평탄화하세요."},
	ExplainLabels:       {"The labels have shape {0}, but the network outputs {1}. Use as many outputs as there are classes, and sparse labels for class numbers.", "레이블의 모양은 {0}인데 네트워크의 출력은 {1}입니다. 출력 수를 클래스 수에 맞추고, 클래스 번호에는 sparse 손실을 쓰세요."},
	ExplainConcat:       {"The tensors to concatenate differ in another dimension: {0} and {1}. Padding or stride of one path must change.", "이어 붙일 텐서들의 다른 차원 크기가 {0}과(와) {1}(으)로 다릅니다. 한쪽 경로의 패딩이나 스트라이드를 바꾸세요."},
	ExplainAdd:          {"The tensors to add have sizes {0} and {1} along one dimension. Both paths must output the same shape.", "더할 텐서들의 크기가 한 차원에서 {0}과(와) {1}(으)로 다릅니다. 두 경로의 출력 모양이 같아야 합니다."},
	ExplainNorm:         {"The batch norm has {0} channels, but receives {1}. In PyTorch write BatchNorm2d({1}).", "배치 정규화의 채널은 {0}개인데 {1}개가 들어왔습니다. PyTorch에서는 BatchNorm2d({1})(으)로 쓰세요."},
	ExplainOneValue:     {"Batch norm receives {0}: one value per channel, which has no variance. Use a batch of at least 2 for training, or eval().", "배치 정규화에 {0}이(가) 들어와 채널마다 값이 하나뿐이라 분산을 구할 수 없습니다. 학습할 때는 배치를 2 이상으로 하거나 eval()을 쓰세요."},
	ExplainView:         {"{0} values cannot be arranged in rows of {1}. The size in view or reshape must be what the layer before it outputs.", "값 {0}개를 {1}개씩 나눌 수 없습니다. view나 reshape의 크기를 앞 층의 출력에 맞추세요."},

	ExplainBuilt:      {"The model was built for samples of {0}, but receives {1}. Change the input of the model, or resize the data.", "모델은 {0} 샘플에 맞춰 만들었는데 {1}이(가) 들어왔습니다. 모델의 입력을 바꾸거나 데이터의 크기를 맞추세요."},
	ExplainClass:      {"There is a label {0}, but no output for it: classes are counted from 0, so the last layer needs at least {1} outputs.", "레이블 {0}에 해당하는 출력이 없습니다. 클래스는 0부터 세므로 마지막 층의 출력이 {1}개 이상이어야 합니다."},
	ExplainSamples:    {"The network outputs {0} rows for {1} labels: a view or reshape mixes the samples. Keep the batch, as in x.view(x.size(0), -1).", "레이블은 {1}개인데 네트워크가 {0}행을 출력합니다. view나 reshape가 샘플을 섞었습니다. x.view(x.size(0), -1)처럼 배치를 유지하세요."},
	ExplainEqual:      {"Two sizes that must be equal are {0} and {1}: of tensors that are combined, or of the output and the labels. Make them equal.", "같아야 할 두 크기가 {0}과(와) {1}입니다. 합치는 텐서들이나 출력과 레이블의 크기를 맞추세요."},
	ExplainArranged:   {"{0} values cannot be arranged as {1}, which has {2}. Check the number of channels and the size.", "값 {0}개를 {1}(으)로 배열할 수 없습니다. {2}개가 필요합니다. 채널 수와 크기를 확인하세요."},
	ExplainSteps:      {"The recurrent layer has input_size {0}, but receives {1} features at each step. Change its input_size to {1}.", "순환 층의 input_size는 {0}인데 스텝마다 특징이 {1}개 들어옵니다. input_size를 {1}(으)로 바꾸세요."},
	ExplainBatch:      {"The samples of a batch have different shapes: {0} and {1}. Resize or crop all images to one size.", "한 배치의 샘플 모양이 {0}과(와) {1}(으)로 다릅니다. 모든 이미지를 같은 크기로 맞추세요."},
	ExplainGroups:     {"Input channels and filters must both be multiples of groups. Change one of the three.", "입력 채널 수와 필터 수는 모두 groups의 배수여야 합니다. 셋 중 하나를 바꾸세요."},
	ExplainHeads:      {"The features must be a multiple of the number of heads. Change one of the two.", "특징 수는 헤드 수의 배수여야 합니다. 둘 중 하나를 바꾸세요."},
	ExplainIndex:      {"An index is not below the number of rows of the embedding. It needs as many rows as the vocabulary has words, with padding and unknown ones.", "임베딩의 행 수보다 작지 않은 번호가 있습니다. 패딩과 모르는 단어까지 더한 어휘 크기만큼 행을 두세요."},
	ExplainPositive:   {"Kernel and stride must be at least 1. Check how they are computed.", "커널과 스트라이드는 1 이상이어야 합니다. 계산한 값을 확인하세요."},
	ExplainType:       {"Two tensors have different types or are on different devices. Convert data with x.float(), class numbers with y.long(), and move both with .to(device).", "두 텐서의 자료형이나 장치가 다릅니다. 데이터는 x.float(), 클래스 번호는 y.long()으로 바꾸고, 둘 다 .to(device)로 옮기세요."},
	ExplainMissing:    {"The model has {0}, which the checkpoint lacks: it is of another network, or its names have a prefix such as module.", "모델에 있는 {0}이(가) 체크포인트에 없습니다. 다른 네트워크의 체크포인트이거나 이름 앞에 module. 같은 말이 붙어 있습니다."},
	ExplainUnexpected: {"The checkpoint has {0}, which the model lacks: it is of another network, or its names have a prefix such as module. (from DataParallel) that must be removed.", "체크포인트에 있는 {0}이(가) 모델에 없습니다. 다른 네트워크의 체크포인트이거나 DataParallel이 붙인 module.을 지워야 합니다."},
	ExplainOther:      {"This is an error message of Python, and not one about shapes that is known here. Paste its last lines, with the shapes in them.", "Python의 오류 메시지이지만 여기서 설명할 수 있는 모양 오류가 아닙니다. 모양이 나오는 마지막 줄들을 붙여 넣으세요."},
	ExplainMismatch:   {"{0} has shape {1} in the checkpoint, but {2} in the model. Build the layer with the numbers of the checkpoint, or delete the tensor before loading.", "{0}의 모양이 체크포인트에서는 {1}, 모델에서는 {2}입니다. 체크포인트의 수로 층을 만들거나, 불러오기 전에 그 텐서를 지우세요."},

	ExplainTitle:   {"An error message: {0}", "오류 메시지: {0}"},
	ExplainMarked:  {"The layer it concerns is marked.", "관련된 층을 표시했습니다."},
	ExplainNowhere: {"No layer of the open network fits it.", "열려 있는 네트워크에는 해당하는 층이 없습니다."},
}
