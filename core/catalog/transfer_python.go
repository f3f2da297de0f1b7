//go:build !page

package catalog

// What is said of Python source: what cannot be parsed, what stops a program, and
// where.
const (
	PythonAt     Key = "python.at"
	PythonAtFile Key = "python.at-file"
	PythonAtCell Key = "python.at-cell"
	PythonAtExpr Key = "python.at-expression"

	// A line within a sentence.
	PythonLine     Key = "python.line"
	PythonLineCell Key = "python.line-cell"
	PythonLineFile Key = "python.line-file"

	PythonUnexpected     Key = "python.unexpected"
	PythonExpected       Key = "python.expected"
	PythonExpectedHere   Key = "python.expected-here"
	PythonIncomplete     Key = "python.incomplete"
	PythonIndent         Key = "python.indent"
	PythonNoBlock        Key = "python.no-block"
	PythonUnclosed       Key = "python.unclosed"
	PythonUnclosedString Key = "python.unclosed-string"
	PythonBracket        Key = "python.bracket"
	PythonTarget         Key = "python.target"
	PythonTwice          Key = "python.twice"
	PythonDeep           Key = "python.deep"

	PythonSteps     Key = "python.steps"
	PythonMemory    Key = "python.memory"
	PythonRecursion Key = "python.recursion"
	PythonLargeInt  Key = "python.large-int"

	PythonNoName       Key = "python.no-name"
	PythonUnbound      Key = "python.unbound"
	PythonNoAttr       Key = "python.no-attr"
	PythonReadOnly     Key = "python.read-only"
	PythonNoKey        Key = "python.no-key"
	PythonNoItems      Key = "python.no-items"
	PythonNotIn        Key = "python.not-in"
	PythonNoIndex      Key = "python.no-index"
	PythonBadIndex     Key = "python.bad-index"
	PythonIndex        Key = "python.index"
	PythonNoLen        Key = "python.no-len"
	PythonNotIterable  Key = "python.not-iterable"
	PythonNotCallable  Key = "python.not-callable"
	PythonMissing      Key = "python.missing"
	PythonTooMany      Key = "python.too-many"
	PythonNoParam      Key = "python.no-param"
	PythonKeywords     Key = "python.keywords"
	PythonUnpack       Key = "python.unpack"
	PythonOperand      Key = "python.operand"
	PythonOperands     Key = "python.operands"
	PythonUnhashable   Key = "python.unhashable"
	PythonZero         Key = "python.zero"
	PythonZeroStep     Key = "python.zero-step"
	PythonWhole        Key = "python.whole"
	PythonNumber       Key = "python.number"
	PythonDomain       Key = "python.domain"
	PythonFormat       Key = "python.format"
	PythonBases        Key = "python.bases"
	PythonSuper        Key = "python.super"
	PythonRaised       Key = "python.raised"
	PythonRaisedBare   Key = "python.raised-bare"
	PythonNoException  Key = "python.no-exception"
	PythonNotException Key = "python.not-exception"
	PythonUnsupported  Key = "python.unsupported"
	PythonUnknownValue Key = "python.unknown-value"
)

