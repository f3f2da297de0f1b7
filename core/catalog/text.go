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

	LinkForeign Key = "link.foreign"
	LinkNewer   Key = "link.newer"
	LinkDamaged Key = "link.damaged"
	LinkTooLong Key = "link.too-long"
	LinkTooBig  Key = "link.too-big"
	LinkText    Key = "link.text"
	LinkEmpty   Key = "link.empty"
)

var texts = map[Key]Text{
	TextTooLong:       {"The text is {0} bytes long; at most {1} can be read. Leave out what is not needed.", "글이 {0}바이트입니다. {1}바이트까지 읽을 수 있습니다. 필요 없는 부분을 빼세요."},
	TextFrozenPaths:   {"{0} with paths cannot be frozen. Leave out frozen.", "경로가 있는 {0}은(는) 고정할 수 없습니다. frozen을 빼세요."},
	TextTooMany:       {"More than {0} statements: use repeat n { … } for what recurs.", "문장이 {0}개를 넘습니다. 되풀이되는 부분은 repeat n { … }으로 쓰세요."},
	TextTooDeep:       {"Blocks are nested more than {0} deep here; at most {0}. Close some with } first.", "블록이 여기에서 {0}겹을 넘습니다. {0}겹까지 쓸 수 있습니다. 먼저 }로 닫으세요."},
	TextUnknownKind:   {"There is no layer called {0}. There are conv, maxpool, linear, relu, bn, flatten, add, concat, repeat and more.", "{0}이라는 층은 없습니다. conv, maxpool, linear, relu, bn, flatten, add, concat, repeat 등이 있습니다."},
	TextKindNear:      {"There is no layer called {0}. Did you mean {1}?", "{0}이라는 층은 없습니다. {1}을(를) 쓰려고 했나요?"},
	TextUnknownOption: {"{0} does not know {1}. It takes: {2}.", "{0}에는 {1}이(가) 없습니다. 쓸 수 있는 것: {2}."},
	TextOptionNear:    {"{0} does not know {1}. Did you mean {2}?", "{0}에는 {1}이(가) 없습니다. {2}을(를) 쓰려고 했나요?"},
	TextOptionTwice:   {"{0} is given twice: keep one.", "{0}이(가) 두 번 나옵니다. 하나만 남기세요."},
	TextNoMain:        {"{0} takes no value without a name, but {1} stands here. It takes: {2}.", "{0}에는 이름 없는 값이 오지 않는데 {1}이(가) 있습니다. 쓸 수 있는 것: {2}."},
	TextNoValue:       {"{0} needs a value behind it, such as {1}.", "{0} 뒤에 값이 필요합니다. 예: {1}."},
	TextNeedsPaths:    {"{0} joins several paths: write {0} { … | … }, or {0} @label.", "{0}은(는) 여러 갈래를 합칩니다. {0} { … | … } 또는 {0} @이름처럼 쓰세요."},
	TextNoBlock:       {"{0} takes no block; { belongs behind repeat, add or concat.", "{0} 뒤에는 블록이 올 수 없습니다. {는 repeat, add, concat 뒤에 씁니다."},
	TextRefsAndBlock:  {"{0} takes either @labels or a block. Put the labels into the block: {0} { … | {1} }.", "{0}에는 @이름이나 블록 중 하나만 씁니다. 이름을 블록 안에 쓰세요: {0} { … | {1} }."},
	TextBehindBlock:   {"{0} stands behind a }. Begin a new line before it, or write ; between.", "} 뒤에 {0}이(가) 있습니다. 앞에서 줄을 바꾸거나 ;를 쓰세요."},
	TextUnexpected:    {"{0} has no place here: a statement begins with a layer, such as conv 64 k3.", "{0}은(는) 여기에 올 수 없습니다. 문장은 conv 64 k3처럼 층으로 시작합니다."},
	TextNeedsBrace:    {"Here is {1}, but { is needed: {0} { … }.", "여기에 {1}이(가) 있지만 {가 필요합니다: {0} { … }."},
	TextUnclosed:      {"This { is never closed: put a } behind the last layer of the block.", "이 {가 닫히지 않았습니다. 블록의 마지막 층 뒤에 }를 쓰세요."},
	TextUnopened:      {"This } closes nothing: take it out, or open a block with {.", "이 }는 닫을 것이 없습니다. 지우거나 앞에서 {로 여세요."},
	TextBarOutside:    {"| divides the paths of add or concat; here is none.", "|는 add나 concat의 갈래를 나눕니다. 여기에는 그런 블록이 없습니다."},
	TextRefOutside:    {"{0} has no place here: @ names an output at the beginning of a path, or behind add or concat.", "{0}은(는) 여기에 올 수 없습니다. @는 갈래의 맨 앞이나 add, concat 뒤에 씁니다."},
	TextBadLabel:      {"{0} cannot be a label: a letter, then up to 63 letters, digits, _ - or .", "{0}은(는) 이름이 될 수 없습니다. 글자로 시작하고, 글자·숫자·_·-·.로 64자까지 씁니다."},
	TextLabelTwice:    {"The label {0} is taken already, at line {1}, column {2}: each must be different.", "{0}이라는 이름은 {1}행 {2}열에서 이미 쓰였습니다. 서로 다른 이름을 쓰세요."},
	TextLabelTaken:    {"The label {0} is taken already: each must be different.", "{0}이라는 이름은 이미 쓰였습니다. 서로 다른 이름을 쓰세요."},
	TextNeedsTimes:    {"repeat needs how often, a whole number from 1 to {1}, such as repeat 3 { … }; here is {0}.", "repeat에는 횟수가 필요합니다. repeat 3 { … }처럼 1에서 {1}까지의 수를 쓰세요. 여기에는 {0}이(가) 있습니다."},
	TextNameTooLong:   {"The name has {0} characters; at most {1}.", "이름이 {0}자입니다. {1}자까지 쓸 수 있습니다."},
	TextNameTwice:     {"The network has two names: keep one.", "네트워크 이름이 두 개입니다. 하나만 남기세요."},
	TextNameInside:    {"name belongs at the top, not inside a block.", "name은 블록 안이 아니라 맨 위에 씁니다."},
	TextNeedsLayer:    {"A layer is missing behind the label {0}, such as {0}: conv 64 k3.", "{0} 뒤에 층이 없습니다. 예: {0}: conv 64 k3."},
	TextBadBytes:      {"Byte {0} is not text: it must be UTF-8. Save the file as UTF-8 and try again.", "{0}번째 바이트는 글이 아닙니다. UTF-8로 저장해 다시 시도하세요."},

	LinkForeign: {"The address ends in {0}, which is not a paramstack link. Choose a network from the list, or ask for the link again.", "주소 끝의 {0}은(는) paramstack 링크가 아닙니다. 목록에서 네트워크를 고르거나 링크를 다시 받으세요."},
	LinkNewer:   {"The link {0} was made by a newer paramstack (version {1}). Reload the page to get the newest version.", "링크 {0}은(는) 더 새로운 paramstack(버전 {1})에서 만들었습니다. 페이지를 새로 고쳐 새 버전을 받으세요."},
	LinkDamaged: {"The link {0} is damaged, or cut off at its end. Ask for it again, and copy the whole of it.", "링크 {0}이(가) 깨졌거나 끝이 잘렸습니다. 링크 전체를 다시 받아 복사하세요."},
	LinkTooLong: {"The link is {0} characters long; at most {1} can be read. Send the network as a file instead.", "링크가 {0}자입니다. {1}자까지 읽을 수 있습니다. 네트워크를 파일로 보내세요."},
	LinkTooBig:  {"The link {0} unpacks to more than {1} characters, more than can be read. It is damaged, or not meant well; ask for the network as a file.", "링크 {0}을(를) 풀면 {1}자를 넘어 읽을 수 없습니다. 깨졌거나 좋지 않은 뜻으로 만든 링크입니다. 네트워크를 파일로 받으세요."},
	LinkText:    {"The link {0} is damaged, or cut off at its end. What is left cannot be read: {1} Ask for it again, and copy the whole of it.", "링크 {0}이(가) 깨졌거나 끝이 잘려 남은 부분을 읽을 수 없습니다. {1} 링크 전체를 다시 받아 복사하세요."},
	LinkEmpty:   {"The link {0} holds no network. Ask for it again, and copy the whole of it.", "링크 {0}에는 네트워크가 없습니다. 링크 전체를 다시 받아 복사하세요."},
}
