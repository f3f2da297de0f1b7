package catalog

// What is said when PyTorch's checkpoints and printed models are read.
const (
	ImportTrainingOnly Key = "import.training-only"
	ImportNetworkMore  Key = "import.network-more"
)

var transferCheckpoint = map[Key]Text{
	ImportTrainingOnly: {"The file contains only the state of a training run ({0}) and no network. Open the file with the weights of the model instead.", "파일에 훈련 상태({0})만 있고 네트워크가 없습니다. 모델의 가중치가 들어 있는 파일을 여세요."},
	ImportNetworkMore:  {"The file also contains {0}, which was opened as a separate network: select it in the list of networks.", "파일에 {0}도 있어 별도의 네트워크로 함께 열었습니다. 네트워크 목록에서 선택할 수 있습니다."},
}
