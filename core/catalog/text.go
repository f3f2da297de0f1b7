package catalog

// What can be wrong with a stack text or a link.
const (
	TextTooLong       Key = "text.too-long"
	TextTooMany       Key = "text.too-many"
	TextTooDeep       Key = "text.too-deep"
	TextUnknownKind   Key = "text.unknown-kind"
	TextKindNear      Key = "text.kind-near"
	TextUnknownOption Key = "text.unknown-option"
	TextOptionNear    Key = "text.option-near"
	TextOptionTwice   Key = "text.option-twice"
	TextNoMain        Key = "text.no-main"
	TextNoValue       Key = "text.no-value"
	TextNeedsPaths    Key = "text.needs-paths"
	TextNoBlock       Key = "text.no-block"
	TextRefsAndBlock  Key = "text.refs-and-block"
	TextBehindBlock   Key = "text.behind-block"
	TextUnexpected    Key = "text.unexpected"
	TextNeedsBrace    Key = "text.needs-brace"
	TextUnclosed      Key = "text.unclosed"
	TextUnopened      Key = "text.unopened"
	TextBarOutside    Key = "text.bar-outside"
	TextRefOutside    Key = "text.ref-outside"
	TextBadLabel      Key = "text.bad-label"
	TextLabelTwice    Key = "text.label-twice"
	TextLabelTaken    Key = "text.label-taken"
	TextNeedsTimes    Key = "text.needs-times"
	TextNameTooLong   Key = "text.name-too-long"
	TextNameTwice     Key = "text.name-twice"
	TextNameInside    Key = "text.name-inside"
	TextNeedsLayer    Key = "text.needs-layer"
	TextBadBytes      Key = "text.bad-bytes"
	TextFrozenPaths   Key = "text.frozen-paths"
	TextEndOfLine     Key = "text.end-of-line"
	TextThirdValue    Key = "text.third-value"
	TextCall          Key = "text.call"
	TextCallReceives  Key = "text.call-receives"
	TextLine          Key = "text.line"

	LinkForeign Key = "link.foreign"
	LinkNewer   Key = "link.newer"
	LinkDamaged Key = "link.damaged"
	LinkTooLong Key = "link.too-long"
	LinkTooBig  Key = "link.too-big"
	LinkText    Key = "link.text"
	LinkEmpty   Key = "link.empty"
	LinkMany    Key = "link.many"
	LinkBehind  Key = "link.behind"
)

