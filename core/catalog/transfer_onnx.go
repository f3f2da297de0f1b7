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
	ImportOnnxShape:   {"Tensor {0} has an extent of {1}. No tensor has.", "텐서 {0}의 한 변이 {1}(이)라고 되어 있습니다. 그런 텐서는 없습니다."},
	ImportOnnxTaken:   {"{0} operators became {1} layers.", "연산자 {0}개가 층 {1}개가 되었습니다."},
	ImportOnnxFolded:  {"Left out, since they change no number that counts, or their result is fixed: {0}.", "세는 값을 바꾸지 않거나 결과가 정해져 있어 뺐습니다: {0}."},
	ImportOnnxBatch:   {"The file leaves the batch open. Shapes are those of one sample.", "파일이 배치 크기를 정하지 않았습니다. 모양은 표본 하나의 것입니다."},
	ImportOnnxNoBatch: {"The file does not tell which extent is the batch. Check the shape of the input.", "파일만으로는 어느 변이 배치인지 알 수 없습니다. 입력의 모양을 확인하세요."},
	ImportOnnxBare:    {"The file holds no weights: {0} of its inputs are taken for weights, by where they are used.", "파일에 가중치가 없습니다. 쓰이는 자리를 보고 입력 {0}개를 가중치로 보았습니다."},
	ImportOnnxMerged:  {"{0} layers use tensors of other layers in part. Each is counted with its own: exporters store equal tensors once.", "층 {0}개가 다른 층의 텐서를 일부 함께 씁니다. 내보내는 도구가 같은 텐서를 한 번만 저장하므로, 층마다 따로 셌습니다."},
	ImportOnnxStates:  {"{0} first states of recurrent layers come from other layers. That they do is not shown.", "순환층의 처음 상태 {0}개가 다른 층에서 옵니다. 그 연결은 나타내지 않았습니다."},
	ImportOnnxScales:  {"{0} scales and zero points of quantised tensors are not counted: they say how numbers are stored.", "양자화된 텐서의 스케일과 영점 {0}개는 세지 않았습니다. 수를 저장하는 방식일 뿐입니다."},
	ImportOnnxSpare:   {"{0} stored tensors with {1} numbers are used by no layer, and not counted.", "저장된 텐서 {0}개(수 {1}개)는 어느 층도 쓰지 않아 세지 않았습니다."},
	ImportOnnxDiffers: {"The file says other shapes than follow from its layers: {0} ({1} in all).", "파일이 말하는 모양이 층에서 나오는 모양과 다릅니다: {0} (모두 {1}개)."},
	ImportOnnxInline:  {"The functions of the file use each other without end, through {0}.", "파일의 함수들이 {0}을(를) 거쳐 서로를 끝없이 부릅니다."},
}
