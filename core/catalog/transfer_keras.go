//go:build !page

package catalog

// What is said when Keras' files are read.
const (
	ImportKerasShape    Key = "import.keras-shape"
	ImportKerasAbsent   Key = "import.keras-absent"
	ImportKerasDeep     Key = "import.keras-deep"
	ImportKerasLayer    Key = "import.keras-layer"
	ImportKerasDiffers  Key = "import.keras-differs"
	ImportKerasNoOutput Key = "import.keras-no-output"
	ImportKerasNoModel  Key = "import.keras-no-model"
	ImportKerasNoConfig Key = "import.keras-no-config"
	ImportKerasTensors  Key = "import.keras-tensors"
	ImportKerasOutputs  Key = "import.keras-outputs"
	ImportKerasRead     Key = "import.keras-read"
	ImportKerasBehind   Key = "import.keras-behind"
	ImportKerasPermuted Key = "import.keras-permuted"
	ImportKerasOpaque   Key = "import.keras-opaque"
	ImportKerasHidden   Key = "import.keras-hidden"
	ImportKerasGuessed  Key = "import.keras-guessed"
	ImportKerasStates   Key = "import.keras-states"
	ImportKerasUnfed    Key = "import.keras-unfed"
	ImportKerasUnused   Key = "import.keras-unused"
	ImportKerasUnread   Key = "import.keras-unread"
	ImportKerasChecked  Key = "import.keras-checked"
	ImportKerasTotal    Key = "import.keras-total"
	ImportHDF5Form      Key = "import.hdf5-form"
)

var transferKeras = map[Key]Text{
	ImportKerasShape:    {"{0} is not a valid Keras configuration: {1} is {2}, but should be like {3}.", "{0}은(는) 올바른 Keras 설정이 아닙니다. {1} 자리에는 {3} 같은 값이 있어야 하는데 {2}이(가) 있습니다."},
	ImportKerasAbsent:   {"{0} is not a valid Keras configuration: {1} is missing. It should be like {2}.", "{0}은(는) 올바른 Keras 설정이 아닙니다. {1} 자리에 {2} 같은 값이 있어야 하는데 없습니다."},
	ImportKerasDeep:     {"At {0}, models are nested more than {1} deep.", "{0}에서 모델이 {1}단계보다 깊게 중첩되었습니다."},
	ImportKerasLayer:    {"Layer {0} ({1}): {2}", "층 {0}({1}): {2}"},
	ImportKerasDiffers:  {"Layer {0} ({1}) has {2} weights in the file, but {3} by its options. It was kept as an opaque layer with the weights of the file.", "층 {0}({1})의 가중치는 파일에 {2}개인데 옵션대로 세면 {3}개입니다. 파일의 가중치를 가진 opaque 층으로 처리했습니다."},
	ImportKerasNoOutput: {"the model declares no output.", "모델에 출력이 지정되어 있지 않습니다."},
	ImportKerasNoModel:  {"{0} is a custom model class, so the file does not contain its layers.", "{0}은(는) 사용자 정의 모델 클래스여서 파일에 층 정보가 없습니다."},
	ImportKerasNoConfig: {"The archive has no config.json, so its layers are unknown.", "압축 파일에 config.json이 없어 층을 알 수 없습니다."},
	ImportKerasTensors:  {"The file contains {0} tensors but no layers. Tensors with the same name before the last / were grouped into {1} opaque layers, in sequence.", "파일에 텐서 {0}개만 있고 층 정보는 없습니다. 마지막 / 앞의 이름이 같은 텐서끼리 묶어 opaque 층 {1}개로 차례로 놓았습니다."},
	ImportKerasOutputs:  {"The network has {0} outputs. The main one is {1}; the others are side outputs.", "네트워크의 출력은 {0}개입니다. 주 출력은 {1}이고 나머지는 보조 출력(side)으로 놓았습니다."},
	ImportKerasRead:     {"Layers imported: {0}.", "가져온 층: {0}개."},
	ImportKerasBehind:   {"Activation options turned into separate layers: {0}.", "옵션으로 지정된 활성화 함수를 별도의 층으로 바꾼 수: {0}개."},
	ImportKerasPermuted: {"Keras places channels last, paramstack first. Permute layers added where this matters: {0}.", "Keras는 채널이 마지막, paramstack은 채널이 먼저입니다. 순서가 중요한 곳에 추가한 permute 층: {0}개."},
	ImportKerasOpaque:   {"Unknown layer types, kept as opaque layers: {0}.", "알 수 없는 종류의 층이어서 opaque 층으로 처리했습니다: {0}."},
	ImportKerasHidden:   {"The file does not contain the weights of {0}, so the total is a minimum.", "{0}의 가중치가 파일에 없어 합계는 최솟값입니다."},
	ImportKerasGuessed:  {"Output shapes inferred from the input that the next layer was built for: {0}.", "다음 층의 입력 모양에서 출력 모양을 추정한 층: {0}."},
	ImportKerasStates:   {"Masks and initial states of these layers were left out; they have no weights: {0}.", "마스크와 초기 상태를 뺀 층입니다. 여기에는 가중치가 없습니다: {0}."},
	ImportKerasUnfed:    {"The file does not specify the input size at {0}. Enter it in the input’s row, and the layers after it are counted.", "파일에 {0}의 입력 크기가 없습니다. 입력 행에 크기를 입력하면 뒤의 층을 셀 수 있습니다."},
	ImportKerasUnused:   {"These layers have no input and were left out: {0}.", "입력이 없어서 뺀 층: {0}."},
	ImportKerasUnread:   {"The weights could not be read, so the layers were not checked against them: {0}", "가중치를 읽지 못해 층과 비교하지 못했습니다: {0}"},
	ImportKerasChecked:  {"The file contains {0} weights, equal to the number counted here.", "파일의 가중치는 {0}개로, 여기서 센 값과 같습니다."},
	ImportKerasTotal:    {"The file contains {0} weights, but the imported layers have {1}.", "파일의 가중치는 {0}개인데 가져온 층의 가중치는 {1}개입니다."},
	ImportHDF5Form:      {"This HDF5 file uses a feature that is not supported: {0}.", "지원하지 않는 기능을 쓴 HDF5 파일입니다: {0}."},
}
