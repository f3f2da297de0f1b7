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
	NoticeAsKeras      Key = "notice.as-keras"
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
	UIWorkerDied       Key = "ui.worker-died"
	UIPasted           Key = "ui.pasted"
	ExportUnknown      Key = "export.unknown"

	ExportTooLong       Key = "export.too-long"
	ExportNoTie         Key = "export.no-tie"
	ExportUsedAgain     Key = "export.used-again"
	ExportUnknownShape  Key = "export.unknown-shape"
	ExportNoCounterpart Key = "export.no-counterpart"
	ExportLayerBroken   Key = "export.layer-broken"
	ExportNoOutput      Key = "export.no-output"
	ExportNoInput       Key = "export.no-input"
	ExportUntitled      Key = "export.untitled"
)

var transfer = map[Key]Text{
	ImportTooLarge:     {"The file contains a structure of {0} bytes. The maximum is {1}.", "파일 안에 {0}바이트인 구조가 있습니다. {1}바이트까지 읽을 수 있습니다."},
	ImportCutOff:       {"The file is incomplete or damaged: it refers to data beyond its {0} bytes. Download or copy it again.", "파일이 잘렸거나 손상되었습니다. 파일 크기 {0}바이트를 벗어난 곳을 가리킵니다. 다시 내려받거나 복사하세요."},
	ImportUnreadable:   {"The file cannot be read: {0}.", "파일을 읽을 수 없습니다: {0}."},
	ImportEmpty:        {"The file is empty.", "빈 파일입니다."},
	ImportUnknown:      {"The format of {0} is not supported. Supported formats: {1}.", "{0}은(는) 지원하지 않는 형식입니다. 지원하는 형식: {1}."},
	ImportNoLayers:     {"The {0} file contains no layers.", "{0} 파일에 층이 없습니다."},
	ImportCancelled:    {"Import cancelled. Nothing was changed.", "가져오기를 취소했습니다. 바뀐 것은 없습니다."},
	ImportBroken:       {"The file is damaged or not in the expected format: {0}.", "파일이 손상되었거나 예상한 형식이 아닙니다: {0}."},
	ImportTooManyNodes: {"The network has {0} layers. The maximum is {1}.", "네트워크에 층이 {0}개 있습니다. {1}개까지 표시할 수 있습니다."},
	ImportNoInput:      {"Layer {0} uses the output of {1}, which is not in the file.", "층 {0}은(는) 파일에 없는 {1}의 출력을 입력으로 받습니다."},
	ImportCycle:        {"The layers form a cycle through {0}. A stack cannot contain cycles.", "층들이 {0}을(를) 지나는 순환 구조를 이룹니다. 스택에는 순환이 있을 수 없습니다."},
	NoticeAsKeras:      {"It is counted as Keras does: with the statistics of batch normalization, and one bias for a recurrent layer.", "Keras 방식으로 셉니다. 배치 정규화의 통계량을 포함하고 순환 층의 편향은 하나입니다."},
	NoticeRead:         {"Opened {0} ({1}).", "{0}을(를) 열었습니다({1})."},
	NoticeReadBad:      {"{0} appears to be {1}, but could not be read. {2} Your network is unchanged.", "{0}은(는) {1} 형식으로 보이지만 읽지 못했습니다. {2} 네트워크는 바뀌지 않았습니다."},
	NoticeReadUnknown:  {"{0} could not be read. {1} Your network is unchanged.", "{0}을(를) 읽지 못했습니다. {1} 네트워크는 바뀌지 않았습니다."},
	NoticeMore:         {"{0} more.", "그 밖에 {0}개가 더 있습니다."},
	NoticeCopied:       {"Copied.", "복사했습니다."},
	NoticeNotCopied:    {"The browser blocked copying. Select the text and copy it manually, or save it.", "브라우저가 복사를 막았습니다. 텍스트를 선택해 직접 복사하거나 저장하세요."},
	UIReading:          {"Reading {0}…", "{0} 읽는 중…"},
	UICancel:           {"Cancel", "취소"},
	UIExport:           {"Export", "내보내기"},
	UIExportWait:       {"Writing…", "쓰는 중…"},
	UICopy:             {"Copy", "복사"},
	UISave:             {"Save as {0}", "{0} 파일로 저장"},
	UIOpened:           {"Opened files", "연 파일"},
	UIWorkerFailed:     {"The file reader could not be loaded ({0}). Check the connection and try again", "파일을 읽는 프로그램을 불러오지 못했습니다({0}). 연결을 확인하고 다시 시도하세요"},
	UIWorkerDied:       {"The program that reads and writes files stopped before it was done ({0}): the file or the network is too large for it, or the program has a fault. It starts again with the next file", "파일을 읽고 쓰는 프로그램이 일을 끝내지 못하고 멈췄습니다({0}). 파일이나 네트워크가 너무 크거나 프로그램에 결함이 있습니다. 다음 파일부터는 다시 시작합니다"},
	UIPasted:           {"the pasted text", "붙여 넣은 텍스트"},
	ExportBroken:       {"The network could not be exported: {0}. Please report this to the maintainers.", "네트워크를 내보내지 못했습니다: {0}. 개발자에게 알려 주세요."},
	ExportUnknown:      {"There is no export format {0}.", "{0}(이)라는 내보내기 형식은 없습니다."},
	ImportTextBad:      {"Line {0}, column {1}: {2}", "{0}행 {1}열: {2}"},
	ImportReportText:   {"The report contains no stack text, so it cannot be opened.", "보고서에 스택 텍스트가 없어서 열 수 없습니다."},
	ImportReportTotal:  {"The report states {0}, but its stack text adds up to {1}. The stack text was used.", "보고서에는 {0}(으)로 적혀 있지만 그 안의 스택 텍스트를 세면 {1}입니다. 스택 텍스트를 사용했습니다."},

	ExportTooLong:       {"The expanded network has more than {0} lines, so only the beginning is included. Make the repetitions identical to shorten it.", "네트워크를 펼치면 {0}줄을 넘어 앞부분만 넣었습니다. 반복을 모두 같게 하면 짧아집니다."},
	ExportNoTie:         {"{0} shares its weights with {1}, which cannot be expressed in {2}.", "{0}이(가) {1}과(와) 가중치를 공유하는 것은 {2}(으)로 나타낼 수 없습니다."},
	ExportUsedAgain:     {"{0} is used again, with the same weights, in a way that {1} cannot express.", "{0}을(를) 같은 가중치로 다시 사용하는 이 방식은 {1}(으)로 나타낼 수 없습니다."},
	ExportUnknownShape:  {"The input shape of {0} is unknown, so it cannot be written in {1}.", "{0}의 입력 모양을 알 수 없어 {1}(으)로 쓸 수 없습니다."},
	ExportNoCounterpart: {"{0} ({1}) has no equivalent in {2}. An error marks its place: complete it by hand.", "{0}({1})에 해당하는 것이 {2}에 없습니다. 오류를 넣어 둔 곳을 직접 채우세요."},
	ExportLayerBroken:   {"{0} has a problem. Fix it first.", "{0}에 문제가 있습니다. 먼저 고치세요."},
	ExportNoOutput:      {"{0} does not lead to an output. Keras leaves such layers out of the model and does not count them.", "{0}은(는) 출력으로 이어지지 않습니다. Keras는 이런 층을 모델에서 빼고 세지 않습니다."},
	ExportNoInput:       {"The network has no input, which {0} requires.", "{0}에는 입력이 있어야 하는데 네트워크에 입력이 없습니다."},
	ExportUntitled:      {"Network", "네트워크"},
}
