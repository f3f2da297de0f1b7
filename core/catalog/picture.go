package catalog

// Sentences of the diagram: core/picture.
const (
	PictureCells   Key = "picture.cells"
	PictureWeights Key = "picture.weights"
	PictureDesc    Key = "picture.desc"
	PictureCubes64 Key = "picture.cubes64"
	PictureCubes8  Key = "picture.cubes8"
	PictureLargest Key = "picture.largest"
	PictureSquare  Key = "picture.square"
	PictureSmall   Key = "picture.small"
	PictureBlock   Key = "picture.block"
	PictureUnknown Key = "picture.unknown"
	PictureParams  Key = "picture.params"
	PictureBars    Key = "picture.bars"
	PictureLog     Key = "picture.log"

	PictureCaption     Key = "picture.caption"
	PictureShapes      Key = "picture.shapes"
	PictureKernels     Key = "picture.kernels"
	PictureFormulas    Key = "picture.formulas"
	PictureCounts      Key = "picture.counts"
	PictureWithCaption Key = "picture.with-caption"
	PictureWhite       Key = "picture.white"
	PictureMarks       Key = "picture.marks"
	PicturePage        Key = "picture.page"
	PictureCopy        Key = "picture.copy"
	ExportSVG          Key = "format.svg"
	ExportTikZ         Key = "format.tikz"
	ExportEmbed        Key = "format.embed"
	EmbedParams        Key = "embed.params"
	EmbedWhole         Key = "embed.whole"
	EmbedHeight        Key = "embed.height"
	EmbedOpen          Key = "embed.open"
	PrintOpen          Key = "print.open"
	PrintCode          Key = "print.code"

	UIDiagram       Key = "ui.diagram"
	UIDiagramOpen   Key = "ui.diagram.open"
	UIDiagramClose  Key = "ui.diagram.close"
	UIDiagramBars   Key = "ui.diagram.bars"
	UIDiagramLog    Key = "ui.diagram.log"
	UIDiagramDetail Key = "ui.diagram.detail"
	UIDiagramTabs   Key = "ui.diagram.tabs"
	UIZoomIn        Key = "ui.zoom.in"
	UIZoomOut       Key = "ui.zoom.out"
	UIZoomFit       Key = "ui.zoom.fit"
)

var pictures = map[Key]Text{
	PictureCells: {"Tensors: the volume of a block grows with the square root of its number of elements",
		"텐서: 블록의 부피는 원소 수의 제곱근에 비례합니다"},
	PictureWeights: {"Parameters: one area for each weight tensor, all on one scale",
		"파라미터: 가중치 텐서마다 넓이 하나, 모두 같은 축척"},
	PictureDesc: {"Tensors as blocks and parameters as areas, in the same columns. {0} parameters.",
		"텐서는 블록으로, 파라미터는 넓이로 같은 열에 나타냅니다. 파라미터 {0}개."},
	PictureCubes64: {"64 times as many elements: 8 times the volume", "원소 수가 64배면 부피는 8배"},
	PictureCubes8:  {"8 times as many elements: 2.8 times the volume", "원소 수가 8배면 부피는 2.8배"},
	PictureLargest: {"{0} alone has {1} of them", "{0} 하나가 그중 {1}"},
	PictureSquare:  {"{0} parameters", "파라미터 {0}개"},
	PictureSmall:   {"Thinner than 1 px on this scale: {0}", "이 축척에서 1픽셀보다 얇은 층: {0}"},
	PictureBlock:   {"{0} elements.", "원소 {0}개."},
	PictureUnknown: {"The size is unknown.", "크기를 알 수 없습니다."},
	PictureParams:  {"{0} parameters.", "파라미터 {0}개."},
	PictureBars: {"Parameters, multiply-accumulates and activations of each column",
		"열마다 파라미터, 곱셈-누산, 활성값의 수"},
	PictureLog: {"logarithmic", "로그 눈금"},

	PictureCaption:     {"{0}: {1} parameters, {2} MACs.", "{0}: 파라미터 {1}개, MAC {2}회."},
	PictureShapes:      {"Shapes", "모양"},
	PictureKernels:     {"Kernels", "커널"},
	PictureFormulas:    {"Formulas", "식"},
	PictureCounts:      {"Counts", "개수"},
	PictureWithCaption: {"Caption", "설명"},
	PictureWhite:       {"White background", "흰 배경"},
	PicturePage:        {"Page width", "지면 너비"},
	PictureMarks:       {"Patterns", "무늬"},
	PictureCopy:        {"Copy as an image", "이미지로 복사"},
	ExportSVG:          {"Diagram: SVG, PNG", "다이어그램: SVG, PNG"},
	ExportEmbed:        {"Embed in a web page", "웹 페이지에 넣기"},
	EmbedWhole:         {"Everything", "전체"},
	EmbedHeight:        {"{0} px high", "높이 {0}픽셀"},
	EmbedParams:        {"{0} parameters", "파라미터 {0}개"},
	EmbedOpen:          {"Open in paramstack", "paramstack에서 열기"},
	PrintOpen:          {"This network, to be opened and changed:", "이 네트워크를 열어 고칠 수 있는 링크:"},
	PrintCode:          {"The same link as a QR code", "같은 링크의 QR 코드"},
	ExportTikZ:         {"Diagram: TikZ", "다이어그램: TikZ"},

	UIDiagram:       {"Diagram", "다이어그램"},
	UIDiagramOpen:   {"Show the diagram", "다이어그램 보기"},
	UIDiagramClose:  {"Close the diagram", "다이어그램 닫기"},
	UIDiagramBars:   {"Bars", "막대"},
	UIDiagramLog:    {"Logarithmic", "로그 눈금"},
	UIDiagramDetail: {"More columns", "열 더 보기"},
	UIDiagramTabs:   {"Layers or diagram", "층 또는 다이어그램"},
	UIZoomIn:        {"Zoom in", "확대"},
	UIZoomOut:       {"Zoom out", "축소"},
	UIZoomFit:       {"Fit", "맞춤"},
}
