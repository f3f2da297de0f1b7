package catalog

// What is said where two networks are compared.
const (
	CompareEmpty Key = "compare.empty"
	CompareArgs  Key = "compare.args"
)

var compare = map[Key]Text{
	CompareEmpty: {"The text contains no layers.", "텍스트에 층이 없습니다."},
	CompareArgs:  {"Call it as {0} with one or two texts: stack text, a link, or the ID of a published network.", "{0}에 텍스트를 하나 또는 두 개 넘기세요. 스택 텍스트나 링크, 공개된 네트워크의 식별자를 쓸 수 있습니다."},
}
