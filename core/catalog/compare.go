package catalog

// What is said where two networks are compared. {0} and {1} of a sentence about both are
// their names.
const (
	CmdCompare Key = "cmd.compare"

	CompareEmpty Key = "compare.empty"
	CompareArgs  Key = "compare.args"

	CompareWith    Key = "compare.with"
	CompareSteps   Key = "compare.steps"
	CompareStep    Key = "compare.step"
	CompareNets    Key = "compare.nets"
	CompareFind    Key = "compare.find"
	CompareOwn     Key = "compare.own"
	CompareText    Key = "compare.text"
	CompareTextDoc Key = "compare.text.doc"
	CompareGo      Key = "compare.go"
	CompareFile    Key = "compare.file"
	ComparePlace   Key = "compare.place"
	CompareAgain   Key = "compare.again"
	CompareAdd     Key = "compare.add"
	CompareDrop    Key = "compare.drop"
	CompareLost    Key = "compare.lost"
	CompareSize    Key = "compare.size"
	CompareEach    Key = "compare.each"

	CompareNames       Key = "compare.names"
	CompareFirst       Key = "compare.first"
	CompareSecond      Key = "compare.second"
	CompareBefore      Key = "compare.before"
	CompareNow         Key = "compare.now"
	CompareSwap        Key = "compare.swap"
	CompareLink        Key = "compare.link"
	CompareCopied      Key = "compare.copied"
	CompareManual      Key = "compare.manual"
	CompareTotals      Key = "compare.totals"
	CompareDifference  Key = "compare.difference"
	CompareFactor      Key = "compare.factor"
	ComparePeak        Key = "compare.peak"
	CompareMoreParams  Key = "compare.more"
	CompareFewerParams Key = "compare.fewer"
	CompareEqual       Key = "compare.equal"
	CompareWork        Key = "compare.work"
	CompareUnknown     Key = "compare.unknown"
	CompareKnown       Key = "compare.known"
	CompareCauses      Key = "compare.causes"
	CompareNoCause     Key = "compare.no-cause"
	CompareOthers      Key = "compare.others"
	CompareRank        Key = "compare.rank"
	CompareRows        Key = "compare.rows"
	CompareRun         Key = "compare.run"
	CompareMark        Key = "compare.mark"
	CompareMarkSame    Key = "compare.mark.same"
	CompareMarkChanged Key = "compare.mark.changed"
	CompareMarkRemoved Key = "compare.mark.removed"
	CompareMarkAdded   Key = "compare.mark.added"
	CompareFrozen      Key = "compare.frozen"
	CompareShared      Key = "compare.shared"
	CompareMoved       Key = "compare.moved"
	CompareEnters      Key = "compare.enters"
	CompareScenes      Key = "compare.scenes"
	CompareMore        Key = "compare.more-lines"
	CompareCoarse      Key = "compare.coarse"
	CompareInside      Key = "compare.inside"
)

