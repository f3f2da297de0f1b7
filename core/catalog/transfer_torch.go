package catalog

// What is said when PyTorch's files and printed tables are read.
const (
	ImportTreeOpen      Key = "import.tree-open"
	ImportChained       Key = "import.chained"
	ImportInputs        Key = "import.inputs"
	ImportFlattened     Key = "import.flattened"
	ImportHidden        Key = "import.hidden"
	ImportTorchOpaque   Key = "import.torch-opaque"
	ImportShapeless     Key = "import.shapeless"
	ImportGuessed       Key = "import.guessed"
	ImportHeads         Key = "import.heads"
	ImportStrange       Key = "import.strange"
	ImportPickle        Key = "import.pickle"
	ImportTensors       Key = "import.tensors"
	ImportTensorsOnly   Key = "import.tensors-only"
	ImportTensorKinds   Key = "import.tensor-kinds"
	ImportTensorGroups  Key = "import.tensor-groups"
	ImportWholeNumbers  Key = "import.whole-numbers"
	ImportSameTensors   Key = "import.same-tensors"
	ImportEmptyTensors  Key = "import.empty-tensors"
	ImportTensorBad     Key = "import.tensor-bad"
	ImportTensorSize    Key = "import.tensor-size"
	ImportCheckpoint    Key = "import.checkpoint"
	ImportNoTensors     Key = "import.no-tensors"
	ImportWordTotal     Key = "import.word-total"
	ImportWordTrainable Key = "import.word-trainable"
	ImportTotalDiffers  Key = "import.total-differs"
	ImportTable         Key = "import.table"
	ImportTableKinds    Key = "import.table-kinds"
	ImportTableRaw      Key = "import.table-raw"
	ImportTableMore     Key = "import.table-more"
	ImportTableRepeated Key = "import.table-repeated"
	ImportTableJoined   Key = "import.table-joined"
	ImportTableOmitted  Key = "import.table-omitted"
)

