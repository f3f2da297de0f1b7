//go:build !page

package catalog

// What is said when PyTorch's files and printed tables are read.
const (
	ImportPrintCut       Key = "import.print-cut"
	ImportTreeOpen       Key = "import.tree-open"
	ImportListUnread     Key = "import.list-unread"
	ImportChained        Key = "import.chained"
	ImportInputs         Key = "import.inputs"
	ImportFlattened      Key = "import.flattened"
	ImportHidden         Key = "import.hidden"
	ImportTorchOpaque    Key = "import.torch-opaque"
	ImportShapeless      Key = "import.shapeless"
	ImportGuessed        Key = "import.guessed"
	ImportHeads          Key = "import.heads"
	ImportStrange        Key = "import.strange"
	ImportPickle         Key = "import.pickle"
	ImportTensors        Key = "import.tensors"
	ImportTensorsOnly    Key = "import.tensors-only"
	ImportTensorKinds    Key = "import.tensor-kinds"
	ImportTensorGroups   Key = "import.tensor-groups"
	ImportWholeNumbers   Key = "import.whole-numbers"
	ImportSameTensors    Key = "import.same-tensors"
	ImportEmptyTensors   Key = "import.empty-tensors"
	ImportTensorCopies   Key = "import.tensor-copies"
	ImportTensorBad      Key = "import.tensor-bad"
	ImportTensorSize     Key = "import.tensor-size"
	ImportTensorTwice    Key = "import.tensor-twice"
	ImportTensorShape    Key = "import.tensor-shape"
	ImportTensorName     Key = "import.tensor-name"
	ImportTensorMany     Key = "import.tensor-many"
	ImportNoHeader       Key = "import.no-header"
	ImportCheckpoint     Key = "import.checkpoint"
	ImportNoTensors      Key = "import.no-tensors"
	ImportWordTotal      Key = "import.word-total"
	ImportWordTrainable  Key = "import.word-trainable"
	ImportTotalDiffers   Key = "import.total-differs"
	ImportTable          Key = "import.table"
	ImportTableKinds     Key = "import.table-kinds"
	ImportTableRaw       Key = "import.table-raw"
	ImportTableMore      Key = "import.table-more"
	ImportTableRepeated  Key = "import.table-repeated"
	ImportTableJoined    Key = "import.table-joined"
	ImportTableOmitted   Key = "import.table-omitted"
	ImportTableCut       Key = "import.table-cut"
	ImportTableFitted    Key = "import.table-fitted"
	ImportTableInput     Key = "import.table-input"
	ImportTableRough     Key = "import.table-rough"
	ImportTableOptimizer Key = "import.table-optimizer"
	ImportTableConsole   Key = "import.table-console"
	ImportTableKeras     Key = "import.table-keras"
	ImportTablePooled    Key = "import.table-pooled"
)

