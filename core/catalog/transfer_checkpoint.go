//go:build !page

package catalog

// What is said when PyTorch's checkpoints and printed models are read.
const (
	ImportTrainingOnly    Key = "import.training-only"
	ImportNetworkMore     Key = "import.network-more"
	ImportPrintInput      Key = "import.print-input"
	ImportTrainingTensors Key = "import.training-tensors"
	ImportPacked          Key = "import.packed"
	ImportPackedOpen      Key = "import.packed-open"
	ImportMisfit          Key = "import.misfit"
	ImportTied            Key = "import.tied"
)

var transferCheckpoint = map[Key]Text{
	ImportTrainingOnly:    {"The file contains only the state of a training run ({0}) and no network. Open the file with the weights of the model instead.", "파일에 훈련 상태({0})만 있고 네트워크가 없습니다. 모델의 가중치가 들어 있는 파일을 여세요."},
	ImportNetworkMore:     {"The file also contains {0}, which was opened as a separate network: select it in the list of networks.", "파일에 {0}도 있어 별도의 네트워크로 함께 열었습니다. 네트워크 목록에서 선택할 수 있습니다."},
	ImportPrintInput:      {"The text contains no input size. An input of {0} was inferred from the fully connected layer behind the feature map; other sizes are possible.", "텍스트에 입력 크기가 없어 특징 맵 뒤의 완전 연결층에서 {0} 입력을 추정했습니다. 다른 크기일 수도 있습니다."},
	ImportTrainingTensors: {"Tensors of the optimizer, which are not part of the network, were left out: {0}.", "네트워크에 속하지 않는 옵티마이저의 텐서를 뺐습니다: {0}."},
	ImportPacked:          {"The weights are quantized and stored in packed form ({0}). They are counted as the weights of the layers, not as the bytes that hold them; scales and zero points count as buffers.", "가중치가 양자화되어 여러 개씩 묶여 저장되어 있습니다({0}). 저장된 바이트 수가 아니라 층의 가중치 수로 셉니다. 스케일과 영점은 버퍼로 셉니다."},
	ImportPackedOpen:      {"Packed weights whose number the file does not state: {0}. They are not counted, so the total is a minimum.", "묶여 저장된 가중치의 수를 파일에서 알 수 없어 세지 않은 것: {0}. 합계는 최솟값입니다."},
	ImportMisfit:          {"{0} takes {1} features, but the layers before it output {2}.", "{0}은(는) 특징 {1}개를 받는데 앞 층들의 출력은 {2}입니다."},
	ImportTied:            {"{0} and {1} have weights of the same shape. The text does not show whether they are shared. If they are, add {3} to the layer: the network then has {2} parameters fewer.", "{0}과(와) {1}은(는) 가중치 모양이 같습니다. 공유하는지는 출력된 텍스트에 나오지 않습니다. 공유한다면 층에 {3}을(를) 추가하세요. 파라미터가 {2}개 줄어듭니다."},
}
