//go:build !page

package catalog

// What is said of files that unfold to far more than they are, and of networks that
// do when they are written. The Made keys name what was too much.
const (
	ImportTooMuch Key = "import.too-much"
	MadePieces    Key = "made.pieces"
	MadeUnpacked  Key = "made.unpacked"
	MadeNames     Key = "made.names"
	MadeValues    Key = "made.values"
	MadeTensors   Key = "made.tensors"
)

var transferLimits = map[Key]Text{
	ImportTooMuch: {"Reading this file would take more than {0} MB of memory, far more than a file of its size needs ({1}). It is damaged, or was made to exhaust the memory. Save it again with the program that wrote it.", "이 파일을 읽으려면 메모리가 {0}MB 넘게 필요합니다. 이만한 크기의 파일에 필요한 양보다 훨씬 많습니다({1}). 파일이 손상되었거나 메모리를 소진시키려고 만든 파일입니다. 파일을 만든 프로그램에서 다시 저장하세요."},
	MadePieces:    {"parts of the file that are read again and again", "반복해서 읽는 부분"},
	MadeUnpacked:  {"what its compressed entries unpack to", "압축을 푼 내용"},
	MadeNames:     {"the names of its tensors and layers", "텐서와 층의 이름"},
	MadeValues:    {"the values it holds", "들어 있는 값"},
	MadeTensors:   {"its tensors", "텐서"},
}