var transferPython = map[Key]Text{
	PythonAt:     {"Line {0}, column {1}: {2}", "{0}번째 줄 {1}번째 글자: {2}"},
	PythonAtCell: {"Code cell {0}, line {1}, column {2}: {3}", "코드 셀 {0}의 {1}번째 줄 {2}번째 글자: {3}"},
	PythonAtExpr: {"In the expression, column {0}: {1}", "식의 {0}번째 글자: {1}"},
	PythonAtFile: {"{0}, line {1}, column {2}: {3}", "{0} {1}번째 줄 {2}번째 글자: {3}"},

	PythonLine:     {"line {0}", "{0}번째 줄"},
	PythonLineCell: {"line {1} of code cell {0}", "코드 셀 {0}의 {1}번째 줄"},
	PythonLineFile: {"line {1} of {0}", "{0}의 {1}번째 줄"},

	PythonUnexpected:     {"{0} is not expected here.", "여기에 {0}이(가) 올 수 없습니다."},
	PythonExpected:       {"{0} is missing here.", "여기에 {0}이(가) 빠졌습니다."},
	PythonExpectedHere:   {"{0} is expected here, not {1}.", "여기에는 {1}이(가) 아니라 {0}이(가) 와야 합니다."},
	PythonIncomplete:     {"the line ends before the statement is complete.", "문장이 끝나지 않았는데 줄이 끝났습니다."},
	PythonIndent:         {"the indentation does not match any block around it.", "들여쓰기가 바깥의 어느 블록과도 맞지 않습니다."},
	PythonNoBlock:        {"an indented block is missing here.", "여기에 들여 쓴 블록이 빠졌습니다."},
	PythonUnclosed:       {"{0} is never closed.", "{0}이(가) 닫히지 않았습니다."},
	PythonUnclosedString: {"the string is never closed.", "문자열이 닫히지 않았습니다."},
	PythonBracket:        {"{0} does not close {1} of line {2}.", "{0}(으)로는 {2}번째 줄의 {1}을(를) 닫을 수 없습니다."},
	PythonTarget:         {"this cannot be assigned to.", "여기에는 값을 넣을 수 없습니다."},
	PythonTwice:          {"argument {0} is given twice.", "인수 {0}이(가) 두 번 나옵니다."},
	PythonDeep:           {"the code is nested too deeply.", "코드가 너무 깊이 중첩되어 있습니다."},

	PythonSteps:     {"the program was stopped after {0} steps: it loops too long, or for ever.", "반복이 너무 길거나 끝나지 않아 {0}단계에서 실행을 멈추었습니다."},
	PythonMemory:    {"the program was stopped: it makes too many or too large values.", "값을 너무 많이 또는 너무 크게 만들어 실행을 멈추었습니다."},
	PythonRecursion: {"the program was stopped: {0} calls are nested, so the recursion may never end.", "호출이 {0}겹으로 중첩되어 재귀가 끝나지 않을 수 있으므로 실행을 멈추었습니다."},
	PythonLargeInt:  {"the program was stopped: a whole number is too large.", "정수가 너무 커서 실행을 멈추었습니다."},

	PythonNoName:       {"name {0} is not defined.", "이름 {0}이(가) 정의되어 있지 않습니다."},
	PythonUnbound:      {"variable {0} is used before it has a value.", "변수 {0}에 값이 들어가기 전에 사용했습니다."},
	PythonNoAttr:       {"{0} has no attribute {1}.", "{0}에는 속성 {1}이(가) 없습니다."},
	PythonReadOnly:     {"attribute {1} of {0} cannot be changed.", "{0}의 속성 {1}은(는) 바꿀 수 없습니다."},
	PythonNoKey:        {"there is no key {0}.", "키 {0}이(가) 없습니다."},
	PythonNoItems:      {"there are no more items.", "남은 원소가 없습니다."},
	PythonNotIn:        {"the value is not in it.", "그 값이 들어 있지 않습니다."},
	PythonNoIndex:      {"{0} cannot be indexed.", "{0}에는 [ ]로 접근할 수 없습니다."},
	PythonBadIndex:     {"an index must be a whole number, not {0}.", "인덱스는 {0}이(가) 아니라 정수여야 합니다."},
	PythonIndex:        {"index {0} is outside the {1} items.", "인덱스 {0}이(가) 원소 {1}개의 범위를 벗어났습니다."},
	PythonNoLen:        {"{0} has no length.", "{0}에는 길이가 없습니다."},
	PythonNotIterable:  {"{0} cannot be looped over.", "{0}은(는) 반복할 수 없습니다."},
	PythonNotCallable:  {"{0} cannot be called.", "{0}은(는) 호출할 수 없습니다."},
	PythonMissing:      {"{0}() needs argument {1}.", "{0}()에 인수 {1}이(가) 필요합니다."},
	PythonTooMany:      {"{0}() takes {1} positional arguments, and {2} were given.", "{0}()는 위치 인수를 {1}개 받는데 {2}개를 넘겼습니다."},
	PythonNoParam:      {"{0}() has no parameter {1}.", "{0}()에는 파라미터 {1}이(가) 없습니다."},
	PythonKeywords:     {"names of arguments must be strings.", "인수의 이름은 문자열이어야 합니다."},
	PythonUnpack:       {"{0} values are expected, and there are {1}.", "값이 {0}개여야 하는데 {1}개입니다."},
	PythonOperand:      {"{0} cannot be applied to {1}.", "{0}은(는) {1}에 쓸 수 없습니다."},
	PythonOperands:     {"{0} cannot be applied to {1} and {2}.", "{0}은(는) {1}과(와) {2}에 쓸 수 없습니다."},
	PythonUnhashable:   {"{0} cannot be a key.", "{0}은(는) 키가 될 수 없습니다."},
	PythonZero:         {"division by zero.", "0으로 나누었습니다."},
	PythonZeroStep:     {"a step must not be zero.", "간격은 0일 수 없습니다."},
	PythonWhole:        {"a whole number is expected, not {0}.", "{0}이(가) 아니라 정수여야 합니다."},
	PythonNumber:       {"{0} is not a number.", "{0}은(는) 수가 아닙니다."},
	PythonDomain:       {"{0}() is not defined for this value.", "이 값에는 {0}()을(를) 계산할 수 없습니다."},
	PythonFormat:       {"the format {0} does not fit its value.", "서식 {0}이(가) 값과 맞지 않습니다."},
	PythonBases:        {"the base classes of {0} contradict each other.", "{0}의 기반 클래스들이 서로 모순됩니다."},
	PythonSuper:        {"super() is used outside a method.", "상위 클래스 호출을 메서드 밖에서 사용했습니다."},
	PythonRaised:       {"the program raises {0}: {1}", "프로그램이 {0} 오류를 냅니다: {1}"},
	PythonRaisedBare:   {"the program raises {0}.", "프로그램이 {0} 오류를 냅니다."},
	PythonNoException:  {"there is no exception to raise again.", "다시 낼 예외가 없습니다."},
	PythonNotException: {"only exceptions can be raised.", "예외만 낼 수 있습니다."},
	PythonUnsupported:  {"{0} is not supported here.", "{0}은(는) 여기에서 지원하지 않습니다."},
	PythonUnknownValue: {"the value of {0} is unknown.", "{0}의 값을 알 수 없습니다."},
}
