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
	ImportKerasShape:    {"{0} is not written as Keras writes it: {1} is {2}, where {3} belongs.", "{0}이(가) Keras가 쓰는 꼴이 아닙니다. {1} 자리에 {3} 같은 것이 와야 하는데 {2}이(가) 있습니다."},
	ImportKerasAbsent:   {"{0} is not written as Keras writes it: {1} is missing, where {2} belongs.", "{0}이(가) Keras가 쓰는 꼴이 아닙니다. {2} 같은 {1}이(가) 있어야 하는데 없습니다."},
	ImportKerasDeep:     {"Models stand in models more than {1} deep at {0}.", "{0}에서 모델 안의 모델이 {1}겹보다 깊습니다."},
	ImportKerasLayer:    {"Layer {0} ({1}): {2}", "층 {0} ({1}): {2}"},
	ImportKerasDiffers:  {"Layer {0} ({1}) has {2} weights in the file, but its options make {3}. It is opaque, with those of the file.", "층 {0} ({1})의 가중치는 파일에 {2}개인데 옵션대로라면 {3}개입니다. 파일의 것으로 불투명한 층을 두었습니다."},
	ImportKerasNoOutput: {"the model names no output.", "모델에 출력이 적혀 있지 않습니다."},
	ImportKerasNoModel:  {"{0} is a class of its author's own: the file does not tell its layers.", "{0}은(는) 만든 이가 따로 정의한 클래스라 어떤 층이 있는지 파일에 없습니다."},
	ImportKerasNoConfig: {"The archive has no config.json, so it tells no layers.", "압축 파일에 config.json이 없어 층을 알 수 없습니다."},
	ImportKerasTensors:  {"The file holds {0} tensors and tells no layers: those with one name before the last / became one opaque layer, {1} in all, one behind the other.", "파일에 텐서 {0}개만 있고 층은 없습니다. 마지막 / 앞의 이름이 같은 것끼리 불투명한 층 {1}개로 묶어 차례로 두었습니다."},
	ImportKerasOutputs:  {"The network has {0} outputs. It goes on to {1}; the others stand beside it.", "네트워크의 출력은 {0}개입니다. {1}(으)로 이어지고 나머지는 곁가지로 두었습니다."},
	ImportKerasRead:     {"Layers taken: {0}.", "층 {0}개를 옮겼습니다."},
	ImportKerasBehind:   {"Activations that were options of their layers and are layers of their own now: {0}.", "층의 옵션이던 활성화 {0}개를 따로 된 층으로 두었습니다."},
	ImportKerasPermuted: {"Keras has channels last, paramstack first. Permutes put in where it matters: {0}.", "Keras는 채널이 뒤에, paramstack은 앞에 옵니다. 순서가 중요한 곳에 permute {0}개를 넣었습니다."},
	ImportKerasOpaque:   {"Not known here, and taken as opaque: {0}.", "여기서 알지 못해 불투명한 층으로 두었습니다: {0}."},
	ImportKerasHidden:   {"The file does not tell the weights of {0}. The total is at least what is counted.", "{0}의 가중치가 파일에 없습니다. 합계는 센 값 이상입니다."},
	ImportKerasGuessed:  {"What these give was taken from what the next layer was built for: {0}.", "이 층들의 출력은 다음 층이 받는 모양에서 짐작했습니다: {0}."},
	ImportKerasStates:   {"Masks and initial states of these were left out; they have no weights: {0}.", "이 층들의 마스크와 초기 상태는 뺐습니다. 가중치는 없습니다: {0}."},
	ImportKerasUnfed:    {"The file does not tell the input's size at {0}. Write it in its row, and what follows is counted.", "{0}의 입력 크기가 파일에 없습니다. 그 줄에 적으면 뒤의 층들이 세어집니다."},
	ImportKerasUnused:   {"Nothing feeds these layers, and they were left out: {0}.", "아무것도 들어가지 않는 층이라 뺐습니다: {0}."},
	ImportKerasUnread:   {"The weights could not be looked at to check the layers: {0}", "가중치를 읽지 못해 층과 견주지 못했습니다: {0}"},
	ImportKerasChecked:  {"The file's weights are {0}, as counted here.", "파일의 가중치는 {0}개로, 여기서 센 것과 같습니다."},
	ImportKerasTotal:    {"The file's weights are {0}, but the layers as read have {1}.", "파일의 가중치는 {0}개인데 읽은 층들에는 {1}개입니다."},
	ImportHDF5Form:      {"The HDF5 file is written in a form that is not read here: {0}.", "여기서 읽지 못하는 형태의 HDF5 파일입니다: {0}."},
}
