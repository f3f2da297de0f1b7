//go:build !page

package catalog

// What is said when graph models of TensorFlow.js are read.
const ImportTfjsInferred Key = "import.tfjs-inferred"

var transferTfjs = map[Key]Text{
	ImportTfjsInferred: {"Axes, paddings and sizes are in the weight files beside model.json. At these operators they were inferred from the layers around: {0}.", "축, 패딩, 크기의 값은 model.json이 아니라 가중치 파일에 있습니다. 다음 연산자에서는 앞뒤 층을 보고 추정했습니다: {0}."},
}
