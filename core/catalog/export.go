package catalog

// What exported files are called and say.
const (
	ExportMarkdown Key = "export.markdown"
	ExportCSV      Key = "export.csv"
	ExportLaTeX    Key = "export.latex"
	ExportJSON     Key = "export.json"
	ExportSummary  Key = "export.summary"

	ExportKerasJSON   Key = "export.keras-json"
	ExportKeras       Key = "export.keras"
	ExportCaffe       Key = "export.caffe"
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
	RemarkMACs      Key = "remark.macs"
)

var exports = map[Key]Text{
	ExportMarkdown: {"Table, Markdown", "표, Markdown"},
	ExportCSV:      {"Table, CSV", "표, CSV"},
	ExportLaTeX:    {"Table, LaTeX (booktabs)", "표, LaTeX (booktabs)"},
	ExportJSON:     {"Report, JSON", "보고서, JSON"},
	ExportSummary:  {"Text table, as torchinfo prints it", "torchinfo 형식의 텍스트 표"},

	ExportKerasJSON:   {"Keras JSON", "Keras JSON 파일"},
	ExportKeras:       {"Keras code", "Keras 코드"},
	ExportCaffe:       {"Caffe prototxt", "Caffe prototxt 파일"},
	ExportLeftOut:     {"{0} ({1}) acts only while training. It is left out of a network that answers.", "{0}({1})은(는) 학습할 때만 작용하므로 추론용 파일에서 뺐습니다."},
	ExportGroups:      {"{0} works in groups. Keras reads that; TensorFlow.js does not know groups and would build another layer.", "{0}은(는) 그룹 합성곱입니다. Keras는 읽지만 TensorFlow.js는 그룹을 몰라 다른 층을 만듭니다."},
	ExportZeroPadding: {"Keras cannot lay −∞ around the map before {0} takes its maximum. Zeros stand there instead: shapes and counts are the same, values at the edge may differ.", "Keras는 {0}이(가) 최댓값을 구하기 전에 가장자리를 −∞로 채울 수 없어 0으로 채웠습니다. 모양과 개수는 같지만 가장자리 값은 다를 수 있습니다."},

	ColumnLayer:      {"Layer", "층"},
	ColumnWhat:       {"Settings", "설정"},
	ColumnOutput:     {"Output", "출력"},
	ColumnFormula:    {"Parameters, how", "파라미터 식"},
	ColumnParams:     {"Parameters", "파라미터"},
	ColumnMACFormula: {"MACs, how", "MAC 식"},
	ColumnMACs:       {"MACs", "MAC"},
	ColumnTotal:      {"Total", "합계"},

	PathNumber: {"path {0}", "{0}번 갈래"},

	RemarkTorch:     {"Parameters are counted as in PyTorch.", "파라미터는 PyTorch 방식으로 셌습니다."},
	RemarkKeras:     {"Parameters are counted as in Keras: with the running statistics of batch norm.", "파라미터는 Keras 방식으로 셌습니다. 배치 정규화의 이동 통계도 들어 있습니다."},
	RemarkNoBiases:  {"Biases are left out.", "편향은 뺐습니다."},
	RemarkTrainable: {"Trainable: {0}. Frozen: {1}. Buffers: {2}.", "학습되는 파라미터 {0}개, 고정된 파라미터 {1}개, 버퍼 {2}개."},
	RemarkMACs:      {"MACs are multiply-accumulates of one sample, without biases; FLOPs are twice as many.", "MAC은 표본 하나의 곱셈-누산 횟수이며 편향은 세지 않습니다. FLOPs는 그 두 배입니다."},
}
