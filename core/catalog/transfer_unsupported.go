//go:build !page

package catalog

// What is said of files and texts that are known, and not read.
const (
	UnsupportedText     Key = "unsupported.text"
	UnsupportedPointer  Key = "unsupported.pointer"
	UnsupportedPage     Key = "unsupported.page"
	UnsupportedPython   Key = "unsupported.python"
	UnsupportedNotebook Key = "unsupported.notebook"
	UnsupportedConfig   Key = "unsupported.config"
	UnsupportedIndex    Key = "unsupported.index"
	UnsupportedSolver   Key = "unsupported.solver"
	UnsupportedLog      Key = "unsupported.log"
	UnsupportedLite     Key = "unsupported.lite"
	UnsupportedGraph    Key = "unsupported.graph"
	UnsupportedWeights  Key = "unsupported.weights"
	UnsupportedImage    Key = "unsupported.image"
	UnsupportedDocument Key = "unsupported.document"
	UnsupportedArchive  Key = "unsupported.archive"
	UnsupportedModel    Key = "unsupported.model"
	UnsupportedSettings Key = "unsupported.settings"
	UnsupportedPackages Key = "unsupported.packages"
	UnsupportedValues   Key = "unsupported.values"
	UnsupportedAddress  Key = "unsupported.address"
	UnsupportedCode     Key = "unsupported.code"
)

