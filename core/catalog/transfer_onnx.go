//go:build !page

package catalog

// What is said when networks come from ONNX files.
const (
	ImportOnnxShape   Key = "import.onnx-shape"
	ImportOnnxTaken   Key = "import.onnx-taken"
	ImportOnnxFolded  Key = "import.onnx-folded"
	ImportOnnxBatch   Key = "import.onnx-batch"
	ImportOnnxNoBatch Key = "import.onnx-no-batch"
	ImportOnnxBare    Key = "import.onnx-bare"
	ImportOnnxMerged  Key = "import.onnx-merged"
	ImportOnnxStates  Key = "import.onnx-states"
	ImportOnnxScales  Key = "import.onnx-scales"
	ImportOnnxSpare   Key = "import.onnx-spare"
	ImportOnnxDiffers Key = "import.onnx-differs"
	ImportOnnxInline  Key = "import.onnx-inline"
)

var transferOnnx = map[Key]Text{
	ImportOnnxShape:   {"Tensor {0} has an invalid size of {1}.", "텐서 {0}의 크기 {1}은(는) 올바르지 않습니다."},
	ImportOnnxTaken:   {"{0} operators became {1} layers.", "연산자 {0}개를 층 {1}개로 옮겼습니다."},
	ImportOnnxFolded:  {"Left out because they have no effect on the counts or a constant result: {0}.", "세는 값에 영향이 없거나 결과가 상수여서 뺀 연산자: {0}."},
	ImportOnnxBatch:   {"The file leaves the batch size open. Shapes are for one sample.", "파일에 배치 크기가 정해져 있지 않습니다. 모양은 표본 하나를 기준으로 합니다."},
	ImportOnnxNoBatch: {"The file does not specify which dimension is the batch. Check the input shape.", "파일만으로는 어느 차원이 배치인지 알 수 없습니다. 입력 모양을 확인하세요."},
	ImportOnnxBare:    {"The file contains no weights. {0} of its inputs were counted as weights because of how they are used.", "파일에 가중치가 없습니다. 쓰임새를 보고 입력 {0}개를 가중치로 셌습니다."},
	ImportOnnxMerged:  {"{0} layers share some of their tensors with others. Each was counted with its own, because exporters store identical tensors once.", "층 {0}개가 텐서 일부를 다른 층과 공유합니다. 내보내는 도구가 같은 텐서를 한 번만 저장하기 때문이므로 층마다 따로 셌습니다."},
	ImportOnnxStates:  {"{0} initial states of recurrent layers come from other layers. These connections are not shown.", "순환층의 초기 상태 {0}개가 다른 층에서 나옵니다. 이 연결은 표시하지 않습니다."},
	ImportOnnxScales:  {"{0} scales and zero points of quantized tensors are not counted, because they only describe how numbers are stored.", "양자화된 텐서의 스케일과 영점 {0}개는 수를 저장하는 방식일 뿐이어서 세지 않았습니다."},
	ImportOnnxSpare:   {"{0} stored tensors with {1} elements are not used by any layer and were not counted.", "저장된 텐서 {0}개(원소 {1}개)는 어느 층에서도 쓰지 않아 세지 않았습니다."},
	ImportOnnxDiffers: {"The file declares shapes that differ from those computed from its layers: {0} ({1} in all).", "파일에 적힌 모양이 층에서 계산한 모양과 다릅니다: {0}(모두 {1}개)."},
	ImportOnnxInline:  {"The functions of the file call each other endlessly, through {0}.", "파일의 함수들이 {0}을(를) 거쳐 서로를 끝없이 호출합니다."},
}
