package catalog

// What is said when networks come from files of other tools, and when they leave.
const (
	ImportTooLarge     Key = "import.too-large"
	ImportCutOff       Key = "import.cut-off"
	ImportUnreadable   Key = "import.unreadable"
	ImportEmpty        Key = "import.empty"
	ImportUnknown      Key = "import.unknown"
	ImportNoLayers     Key = "import.no-layers"
	ImportCancelled    Key = "import.cancelled"
	ImportBroken       Key = "import.broken"
	ImportTooManyNodes Key = "import.too-many-nodes"
	ImportNoInput      Key = "import.no-input"
	ImportCycle        Key = "import.cycle"
	ImportTextBad      Key = "import.text-bad"
	ImportReportText   Key = "import.report-text"
	ImportReportTotal  Key = "import.report-total"
	ExportBroken       Key = "export.broken"
	NoticeRead         Key = "notice.read"
	NoticeReadBad      Key = "notice.read-bad"
	NoticeReadUnknown  Key = "notice.read-unknown"
	NoticeMore         Key = "notice.more"
	NoticeCopied       Key = "notice.copied"
	NoticeNotCopied    Key = "notice.not-copied"
	UIReading          Key = "ui.reading"
	UICancel           Key = "ui.cancel"
	UIExport           Key = "ui.export"
	UIExportWait       Key = "ui.export-wait"
	UICopy             Key = "ui.copy"
	UISave             Key = "ui.save"
	UIOpened           Key = "ui.opened"
	UIWorkerFailed     Key = "ui.worker-failed"
	UIPasted           Key = "ui.pasted"
	ExportUnknown      Key = "export.unknown"

	ExportTorch         Key = "export.pytorch"
	ExportTooLong       Key = "export.too-long"
	ExportNoTie         Key = "export.no-tie"
	ExportUnknownShape  Key = "export.unknown-shape"
	ExportNoCounterpart Key = "export.no-counterpart"
	ExportLayerBroken   Key = "export.layer-broken"
	ExportNoOutput      Key = "export.no-output"
	ExportNoInput       Key = "export.no-input"
	ExportUntitled      Key = "export.untitled"
)