var transferTorch = map[Key]Text{
	ImportListUnread:     {"Lines that could not be read completely: {0}. The total is a minimum.", "끝까지 읽지 못한 줄이 {0}개 있습니다. 합계는 최솟값입니다."},
	ImportPrintCut:       {"The text begins or ends amid a model. Modules may be missing, so the total is a minimum.", "텍스트가 모델 중간에서 시작하거나 끝나 빠진 모듈이 있을 수 있으므로 합계는 최솟값입니다."},
	ImportTreeOpen:       {"module {0} is not closed: the text is incomplete.", "모듈 {0}이(가) 닫히지 않았습니다. 텍스트가 잘렸습니다."},
	ImportChained:        {"The file does not specify how the modules in {0} are connected, nor parameters that they own directly or share. The modules are placed one after another in the listed order.", "{0} 안의 모듈이 서로 어떻게 연결되는지, 직접 갖거나 공유하는 파라미터가 있는지는 파일에 없습니다. 모듈을 적힌 순서대로 이었습니다."},
	ImportInputs:         {"Layers whose input is not the output of the layer before them, each preceded by a new input: {0}. The parameters of each layer are still exact; unknown sizes are shown as ?.", "앞 층의 출력이 입력과 맞지 않아 새 입력을 추가한 층: {0}개. 각 층의 파라미터 수는 그래도 정확하며, 모르는 크기는 ?로 표시합니다."},
	ImportFlattened:      {"Flatten layers added where a fully connected layer receives a feature map: {0}.", "완전 연결층이 특징 맵을 입력으로 받는 곳에 추가한 flatten: {0}개."},
	ImportHidden:         {"The file does not show all parameters of {0}, so the total is a minimum.", "{0}의 파라미터가 파일에 다 나오지 않아 합계는 최솟값입니다."},
	ImportTorchOpaque:    {"Unknown layer types, kept as opaque layers: {0}.", "알 수 없는 종류의 층이어서 opaque 층으로 처리했습니다: {0}."},
	ImportShapeless:      {"Layers without parameters whose output shape is not in the file: {0}.", "파라미터가 없고 출력 모양이 파일에 나오지 않는 층: {0}."},
	ImportGuessed:        {"Not in the file, so assumed to be as in the published networks: {0}.", "파일에 없어 발표된 네트워크와 같다고 가정한 것: {0}."},
	ImportHeads:          {"The file does not contain the number of attention heads. It is set to 1, which changes neither parameters nor multiply-accumulates.", "어텐션의 헤드 수는 파일에 없어 1로 두었습니다. 파라미터 수와 MAC에는 영향이 없습니다."},
	ImportStrange:        {"Unknown options, which were ignored: {0}.", "알 수 없어 무시한 옵션: {0}."},
	ImportPickle:         {"the pickle cannot be read at byte {0}: {1}", "{0}번째 바이트에서 pickle을 읽을 수 없습니다: {1}"},
	ImportTensors:        {"{0} tensors in {1} modules.", "모듈 {1}개에 텐서 {0}개가 있습니다."},
	ImportTensorsOnly:    {"A {0} file contains only tensors, not connections, strides, padding or activations, and buffers are recognized by name. Modules are in file order, or ordered by name.", "{0} 파일에는 텐서만 있고 층의 연결, 스트라이드, 패딩, 활성화 함수가 없습니다. 버퍼는 이름으로 구별합니다. 모듈은 파일 순서나 이름 순서로 놓았습니다."},
	ImportTensorKinds:    {"Layer types inferred from the shapes and names of tensors: {0}.", "텐서의 모양과 이름에서 추정한 층의 종류: {0}."},
	ImportTensorGroups:   {"{0} modules are shown by their tensors only, because their shapes fit several layers or none.", "모양이 여러 층에 맞거나 어느 층에도 맞지 않아 텐서로만 표시한 모듈: {0}개."},
	ImportWholeNumbers:   {"Integer tensors are not trainable. They count as buffers, or as frozen if they are quantized weights.", "정수 텐서는 학습하지 않습니다. 버퍼로 세고, 양자화된 가중치이면 동결된 것으로 셉니다."},
	ImportSameTensors:    {"Tensors stored under two names, counted once: {0}.", "이름이 둘이지만 같은 텐서여서 한 번만 센 것: {0}."},
	ImportEmptyTensors:   {"Tensors without elements, which were left out: {0}.", "원소가 없어서 뺀 텐서: {0}."},
	ImportTensorCopies:   {"These modules hold the weights of the network once more, such as their mean over the training. They were left out: {0}.", "네트워크의 가중치를 한 번 더 저장한 모듈(예: 훈련 중의 평균)이어서 제외했습니다: {0}."},
	ImportTensorBad:      {"tensor {0} has an invalid description: {1}", "텐서 {0}의 정보가 올바르지 않습니다: {1}"},
	ImportTensorTwice:    {"the name appears twice", "같은 이름이 두 번 나옵니다"},
	ImportTensorShape:    {"the shape or the data offsets are invalid", "모양이나 데이터 위치가 올바르지 않습니다"},
	ImportTensorName:     {"names inside it are too long", "그 안의 이름이 너무 깁니다"},
	ImportTensorMany:     {"it has too many elements", "원소가 너무 많습니다"},
	ImportNoHeader:       {"the header is not a JSON object", "헤더가 JSON 객체가 아닙니다"},
	ImportTensorSize:     {"Tensor {0} ({1} elements of type {2}) does not fit the position that the header declares within {3} bytes. The file is incomplete or damaged.", "텐서 {0}({2} 형식 원소 {1}개)이(가) 헤더에 적힌 위치({3}바이트 안)에 맞지 않습니다. 파일이 잘렸거나 손상되었습니다."},
	ImportCheckpoint:     {"Read from the checkpoint: {0}. Left out: {1}.", "체크포인트에서 읽은 것: {0}. 뺀 것: {1}."},
	ImportNoTensors:      {"The archive contains no tensors whose names could belong to layers.", "압축 파일에 층의 이름으로 볼 수 있는 텐서가 없습니다."},
	ImportWordTotal:      {"parameters", "파라미터"},
	ImportWordTrainable:  {"trainable parameters", "학습 가능한 파라미터"},
	ImportTotalDiffers:   {"The table states {1} {0}, but its rows add up to {2}.", "표에 적힌 {0}은(는) {1}개인데 행을 더하면 {2}개입니다."},
	ImportTable:          {"Rows read from a {0} table: {1}. What the table does not contain is unknown.", "{0} 표에서 읽은 행: {1}개. 표에 없는 것은 알 수 없습니다."},
	ImportTableKinds:     {"The table contains no kernels, strides or padding. For {0} layers, common values were chosen that match its sizes and counts.", "표에 커널, 스트라이드, 패딩이 없어서 {0}개 층에는 표의 크기와 개수에 맞는 흔한 값을 넣었습니다."},
	ImportTableRaw:       {"{0} layers are shown by their counts only, because the table does not contain enough information: {1}.", "표의 정보가 부족해 개수로만 표시한 층 {0}개: {1}."},
	ImportTableMore:      {"The text contains {0} tables; the first was used.", "텍스트에 표가 {0}개 있어 첫 번째를 읽었습니다."},
	ImportTableRepeated:  {"{0} rows are repeated uses of earlier layers and were not counted again.", "{0}개 행은 앞에 나온 층을 다시 쓴 것이어서 다시 세지 않았습니다."},
	ImportTableJoined:    {"Modules whose branches were concatenated at the end, to match the output in the table: {0}.", "표에 적힌 출력에 맞도록 끝에서 경로들을 이어 붙인 모듈: {0}개."},
	ImportTableOmitted:   {"Rows are missing from the table (…). One layer replaces them. Its number of parameters is the difference to the stated total, or unknown without one.", "표에 빠진 행(…)이 있어 층 하나로 대신했습니다. 이 층의 파라미터 수는 적힌 합계와의 차이이며, 합계가 없으면 알 수 없습니다."},
	ImportTableFitted:    {"{0} rows state a number of parameters that is rounded or cut off. The layer that fits it was used, with biases where both forms fit.", "파라미터 수가 반올림되었거나 잘린 행이 {0}개 있습니다. 그 수에 맞는 층을 넣었고, 편향이 있어도 없어도 맞으면 있는 것으로 했습니다."},
	ImportTableCut:       {"The table ends without totals, so rows may be missing at its end.", "표가 합계 없이 끝나므로 끝부분의 행이 빠졌을 수 있습니다."},
	ImportTableInput:     {"The table contains no input row. An input of {0} was inferred from the rows; other sizes are possible.", "표에 입력 행이 없어 행들에서 {0} 입력을 추정했습니다. 다른 크기일 수도 있습니다."},
	ImportTableRough:     {"{0} rows state a number of parameters that is rounded or cut off. It is unknown, so the total is a minimum.", "파라미터 수가 반올림되었거나 잘린 행이 {0}개 있습니다. 정확한 수를 알 수 없어 합계는 최솟값입니다."},
	ImportTableOptimizer: {"The stated total includes {1} parameters of the optimizer, which are not part of the network: {2} + {1} = {0}.", "표의 합계에는 네트워크에 속하지 않는 옵티마이저의 파라미터 {1}개가 들어 있습니다: {2} + {1} = {0}."},
	ImportTableConsole:   {"The output of Darknet contains no parameters. Convolutions are read without biases and batch normalization, which it does not show, so the total is a minimum.", "Darknet의 출력에는 파라미터 수가 없습니다. 편향과 배치 정규화는 나오지 않아 합성곱을 이들 없이 읽었으므로 합계는 최솟값입니다."},
	ImportTableKeras:     {"The table counts as {0} does: {1} parameters. As PyTorch counts, they are {2}. Keras’ counting shows the number of the table.", "이 표는 {0}의 방식으로 센 것으로 파라미터는 {1}개입니다. PyTorch 방식으로 세면 {2}개입니다. Keras 방식으로 바꾸면 표의 수가 나옵니다."},
	ImportTablePooled:    {"Rows whose size fits only after pooling by two, which the table does not show: {0}. A max pooling layer was added before each.", "표에 나오지 않는 2배 풀링을 거쳐야 크기가 맞는 행: {0}개. 각 행 앞에 최대 풀링을 추가했습니다."},
}
