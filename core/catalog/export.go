//go:build !page

package catalog

// What exported files are called and say.
const (
	ExportLeftOut     Key = "export.left-out"
	ExportGroups      Key = "export.groups"
	ExportZeroPadding Key = "export.zero-padding"

	ColumnLayer      Key = "column.layer"
	ColumnWhat       Key = "column.what"
	ColumnOutput     Key = "column.output"
	ColumnFormula    Key = "column.formula"
	ColumnParams     Key = "column.params"
	ColumnMACFormula Key = "column.mac-formula"
	ColumnMACs       Key = "column.macs"
	ColumnTotal      Key = "column.total"

	PathNumber Key = "path.number"

	RemarkTorch     Key = "remark.torch"
	RemarkKeras     Key = "remark.keras"
	RemarkNoBiases  Key = "remark.no-biases"
	RemarkTrainable Key = "remark.trainable"

	RemarkTrainableKeras Key = "remark.trainable-keras"
	RemarkMACs           Key = "remark.macs"
)

var exports = map[Key]Text{

	ExportLeftOut:     {"{0} ({1}) is active only during training, so it is left out of this inference network.", "{0}({1})은(는) 학습할 때만 작동하므로 추론용 파일에서 뺐습니다."},
	ExportGroups:      {"{0} is a grouped convolution. Keras can load it, but TensorFlow.js does not support groups and would build a different layer.", "{0}은(는) 그룹 합성곱입니다. Keras에서는 읽을 수 있지만 TensorFlow.js는 그룹을 지원하지 않아 다른 층이 됩니다."},
	ExportZeroPadding: {"Keras cannot pad with −∞ before the max pooling of {0}, so zeros are used. Shapes and counts are the same, but values at the border may differ.", "Keras에서는 {0}의 최대 풀링 앞에 −∞를 패딩할 수 없어 0으로 채웠습니다. 모양과 개수는 같지만 가장자리 값은 다를 수 있습니다."},

	ColumnLayer:      {"Layer", "층"},
	ColumnWhat:       {"Settings", "설정"},
	ColumnOutput:     {"Output", "출력"},
	ColumnFormula:    {"Parameter formula", "파라미터 수 식"},
	ColumnParams:     {"Parameters", "파라미터"},
	ColumnMACFormula: {"MAC formula", "MAC 식"},
	ColumnMACs:       {"MACs", "MAC"},
	ColumnTotal:      {"Total", "합계"},

	PathNumber: {"path {0}", "경로 {0}"},

	RemarkTorch:          {"Parameters are counted as in PyTorch.", "파라미터는 PyTorch 방식으로 셌습니다."},
	RemarkKeras:          {"Parameters are counted as in Keras, including the moving statistics of batch normalization.", "파라미터는 Keras 방식으로 셌습니다. 배치 정규화의 이동 통계도 포함합니다."},
	RemarkNoBiases:       {"Biases are not counted.", "편향은 세지 않았습니다."},
	RemarkTrainable:      {"Trainable: {0}. Frozen: {1}. Buffers: {2}.", "학습 가능한 파라미터 {0}개, 동결된 파라미터 {1}개, 버퍼 {2}개."},
	RemarkTrainableKeras: {"Trainable: {0}. Non-trainable: {1}, of which {2} are running statistics.", "학습 가능한 파라미터 {0}개, 학습하지 않는 파라미터 {1}개(그중 이동 통계 {2}개)."},
	RemarkMACs:           {"MACs are multiply-accumulates for one sample, without biases; FLOPs are twice as many.", "MAC은 표본 하나에 대한 곱셈-누산 횟수이며 편향은 세지 않습니다. FLOPs는 그 두 배입니다."},
}
