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
	ExplainPad        Key = "explain.pad"
	ExplainReflect    Key = "explain.reflect"
	ExplainUndefined  Key = "explain.undefined"
	ExplainHidden     Key = "explain.hidden"
	ExplainTarget     Key = "explain.target"
	ExplainOneHot     Key = "explain.one-hot"
	ExplainColumn     Key = "explain.column"
	ExplainAssert     Key = "explain.assert"
	ExplainMemory     Key = "explain.memory"
	ExplainDims       Key = "explain.dims"
	ExplainGroupNorm  Key = "explain.group-norm"
	ExplainOneSpatial Key = "explain.one-spatial"
	ExplainTuple      Key = "explain.tuple"
	ExplainContiguous Key = "explain.contiguous"
	ExplainDepth      Key = "explain.depth"
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

	ExplainPad:        {"A pooling layer has padding {0} and kernel {1}, but its padding may be at most half of its kernel. Use padding {2} or less.", "풀링 층의 패딩은 {0}, 커널은 {1}인데 패딩은 커널의 절반을 넘을 수 없습니다. 패딩을 {2} 이하로 하세요."},
	ExplainReflect:    {"Reflection fills the padding with cells of the input, so padding {0} requires more than {1} cells. Use less padding or a larger image.", "반사 패딩은 입력의 칸으로 채우므로 패딩이 {0}이면 칸이 {1}개보다 많아야 합니다. 패딩을 줄이거나 더 큰 이미지를 쓰세요."},
	ExplainUndefined:  {"Keras builds the weights from the last dimension of the input, which is not known here. State it, as in Input(shape=(28, 28, 1)).", "Keras는 입력의 마지막 차원으로 가중치를 만드는데 그 값을 알 수 없습니다. Input(shape=(28, 28, 1))처럼 적으세요."},
	ExplainHidden:     {"The first state of the recurrent layer must be {0} (layers × directions, batch, hidden size), but it is {1}. Make it for the batch that comes, or leave it out.", "순환 층의 초기 상태는 {0}(층 × 방향, 배치, 은닉 크기)이어야 하는데 {1}입니다. 들어오는 배치에 맞춰 만들거나 생략하세요."},
	ExplainTarget:     {"The loss takes dimension 1 of the output as the classes, so it expects labels of {0}, but they are {1}. Move the classes there with permute or transpose, or check the labels.", "손실은 출력의 1번 차원을 클래스로 보므로 레이블이 {0}이어야 하는데 {1}입니다. permute나 transpose로 클래스를 그 차원으로 옮기거나 레이블을 확인하세요."},
	ExplainOneHot:     {"The loss expects one class number for each sample, not one-hot labels or a column. Use y.argmax(1) for the former, y.squeeze(1) for the latter.", "손실에는 샘플마다 클래스 번호 하나가 필요합니다. 원-핫 레이블이면 y.argmax(1), 열 하나짜리면 y.squeeze(1)을 쓰세요."},
	ExplainColumn:     {"The labels have shape {0}, but the network outputs {1}: the same values with another number of dimensions. Use y.unsqueeze(1) or output.squeeze(1).", "레이블의 모양은 {0}인데 네트워크의 출력은 {1}입니다. 값의 수는 같고 차원 수만 다릅니다. y.unsqueeze(1)이나 output.squeeze(1)을 쓰세요."},
	ExplainAssert:     {"The GPU met a number that is out of range: mostly a label that is not below the number of outputs, or an index that is not below the rows of an embedding. On the CPU the message names it.", "GPU에서 범위를 벗어난 번호가 나왔습니다. 대개 출력 수보다 작지 않은 레이블이나 임베딩의 행 수보다 작지 않은 번호입니다. CPU에서 실행하면 메시지에 그 번호가 나옵니다."},
	ExplainMemory:     {"The memory of the GPU is full. A smaller batch, smaller images or fewer channels take less.", "GPU 메모리가 가득 찼습니다. 배치나 이미지를 줄이거나 채널 수를 줄이세요."},
	ExplainDims:       {"The tensors to concatenate have {0} and {1} dimensions. Flatten or reshape one of them first.", "이어 붙일 텐서들의 차원 수가 {0}과(와) {1}(으)로 다릅니다. 먼저 하나를 평탄화하거나 모양을 바꾸세요."},
	ExplainGroupNorm:  {"A group norm divides the channels of {0} into {1} groups, so their number must be a multiple of {1}.", "그룹 정규화가 {0}의 채널을 그룹 {1}개로 나누므로 채널 수는 {1}의 배수여야 합니다."},
	ExplainOneSpatial: {"Instance norm receives {0}: one value per channel, which has no variance. Remove it where the map is 1×1.", "인스턴스 정규화에 {0}이(가) 들어와 채널마다 값이 하나뿐이라 분산을 구할 수 없습니다. 맵이 1×1인 곳에서는 빼세요."},
	ExplainTuple:      {"The layer receives several values, as LSTM, GRU and attention return them. Pass the first one only, as in out, _ = self.lstm(x).", "층에 값이 여러 개 들어왔습니다. LSTM, GRU, 어텐션은 값을 여러 개 반환하므로 out, _ = self.lstm(x)처럼 첫째 값만 넘기세요."},
	ExplainContiguous: {"The tensor does not lie in memory in the order that view requires, as after permute or transpose. Use reshape instead. No size is wrong.", "permute나 transpose를 거친 텐서는 메모리에 놓인 순서가 달라 view를 쓸 수 없습니다. 대신 reshape를 쓰세요. 크기가 틀린 것은 아닙니다."},
	ExplainDepth:      {"The filters of the convolution take {0} input channels, but the tensor has {1}, which is not a multiple. Change the input shape of the model, or pass {0} channels.", "합성곱 필터의 입력 채널은 {0}개인데 텐서의 채널은 {1}개로, 배수가 아닙니다. 모델의 입력 모양을 바꾸거나 채널 {0}개를 넣으세요."},

	ExplainTitle:   {"An error message: {0}", "오류 메시지: {0}"},
	ExplainMarked:  {"The layer it concerns is marked.", "관련된 층을 표시했습니다."},
	ExplainNowhere: {"No layer of the open network fits it.", "열려 있는 네트워크에는 해당하는 층이 없습니다."},
}