var transferTorch = map[Key]Text{
	ImportTreeOpen:      {"module {0} is not closed: the text is cut off.", "모듈 {0}이(가) 닫히지 않았습니다. 글이 잘렸습니다."},
	ImportChained:       {"The file tells neither how the modules in {0} feed each other nor the parameters that these hold themselves or share. The modules stand one behind the other, as they are listed.", "{0} 안의 모듈들이 어떻게 이어지는지, 직접 갖거나 함께 쓰는 파라미터가 있는지는 파일에 없습니다. 모듈은 적힌 차례대로 이었습니다."},
	ImportInputs:        {"Layers that take another input than the one before them gives, so that a new input begins there: {0}. Parameters are exact all the same; sizes that nobody tells are ?.", "앞 층의 출력과 다른 입력을 받는 층이 {0}곳 있어 거기서 새 입력을 시작했습니다. 파라미터 수는 그래도 정확하고, 알려지지 않은 크기는 ?입니다."},
	ImportFlattened:     {"A flatten was put in at {0} places, where a dense layer takes a map as one row.", "밀집층이 특징 맵을 한 줄로 받는 {0}곳에 flatten을 넣었습니다."},
	ImportHidden:        {"The file does not show all parameters of {0}. The total is at least what is counted.", "{0}의 파라미터가 파일에 다 나오지 않습니다. 합계는 센 값 이상입니다."},
	ImportTorchOpaque:   {"Not known here, and taken as opaque: {0}.", "여기서 알지 못해 불투명한 층으로 두었습니다: {0}."},
	ImportShapeless:     {"These have no parameters, and the file does not tell what they give: {0}.", "파라미터는 없지만 출력이 파일에 나오지 않습니다: {0}."},
	ImportGuessed:       {"Not in the file, and taken as it is in the published networks: {0}.", "파일에 없어 공개된 네트워크에서와 같다고 보았습니다: {0}."},
	ImportHeads:         {"How many heads attention has is not in the file. 1 stands there, which changes neither parameters nor multiply-accumulates.", "어텐션의 헤드 수는 파일에 없습니다. 1로 두었는데, 파라미터와 곱셈 누산 수는 그대로입니다."},
	ImportStrange:       {"These options were not understood and left out: {0}.", "이 옵션들은 알 수 없어 뺐습니다: {0}."},
	ImportPickle:        {"the pickle cannot be read at byte {0}: {1}", "{0}바이트째에서 피클을 읽을 수 없습니다: {1}"},
	ImportTensors:       {"{0} tensors in {1} modules.", "모듈 {1}개에 텐서 {0}개."},
	ImportTensorsOnly:   {"A {0} file holds tensors alone: how layers feed each other, strides, paddings and activations are not in it, and buffers are known by their names alone. Modules stand in the order of the file, or of their names.", "{0} 파일에는 텐서만 있습니다. 층이 어떻게 이어지는지, 스트라이드, 패딩, 활성화 함수는 없고, 버퍼는 이름으로만 알아봅니다. 모듈은 파일 차례나 이름 차례로 놓았습니다."},
	ImportTensorKinds:   {"Taken for these by the shapes and names of their tensors: {0}.", "텐서의 모양과 이름으로 보아 이것들로 보았습니다: {0}."},
	ImportTensorGroups:  {"{0} modules are shown by their tensors alone, since their shapes fit several layers or none.", "모양이 여러 층에 맞거나 아무 층에도 맞지 않는 모듈 {0}개는 텐서만으로 나타냈습니다."},
	ImportWholeNumbers:  {"Tensors of whole numbers are not trained: they count as buffers, or, where they are weights made small, as frozen.", "정수 텐서는 학습되지 않습니다. 버퍼로 세고, 압축된 가중치면 동결된 것으로 셉니다."},
	ImportSameTensors:   {"These are one tensor under two names, and counted once: {0}.", "이름이 둘이지만 하나의 텐서라 한 번만 셉니다: {0}."},
	ImportEmptyTensors:  {"These tensors have no elements and were left out: {0}.", "원소가 없어 뺀 텐서입니다: {0}."},
	ImportTensorBad:     {"tensor {0} is not described as it must be: {1}", "텐서 {0}의 설명이 잘못되었습니다: {1}"},
	ImportTensorSize:    {"Tensor {0} of {1} numbers of type {2} does not fit the place that the header gives it among {3} bytes. The file is cut off or damaged.", "형식 {2}의 수 {1}개인 텐서 {0}이(가) 머리말이 말한 자리({3}바이트 안)에 맞지 않습니다. 파일이 잘렸거나 깨졌습니다."},
	ImportCheckpoint:    {"Taken from the checkpoint: {0}. Left out: {1}.", "체크포인트에서 읽은 것: {0}. 뺀 것: {1}."},
	ImportNoTensors:     {"The archive holds no tensors with names that could be layers.", "압축 파일에 층으로 볼 수 있는 이름의 텐서가 없습니다."},
	ImportWordTotal:     {"parameters", "파라미터"},
	ImportWordTrainable: {"trainable parameters", "학습되는 파라미터"},
	ImportTotalDiffers:  {"The table states {0} {1}; its rows give {2}.", "표에 적힌 {0}은(는) {1}인데 줄들을 더하면 {2}입니다."},
	ImportTable:         {"Rows of a {0} table: {1}. What the table does not tell is unknown.", "{0} 표의 줄 {1}개. 표에 없는 것은 알 수 없음으로 두었습니다."},
	ImportTableKinds:    {"Kernels, strides and paddings are not in the table: for {0} layers the usual ones were taken that give its sizes and counts.", "커널, 스트라이드, 패딩은 표에 없습니다. {0}개 층은 표의 크기와 개수가 나오는 흔한 값으로 두었습니다."},
	ImportTableRaw:      {"{0} layers are shown by their counts alone, since the table does not tell enough of them: {1}.", "표만으로는 알 수 없어 개수만으로 나타낸 층 {0}개: {1}."},
	ImportTableMore:     {"The text holds {0} tables; the first was taken.", "글에 표가 {0}개 있어 첫 번째를 읽었습니다."},
	ImportTableRepeated: {"{0} rows are layers that stood before, and count nothing again.", "{0}줄은 앞에 나온 층을 다시 쓴 것이라 또 세지 않습니다."},
	ImportTableJoined:   {"{0} times the ends of a module's branches were laid side by side, since that gives what the table says of the module.", "모듈 안 갈래들의 끝을 나란히 이은 곳이 {0}곳입니다. 그래야 표에 적힌 모듈의 출력이 나옵니다."},
	ImportTableOmitted:  {"The author of the table left rows out (…). One layer stands for them, with what is missing to the stated total.", "표를 쓴 이가 줄을 생략했습니다(…). 적힌 합계에서 모자라는 만큼을 층 하나로 나타냈습니다."},
}
