package catalog

// What is shown where the program is not: while it loads, and if it does not come. The
// build writes these into the page, in both languages: app/site/fill.go.
const (
	BootLoading  Key = "boot.loading"
	BootNoScript Key = "boot.no-script"
	BootNoWasm   Key = "boot.no-wasm"
	BootFailed   Key = "boot.failed"
	BootStopped  Key = "boot.stopped"
	BootCopy     Key = "boot.copy"
)

var boot = map[Key]Text{
	BootLoading:  {"Loading the editor. What you choose meanwhile is done then.", "편집기를 불러오는 중입니다. 지금 선택한 것은 다 불러온 뒤에 반영됩니다."},
	BootNoScript: {"To edit this network, turn on JavaScript.", "편집하려면 자바스크립트를 켜 주세요."},
	BootNoWasm:   {"This browser does not support WebAssembly, which the editor requires. You can still read the page.", "이 브라우저는 편집기에 필요한 WebAssembly를 지원하지 않습니다. 페이지 읽기는 계속할 수 있습니다."},
	BootFailed:   {"The editor could not be loaded. You can still read the page, or reload to try again.", "편집기를 불러오지 못했습니다. 페이지는 계속 읽을 수 있으며, 새로고침하면 다시 시도합니다."},
	BootStopped:  {"The editor has stopped. Copy your network, then reload the page to continue.", "편집기가 멈췄습니다. 네트워크를 복사해 둔 뒤 페이지를 새로고침하세요."},
	BootCopy:     {"Copy the network", "네트워크 복사"},
}