var compare = map[Key]Text{
	CmdCompare: {"Compare with…", "다른 네트워크와 비교"},

	CompareEmpty: {"The text contains no layers.", "텍스트에 층이 없습니다."},
	CompareArgs:  {"Call it as {0} with one or two texts, or with a list of up to five at the end: stack text, a link, or the ID of a published network.", "{0}에 텍스트를 하나 또는 두 개, 또는 마지막에 최대 다섯 개의 목록을 넘기세요. 스택 텍스트나 링크, 공개된 네트워크의 식별자를 쓸 수 있습니다."},

	CompareWith:    {"Compare {0} with another network", "{0}과(와) 다른 네트워크 비교"},
	CompareSteps:   {"Before the last edits", "편집하기 전"},
	CompareStep:    {"Step −{0}", "{0}단계 전"},
	CompareNets:    {"A published network", "공개된 네트워크"},
	CompareFind:    {"Find a network", "네트워크 찾기"},
	CompareOwn:     {"Your networks", "내 네트워크"},
	CompareText:    {"A link or a stack text", "링크 또는 스택 텍스트"},
	CompareTextDoc: {"Paste it here, or drop a file on the page.", "여기에 붙여 넣거나 파일을 페이지에 끌어 놓으세요."},
	CompareGo:      {"Compare", "비교"},
	CompareFile:    {"Open a file…", "파일 열기…"},
	ComparePlace:   {"Line {0}, column {1}: {2}", "{0}행 {1}열: {2}"},
	CompareAgain:   {"Another network…", "다른 네트워크 선택…"},
	CompareAdd:     {"Add a network…", "네트워크 추가…"},
	CompareDrop:    {"Remove {0}", "{0} 빼기"},
	CompareLost:    {"Of the networks in this link, number {0} cannot be read. {1}", "이 링크의 네트워크 가운데 {0}번째를 읽을 수 없습니다. {1}"},
	CompareSize:    {"Size in fp32", "크기(fp32)"},
	CompareEach:    {"{0} compared with", "{0}과(와) 비교할 네트워크"},

	CompareNames:       {"{0} and {1}", "{0}, {1}"},
	CompareFirst:       {"{0} (first)", "{0} (첫째)"},
	CompareSecond:      {"{0} (second)", "{0} (둘째)"},
	CompareBefore:      {"{0}, before", "{0} (편집 전)"},
	CompareNow:         {"{0}, now", "{0} (지금)"},
	CompareSwap:        {"Swap", "순서 바꾸기"},
	CompareLink:        {"Copy link", "링크 복사"},
	CompareCopied:      {"Link of all of them copied, {0} characters.", "비교한 네트워크를 모두 담은 링크를 복사했습니다({0}자)."},
	CompareManual:      {"The link could not be copied. Copy it from here: {0}", "링크를 복사하지 못했습니다. 여기에서 복사하세요: {0}"},
	CompareTotals:      {"Totals", "합계"},
	CompareDifference:  {"Difference", "차이"},
	CompareFactor:      {"Factor", "배수"},
	ComparePeak:        {"Peak of activations, elements", "활성값 최대 메모리(원소 수)"},
	CompareMoreParams:  {"{1} has {2} more parameters than {0}.", "{1}의 파라미터가 {0}보다 {2}개 많습니다."},
	CompareFewerParams: {"{1} has {2} fewer parameters than {0}.", "{1}의 파라미터가 {0}보다 {2}개 적습니다."},
	CompareEqual:       {"Both have {0} parameters.", "두 네트워크 모두 파라미터가 {0}개입니다."},
	CompareWork:        {"Both have {0} parameters; {1} needs {3} MACs more than {2}.", "두 네트워크 모두 파라미터가 {0}개이고, MAC은 {1}이(가) {2}보다 {3}만큼 많습니다."},
	CompareUnknown:     {"Some layers could not be counted, so the difference is that of what is known.", "셀 수 없는 층이 있어서, 알려진 부분의 차이만 표시합니다."},
	CompareKnown:       {"{0} (of what is known)", "{0} (알려진 부분)"},
	CompareCauses:      {"What makes the difference", "차이가 나는 곳"},
	CompareNoCause:     {"No row differs in this number.", "이 값이 다른 행이 없습니다."},
	CompareOthers:      {"Further rows: {0}, together {1}", "그 밖의 행 {0}개, 합쳐서 {1}"},
	CompareRank:        {"Ranked by", "정렬 기준"},
	CompareRows:        {"Row by row", "행별 비교"},
	CompareRun:         {"{0} equal rows", "같은 행 {0}개"},
	CompareMark:        {"Change", "변화"},
	CompareMarkSame:    {"the same", "같음"},
	CompareMarkChanged: {"changed", "바뀜"},
	CompareMarkRemoved: {"only in the first", "첫째에만 있음"},
	CompareMarkAdded:   {"only in the second", "둘째에만 있음"},
	CompareFrozen:      {"frozen", "동결"},
	CompareShared:      {"one set of weights", "가중치 공유"},
	CompareMoved:       {"in another place", "위치 바뀜"},
	CompareEnters:      {"input {0}", "입력 {0}"},
	CompareScenes:      {"On one scale", "같은 축척의 다이어그램"},
	CompareMore:        {"Show more rows: {0}", "행 {0}개 더 보기"},
	CompareCoarse:      {"These networks are too large to look at all pairs of rows: what lies between rows that both have is paired in order.", "네트워크가 너무 커서 모든 행의 쌍을 살펴보지는 않았습니다. 양쪽에 모두 있는 행 사이의 행들은 순서대로 짝지었습니다."},
	CompareInside:      {"Rows inside: {0}", "안에 행 {0}개"},
}