var texts = map[Key]Text{
	TextTooLong:       {"The text has {0} bytes. The maximum is {1}: remove what is not needed.", "텍스트가 {0}바이트입니다. {1}바이트까지 읽을 수 있으니 필요 없는 부분을 지우세요."},
	TextFrozenPaths:   {"{0} with paths cannot be frozen. Remove the word frozen.", "경로가 있는 {0}은(는) 동결할 수 없습니다. frozen을 지우세요."},
	TextThirdValue:    {"{0} accepts two values without a name, and {1} is one too many. With names the line is {2}.", "{0}에는 이름 없는 값을 두 개까지 쓸 수 있는데 {1}이(가) 더 있습니다. 이름을 붙이면 {2}입니다."},
	TextCall:          {"The argument {0} of {1} cannot be read here. Write the layer as {2}.", "{1}의 인수 {0}은(는) 여기서 읽을 수 없습니다. {2}처럼 쓰세요."},
	TextCallReceives:  {"{0} is stated to receive {1}, but the layer before it outputs {2}. Change one of the two.", "{0}은(는) 입력이 {1}이라고 되어 있지만 앞의 층은 {2}을(를) 출력합니다. 둘 중 하나를 고치세요."},
	TextLine:          {"Here {0} is written as {1}.", "여기서 {0}은(는) {1}(으)로 씁니다."},
	TextEndOfLine:     {"the end of the line", "줄의 끝"},
	TextTooMany:       {"The text has more than {0} statements. Use repeat n { … } for parts that recur.", "문장이 {0}개를 넘습니다. 반복되는 부분은 repeat n { … }으로 쓰세요."},
	TextTooDeep:       {"Blocks may be nested at most {0} deep. Close some with } first.", "블록은 {0}단계까지만 중첩할 수 있습니다. 먼저 }로 닫으세요."},
	TextUnknownKind:   {"{0} is not a layer. Layers include conv, maxpool, linear, relu, bn, flatten, add, concat and repeat.", "{0}(이)라는 층은 없습니다. conv, maxpool, linear, relu, bn, flatten, add, concat, repeat 등을 쓸 수 있습니다."},
	TextKindNear:      {"{0} is not a layer. Did you mean {1}?", "{0}(이)라는 층은 없습니다. {1}을(를) 쓰려고 했나요?"},
	TextUnknownOption: {"{0} has no option {1}. Available options: {2}.", "{0}에는 {1} 옵션이 없습니다. 쓸 수 있는 옵션: {2}."},
	TextOptionNear:    {"{0} has no option {1}. Did you mean {2}?", "{0}에는 {1} 옵션이 없습니다. {2}을(를) 쓰려고 했나요?"},
	TextOptionTwice:   {"{0} is given twice. Keep only one.", "{0}이(가) 두 번 나옵니다. 하나만 남기세요."},
	TextNoMain:        {"{0} does not accept {1} without an option name. Available options: {2}.", "{0}에는 옵션 이름 없이 {1}을(를) 쓸 수 없습니다. 쓸 수 있는 옵션: {2}."},
	TextNoValue:       {"{0} must be followed by a value, such as {1}.", "{0} 뒤에 값이 있어야 합니다. 예: {1}."},
	TextNeedsPaths:    {"{0} joins several paths. Write {0} { … | … } or {0} @label.", "{0}은(는) 여러 경로를 합칩니다. {0} { … | … } 또는 {0} @이름처럼 쓰세요."},
	TextNoBlock:       {"{0} cannot have a block. A { may follow repeat, add or concat.", "{0}에는 블록을 쓸 수 없습니다. {는 repeat, add, concat 뒤에 씁니다."},
	TextRefsAndBlock:  {"{0} accepts either @labels or a block, not both. Move the labels into the block: {0} { … | {1} }.", "{0}에는 @이름과 블록 중 하나만 쓸 수 있습니다. 이름을 블록 안으로 옮기세요: {0} { … | {1} }."},
	TextBehindBlock:   {"{0} directly follows a }. Start a new line before it or add a semicolon (;).", "} 바로 뒤에 {0}이(가) 있습니다. 그 앞에서 줄을 바꾸거나 ;를 쓰세요."},
	TextUnexpected:    {"{0} is not expected here. A statement begins with a layer, such as conv 64 k3.", "여기에는 {0}을(를) 쓸 수 없습니다. 문장은 conv 64 k3처럼 층 이름으로 시작합니다."},
	TextNeedsBrace:    {"Expected { but found {1}. Write {0} { … }.", "{가 있어야 할 곳에 {1}이(가) 있습니다. {0} { … }처럼 쓰세요."},
	TextUnclosed:      {"This { is never closed. Add a } after the last layer of the block.", "이 {에 짝이 되는 }가 없습니다. 블록의 마지막 층 뒤에 }를 추가하세요."},
	TextUnopened:      {"This } has no matching {. Remove it, or open a block before it.", "이 }에 짝이 되는 {가 없습니다. }를 지우거나 앞에서 블록을 여세요."},
	TextBarOutside:    {"| separates the paths of add or concat. There is no such block here.", "|는 add나 concat의 경로를 나눌 때 씁니다. 여기에는 그런 블록이 없습니다."},
	TextRefOutside:    {"{0} is not expected here. An @label comes at the start of a path, or after add or concat.", "여기에는 {0}을(를) 쓸 수 없습니다. @이름은 경로의 맨 앞이나 add, concat 뒤에 씁니다."},
	TextBadLabel:      {"{0} is not a valid label. Use a letter followed by up to 63 letters, digits, _, - or .", "{0}은(는) 이름으로 쓸 수 없습니다. 글자로 시작해 글자, 숫자, _, -, .을 합쳐 64자까지 쓸 수 있습니다."},
	TextLabelTwice:    {"The label {0} is already used at line {1}, column {2}. Choose a different one.", "이름 {0}은(는) {1}행 {2}열에서 이미 쓰였습니다. 다른 이름을 쓰세요."},
	TextLabelTaken:    {"The label {0} is already used. Choose a different one.", "이름 {0}은(는) 이미 쓰였습니다. 다른 이름을 쓰세요."},
	TextNeedsTimes:    {"repeat needs a count from 1 to {1}, such as repeat 3 { … }, but found {0}.", "repeat에는 repeat 3 { … }처럼 1에서 {1} 사이의 반복 횟수가 있어야 하는데 {0}이(가) 있습니다."},
	TextNameTooLong:   {"The name has {0} characters. The maximum is {1}.", "이름이 {0}자입니다. {1}자까지 쓸 수 있습니다."},
	TextNameTwice:     {"The network has two names. Keep only one.", "네트워크 이름이 두 개입니다. 하나만 남기세요."},
	TextNameInside:    {"The name must be at the top of the text, not inside a block.", "name은 블록 안이 아니라 텍스트 맨 위에 씁니다."},
	TextNeedsLayer:    {"The label {0} must be followed by a layer, such as {0}: conv 64 k3.", "이름 {0} 뒤에 층이 있어야 합니다. 예: {0}: conv 64 k3."},
	TextBadBytes:      {"Byte {0} is not valid UTF-8. Save the file as UTF-8 and try again.", "{0}번째 바이트가 올바른 UTF-8이 아닙니다. 파일을 UTF-8로 저장한 뒤 다시 시도하세요."},

	LinkForeign: {"{0} at the end of the address is not a paramstack link. Choose a network from the list, or ask for the link again.", "주소 끝의 {0}은(는) paramstack 링크가 아닙니다. 목록에서 네트워크를 고르거나 링크를 다시 받으세요."},
	LinkNewer:   {"The link {0} was made by a newer version of paramstack (link version {1}). Reload the page to update.", "링크 {0}은(는) 더 새로운 paramstack(링크 버전 {1})에서 만들었습니다. 페이지를 새로 고쳐 업데이트하세요."},
	LinkDamaged: {"The link {0} is damaged or incomplete. Copy the whole link, or ask for it again.", "링크 {0}이(가) 손상되었거나 끝이 잘렸습니다. 링크 전체를 복사하거나 다시 받으세요."},
	LinkTooLong: {"The link has {0} characters. The maximum is {1}: send the network as a file instead.", "링크가 {0}자입니다. {1}자까지 읽을 수 있으니 네트워크를 파일로 보내세요."},
	LinkTooBig:  {"The link {0} expands to more than {1} characters and cannot be read. It may be damaged or malicious. Ask for the network as a file.", "링크 {0}의 압축을 풀면 {1}자를 넘어 읽을 수 없습니다. 손상되었거나 악의적인 링크일 수 있습니다. 네트워크를 파일로 받으세요."},
	LinkText:    {"The link {0} is damaged or incomplete, and the rest cannot be read: {1} Copy the whole link, or ask for it again.", "링크 {0}이(가) 손상되었거나 끝이 잘려서 남은 부분을 읽을 수 없습니다. {1} 링크 전체를 복사하거나 다시 받으세요."},
	LinkEmpty:   {"The link {0} contains no network. Copy the whole link, or ask for it again.", "링크 {0}에는 네트워크가 없습니다. 링크 전체를 복사하거나 다시 받으세요."},
	LinkMany:    {"The link {0} holds more networks than the {1} that can be compared.", "링크 {0}에 네트워크가 너무 많습니다. 최대 {1}개까지 비교할 수 있습니다."},
	LinkBehind:  {"The link {0} is damaged or incomplete, and has one check for both networks. The damage appears to lie behind the first, but check its totals with the sender.", "링크 {0}이(가) 손상되었거나 끝이 잘렸습니다. 첫째 네트워크는 온전해 보이지만, 두 네트워크를 따로 검증할 수 없으니 합계를 보낸 사람과 확인하세요."},
}