var transferUnsupported = map[Key]Text{
	UnsupportedText:     {"This text is neither stack text, which begins with a line such as input 3x224x224, nor the output of a known tool. Paste the output of print(model) or model.summary(), or open a model file.", "이 텍스트는 input 3x224x224 같은 줄로 시작하는 스택 텍스트도, 알려진 도구의 출력도 아닙니다. print(model)이나 model.summary()의 출력을 붙여 넣거나 모델 파일을 여세요."},
	UnsupportedPointer:  {"This is a Git LFS pointer ({0} bytes), not the file ({1} bytes). Download the file itself, for example with git lfs pull or the download button of its page.", "이 파일은 Git LFS 포인터({0}바이트)이며 원래 파일({1}바이트)이 아닙니다. git lfs pull이나 해당 페이지의 다운로드 버튼으로 원래 파일을 내려받으세요."},
	UnsupportedPage:     {"This is a web page, not a model file. The link that was saved shows the file on a page; download the file itself.", "이 파일은 모델 파일이 아니라 웹 페이지입니다. 저장한 링크는 파일을 보여 주는 페이지의 주소입니다. 파일 자체를 내려받으세요."},
	UnsupportedPython:   {"This is Python source code, which is not run here. Paste the output of print(model) (PyTorch) or model.summary() (Keras), or open a saved model.", "이 텍스트는 Python 소스 코드이며 여기서는 실행하지 않습니다. print(model)(PyTorch)이나 model.summary()(Keras)의 출력을 붙여 넣거나 저장한 모델을 여세요."},
	UnsupportedNotebook: {"This is a Jupyter notebook. Copy the output of print(model) or model.summary() from it and paste that.", "이 파일은 Jupyter 노트북입니다. 노트북에서 print(model)이나 model.summary()의 출력을 복사해 붙여 넣으세요."},
	UnsupportedConfig:   {"This is the configuration of a Hugging Face model ({0}): hyperparameters without layers. Open its model.safetensors, or paste the output of print(model).", "이 파일은 Hugging Face 모델({0})의 설정입니다. 하이퍼파라미터만 있고 층은 없습니다. model.safetensors를 열거나 print(model)의 출력을 붙여 넣으세요."},
	UnsupportedIndex:    {"This is the index of a model that is divided into several files. It contains no shapes. Open the .safetensors or .bin files that it lists.", "이 파일은 여러 파일로 나뉜 모델의 색인이며 모양이 들어 있지 않습니다. 색인에 적힌 .safetensors나 .bin 파일을 여세요."},
	UnsupportedSolver:   {"This is a Caffe solver, which specifies how a network is trained. Open the network itself: {0}.", "이 파일은 네트워크를 어떻게 학습할지 정하는 Caffe 솔버입니다. 네트워크 파일을 여세요: {0}."},
	UnsupportedLog:      {"This is a log of Caffe. Open the .prototxt file of the network.", "이 텍스트는 Caffe의 로그입니다. 네트워크의 .prototxt 파일을 여세요."},
	UnsupportedLite:     {"This is a TensorFlow Lite model, which is not supported. Open the Keras model that it was made from, or convert it to ONNX with tf2onnx.", "이 파일은 지원하지 않는 TensorFlow Lite 모델입니다. 원래의 Keras 모델을 열거나 tf2onnx로 ONNX로 변환하세요."},
	UnsupportedGraph:    {"This is a TensorFlow graph (SavedModel or frozen graph), which is not supported. Save the model as model.keras, or convert it to ONNX with tf2onnx.", "이 파일은 지원하지 않는 TensorFlow 그래프(SavedModel이나 동결된 그래프)입니다. 모델을 model.keras로 저장하거나 tf2onnx로 ONNX로 변환하세요."},
	UnsupportedWeights:  {"This file contains weights without an architecture ({0}). Open the file that describes the layers, or paste the output of print(model) or model.summary().", "이 파일에는 구조 없이 가중치만 있습니다({0}). 층을 기술한 파일을 열거나 print(model)이나 model.summary()의 출력을 붙여 넣으세요."},
	UnsupportedImage:    {"This is an image ({0}). A diagram cannot be read: type its layers, one per line, such as conv 64 k3.", "이 파일은 이미지({0})입니다. 이미지에서는 층을 읽을 수 없으니 층을 conv 64 k3처럼 한 줄에 하나씩 쓰세요."},
	UnsupportedDocument: {"This is a document ({0}). Copy its table of layers as text, or type the layers, one per line, such as conv 64 k3.", "이 파일은 문서({0})입니다. 층 표를 텍스트로 복사하거나, 층을 conv 64 k3처럼 한 줄에 하나씩 쓰세요."},
	UnsupportedArchive:  {"This is an archive ({0}) without a model that can be read here. Unpack it and open the model file.", "이 파일은 압축 파일({0})이며 여기서 읽을 수 있는 모델이 아닙니다. 압축을 풀고 모델 파일을 여세요."},
	UnsupportedModel:    {"This is a model of {0}, which is not supported. Open the model that it was made from, or convert it to ONNX.", "이 파일은 지원하지 않는 {0} 모델입니다. 원래의 모델을 열거나 ONNX로 변환하세요."},
	UnsupportedSettings: {"This is a configuration ({0}): settings from which another program builds the network, without shapes. Build the model with it and paste the output of print(model).", "이 텍스트는 다른 프로그램이 네트워크를 만들 때 쓰는 설정({0})이며 모양이 없습니다. 그 프로그램으로 모델을 만든 뒤 print(model)의 출력을 붙여 넣으세요."},
	UnsupportedPackages: {"This is a list of Python packages. It contains no layers: paste the output of print(model) or model.summary(), or open a model file.", "이 텍스트는 Python 패키지 목록이며 층이 없습니다. print(model)이나 model.summary()의 출력을 붙여 넣거나 모델 파일을 여세요."},
	UnsupportedValues:   {"This is a table of values, not of layers. Paste the output of print(model) or model.summary(), or open a model file.", "이 파일은 층이 아니라 값의 표입니다. print(model)이나 model.summary()의 출력을 붙여 넣거나 모델 파일을 여세요."},
	UnsupportedAddress:  {"This is a web address, and nothing is downloaded from here. Download the model file and open it, or paste the output of print(model).", "이 텍스트는 웹 주소이며 여기서는 아무것도 내려받지 않습니다. 모델 파일을 내려받아 열거나 print(model)의 출력을 붙여 넣으세요."},
	UnsupportedCode:     {"This is source code ({0}), which is not run here. Open a saved model, or type the layers, one per line, such as conv 64 k3.", "이 파일은 소스 코드({0})이며 여기서는 실행하지 않습니다. 저장한 모델을 열거나, 층을 conv 64 k3처럼 한 줄에 하나씩 쓰세요."},
}
