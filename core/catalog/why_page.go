package catalog

// The sheets in which a number is explained, and what other tools print.
const (
	CmdWhy         Key = "cmd.why"
	CmdTools       Key = "cmd.tools"
	UIWhyField     Key = "ui.why-field"
	UIWhyHint      Key = "ui.why-hint"
	UIWhyIntro     Key = "ui.why-intro"
	UIWhyHere      Key = "ui.why-here"
	UIWhyNone      Key = "ui.why-none"
	UIWhyNearest   Key = "ui.why-nearest"
	UIWhyEqual     Key = "ui.why-equal"
	UIWhyBeside    Key = "ui.why-beside"
	UIWhyLeft      Key = "ui.why-left"
	UIWhyLeftAbout Key = "ui.why-left-about"
	UIWhyFile      Key = "ui.why-file"
	UIWhyUncounted Key = "ui.why-uncounted"
	UIWhyEmpty     Key = "ui.why-empty"
	UIWhyEdit      Key = "ui.why-edit"
	UIWhySwitch    Key = "ui.why-switch"
	UIWhyOpen      Key = "ui.why-open"
	UIWhyAll       Key = "ui.why-all"
	UIWhyMore      Key = "ui.why-more"
	UIWhyWait      Key = "ui.why-wait"
	UIWhyBusy      Key = "ui.why-busy"
	UIWhySource    Key = "ui.why-source"
	UIToolsIntro   Key = "ui.tools-intro"
	UIToolsTool    Key = "ui.tools-tool"
	UIToolsSizes   Key = "ui.tools-sizes"
	UIToolsMissing Key = "ui.tools-missing"
	UIToolsUnknown Key = "ui.tools-unknown"
	UIToolsExplain Key = "ui.tools-explain"
)

var whyPage = map[Key]Text{
	CmdWhy:         {"Why does my number differ?", "왜 내 수와 다를까요?"},
	CmdTools:       {"How other tools count it", "다른 도구의 계산"},
	UIWhyField:     {"A number from a tool, a paper or by hand", "도구, 논문, 손 계산에서 얻은 수"},
	UIWhyHint:      {"25.6M, 25,636,712, 233 MiB, 8.2 GFLOPs", "25.6M, 25,636,712, 2,358만, 233 MiB, 8.2 GFLOPs"},
	UIWhyIntro:     {"Which way of counting, or which variant of this network, has exactly that number? Each answer is built and counted again.", "어떤 계산 방식이나 이 네트워크의 어떤 변형이 바로 그 수가 될까요? 답은 모두 만들어 다시 셉니다."},
	UIWhyHere:      {"on this page", "이 페이지"},
	UIWhyNone:      {"No known way of counting and no known variant of the network has exactly {0}.", "알려진 계산 방식이나 네트워크의 변형 가운데 정확히 {0}이(가) 되는 것은 없습니다."},
	UIWhyNearest:   {"The nearest: {0}", "가장 가까운 것: {0}"},
	UIWhyEqual:     {"That is exactly what {0} has.", "정확히 {0}의 수입니다."},
	UIWhyBeside:    {"That is about what {0} has: {1}.", "{0}의 {1}과(와) 비슷한 크기입니다."},
	UIWhyLeft:      {"The difference is {0}, {1} of the number.", "차이는 {0}, 입력한 수의 {1}입니다."},
	UIWhyLeftAbout: {"The difference is about {0} of the number.", "차이는 입력한 수의 약 {0}입니다."},
	UIWhyFile:      {"A file has a header, and the names of its tensors, besides.", "파일에는 헤더와 텐서 이름도 들어 있습니다."},
	UIWhyEmpty:     {"This network has nothing to count yet: no layer has parameters or computes.", "이 네트워크에는 아직 셀 것이 없습니다. 파라미터가 있거나 계산하는 층이 없습니다."},
	UIWhyUncounted: {"This network has layers that cannot be counted, so its number cannot be compared.", "이 네트워크에는 셀 수 없는 층이 있어 수를 비교할 수 없습니다."},
	UIWhyEdit:      {"Edit it so", "이렇게 바꾸기"},
	UIWhySwitch:    {"Count it so", "이렇게 세기"},
	UIWhyOpen:      {"Open it", "열기"},
	UIWhyAll:       {"All edits at once", "모두 바꾸기"},
	UIWhyMore:      {"Or:", "또는"},
	UIWhyWait:      {"The network is being fetched …", "네트워크를 가져오는 중 …"},
	UIWhyBusy:      {"Counting more variants …", "변형을 더 세는 중 …"},
	UIWhySource:    {"the explanation", "설명"},
	UIToolsIntro:   {"For one sample, in inference. A number can be clicked: then it is explained.", "샘플 하나, 추론 기준입니다. 수를 누르면 설명이 나옵니다."},
	UIToolsTool:    {"Tool", "도구"},
	UIToolsSizes:   {"Sizes", "크기"},
	UIToolsMissing: {"not reproduced: {0}", "재현하지 못함: {0}"},
	UIToolsUnknown: {"unknown", "알 수 없음"},
	UIToolsExplain: {"Explain {0}", "{0} 설명"},
}