var transfer = map[Key]Text{
	ImportTooLarge:     {"The file holds a structure of {0} bytes; at most {1} can be read.", "파일의 구조가 {0}바이트입니다. {1}바이트까지 읽을 수 있습니다."},
	ImportCutOff:       {"The file is cut off or damaged: it speaks of more than its {0} bytes. Get it again.", "파일이 잘렸거나 깨졌습니다. 실제 크기 {0}바이트보다 뒤를 가리킵니다. 파일을 다시 받으세요."},
	ImportUnreadable:   {"The file cannot be read: {0}.", "파일을 읽을 수 없습니다: {0}."},
	ImportEmpty:        {"The file is empty.", "빈 파일입니다."},
	ImportUnknown:      {"{0} is of no format that can be read here. These can: {1}.", "{0}은(는) 여기서 읽을 수 없는 형식입니다. 읽을 수 있는 형식: {1}."},
	ImportNoLayers:     {"The {0} file holds no layers.", "{0} 파일에 층이 없습니다."},
	ImportCancelled:    {"Reading was cancelled. Nothing has changed.", "읽기를 취소했습니다. 바뀐 것은 없습니다."},
	ImportBroken:       {"The file is damaged or not what it seems: {0}.", "파일이 깨졌거나 보기와 다른 형식입니다: {0}."},
	ImportTooManyNodes: {"The network has {0} layers; at most {1} can be shown.", "네트워크에 층이 {0}개 있습니다. {1}개까지 볼 수 있습니다."},
	ImportNoInput:      {"Layer {0} takes the output of {1}, which is not in the file.", "층 {0}은(는) 파일에 없는 {1}의 출력을 받습니다."},
	ImportCycle:        {"The layers feed each other in a circle through {0}. A stack has no circles.", "층들이 {0}을(를) 거쳐 돌고 돕니다. 스택에는 고리가 있을 수 없습니다."},
	NoticeRead:         {"Read {0} as {1}.", "{0}을(를) {1} 형식으로 읽었습니다."},
	NoticeReadBad:      {"{0} looks like {1}, but could not be read. {2} Your network stays as it was.", "{0}은(는) {1} 형식 같지만 읽지 못했습니다. {2} 네트워크는 그대로입니다."},
	NoticeReadUnknown:  {"{0} could not be read. {1} Your network stays as it was.", "{0}을(를) 읽지 못했습니다. {1} 네트워크는 그대로입니다."},
	NoticeMore:         {"And {0} more.", "그 밖에 {0}가지가 더 있습니다."},
	NoticeCopied:       {"Copied.", "복사했습니다."},
	NoticeNotCopied:    {"The browser did not allow copying. Select the text and copy it yourself, or save it.", "브라우저가 복사를 막았습니다. 직접 골라 복사하거나 저장하세요."},
	UIReading:          {"Reading {0}…", "{0} 읽는 중…"},
	UICancel:           {"Cancel", "취소"},
	UIExport:           {"Export", "내보내기"},
	UIExportWait:       {"Writing…", "쓰는 중…"},
	UICopy:             {"Copy", "복사"},
	UISave:             {"Save as {0}", "{0}(으)로 저장"},
	UIOpened:           {"Opened files", "연 파일"},
	UIWorkerFailed:     {"The reader could not be loaded ({0}). Check the connection and try again", "읽기 프로그램을 불러오지 못했습니다({0}). 연결을 확인하고 다시 시도하세요"},
	UIPasted:           {"the pasted text", "붙여 넣은 글"},
	ExportBroken:       {"The network could not be written: {0}. Please tell the makers.", "네트워크를 쓰지 못했습니다: {0}. 만든 이들에게 알려 주세요."},
	ExportUnknown:      {"There is no format {0}.", "{0}(이)라는 형식은 없습니다."},
	ImportTextBad:      {"Line {0}, column {1}: {2}", "{0}행 {1}열: {2}"},
	ImportReportText:   {"The report has no stack text in it, so it cannot be read again.", "보고서에 스택 텍스트가 들어 있지 않아 다시 읽을 수 없습니다."},
	ImportReportTotal:  {"The report says {0}, but its stack text makes {1}. The text was taken.", "보고서에는 {0}(으)로 적혀 있지만 그 안의 스택 텍스트로는 {1}입니다. 텍스트를 따랐습니다."},

	ExportTorch:         {"PyTorch code", "PyTorch 코드"},
	ExportTooLong:       {"Written out, the network has more than {0} lines. Only its beginning is here: let repeats have equal turns.", "풀어 쓰면 {0}줄이 넘어 앞부분만 있습니다. 반복을 똑같은 차례로 만들어 보세요."},
	ExportNoTie:         {"{0} shares its weights with {1}, which cannot be said in {2}.", "{0}이(가) {1}와(과) 가중치를 함께 쓰는 것은 {2}(으)로 나타낼 수 없습니다."},
	ExportUnknownShape:  {"The shape that {0} receives is not known, so it cannot be written in {1}.", "{0}이(가) 받는 모양을 알 수 없어 {1}(으)로 쓸 수 없습니다."},
	ExportNoCounterpart: {"{0} ({1}) has no counterpart in {2}: an error stands in its place.", "{0}({1})에 해당하는 것이 {2}에 없어 그 자리에 오류를 넣었습니다."},
	ExportLayerBroken:   {"{0} has an error of its own: mend it first.", "{0}에 오류가 있습니다. 먼저 고치세요."},
	ExportNoOutput:      {"{0} leads to no output: Keras leaves such layers out of a model, and does not count them.", "{0}은(는) 출력으로 이어지지 않습니다. Keras는 이런 층을 모델에서 빼고 세지 않습니다."},
	ExportNoInput:       {"The network has no input, where {0} begins.", "네트워크에 입력이 없습니다. {0}은(는) 입력에서 시작합니다."},
	ExportUntitled:      {"A network", "네트워크"},
}
