package catalog

// What the page says: commands, notices, lessons, and the words around numbers.
const (
	SectionStack Key = "section.stack"
	SectionRow   Key = "section.row"
	SectionView  Key = "section.view"
	SectionPage  Key = "section.page"

	CmdUndo       Key = "cmd.undo"
	CmdRedo       Key = "cmd.redo"
	CmdNew        Key = "cmd.new"
	CmdGallery    Key = "cmd.gallery"
	CmdExport     Key = "cmd.export"
	CmdAdd        Key = "cmd.add"
	CmdShare      Key = "cmd.share"
	CmdDownload   Key = "cmd.download"
	CmdEdit       Key = "cmd.edit"
	CmdRename     Key = "cmd.rename"
	CmdDuplicate  Key = "cmd.duplicate"
	CmdDelete     Key = "cmd.delete"
	CmdUp         Key = "cmd.up"
	CmdDown       Key = "cmd.down"
	CmdRepeat     Key = "cmd.repeat"
	CmdSkip       Key = "cmd.skip"
	CmdUnwrap     Key = "cmd.unwrap"
	CmdPath       Key = "cmd.path"
	CmdFreeze     Key = "cmd.freeze"
	CmdPrev       Key = "cmd.prev"
	CmdNext       Key = "cmd.next"
	CmdExtendUp   Key = "cmd.extend-up"
	CmdExtendDown Key = "cmd.extend-down"
	CmdFold       Key = "cmd.fold"
	CmdFoldAll    Key = "cmd.fold-all"
	CmdOpenAll    Key = "cmd.open-all"
	CmdUnroll     Key = "cmd.unroll"
	CmdHelp       Key = "cmd.help"
	CmdTheme      Key = "cmd.theme"
	CmdLang       Key = "cmd.lang"
	CmdClose      Key = "cmd.close"

	NoticeShared        Key = "notice.shared"
	NoticeShareFailed   Key = "notice.share-failed"
	NoticeNewVersion    Key = "notice.new-version"
	NoticeFailed        Key = "notice.failed"
	NoticeFileFailed    Key = "notice.file-failed"
	NoticeNoPreset      Key = "notice.no-preset"
	NoticeTextBad       Key = "notice.text-bad"
	NoticeTextEmpty     Key = "notice.text-empty"
	NoticeLoaded        Key = "notice.loaded"
	NoticeOffer         Key = "notice.offer"
	NoticeGone          Key = "notice.gone"
	NoticeNotNeighbours Key = "notice.not-neighbours"
	NoticeTooDeep       Key = "notice.too-deep"

	ActReload    Key = "act.reload"
	ActLater     Key = "act.later"
	ActTakeOffer Key = "act.take-offer"
	ActDropOffer Key = "act.drop-offer"

	LessonPicture       Key = "lesson.picture"
	LessonPictureDense  Key = "lesson.picture-dense"
	LessonPictureBroken Key = "lesson.picture-broken"

	AnnounceTotal Key = "announce.total"
	Untitled      Key = "untitled"
	TurnOne       Key = "turn.one"
	TurnSeveral   Key = "turn.several"
	PathTitle     Key = "path.title"
	PathFrom      Key = "path.from"
	PathIdentity  Key = "path.identity"
	NotCounted    Key = "not-counted"
	RowBuffers    Key = "row.buffers"
	Sees          Key = "sees"
	SeesAll       Key = "sees-all"
	ChipNo        Key = "chip.no"
	ChipUnset     Key = "chip.unset"
	ChipCount     Key = "chip.count"
	OwnWeights    Key = "weights.own"
	SharedWeights Key = "weights.shared"
	WeightsOf     Key = "weights.of"
	CountedAt     Key = "weights.counted-at"
)

var page = map[Key]Text{
	SectionStack: {"Network", "네트워크"},
	SectionRow:   {"Selected block", "고른 블록"},
	SectionView:  {"Moving and folding", "이동과 접기"},
	SectionPage:  {"Page", "페이지"},

	CmdUndo:       {"Undo", "되돌리기"},
	CmdRedo:       {"Redo", "다시 하기"},
	CmdNew:        {"New network", "새 네트워크"},
	CmdExport:     {"Export: code, tables, derivation", "내보내기: 코드, 표, 풀이"},
	CmdGallery:    {"All networks", "모든 네트워크"},
	CmdAdd:        {"Add a layer", "층 추가"},
	CmdShare:      {"Share link", "링크 공유"},
	CmdDownload:   {"Save as a file", "파일로 저장"},
	CmdEdit:       {"Edit", "고치기"},
	CmdRename:     {"Rename", "이름 짓기"},
	CmdDuplicate:  {"Duplicate", "복제"},
	CmdDelete:     {"Delete", "삭제"},
	CmdUp:         {"Move up", "위로"},
	CmdDown:       {"Move down", "아래로"},
	CmdRepeat:     {"Wrap in a repeat", "반복으로 묶기"},
	CmdSkip:       {"Add a skip connection", "건너뛰기 연결"},
	CmdUnwrap:     {"Dissolve the block", "묶음 풀기"},
	CmdPath:       {"Add a path", "갈래 추가"},
	CmdFreeze:     {"Freeze or unfreeze", "학습 고정·해제"},
	CmdPrev:       {"Previous row", "앞 줄"},
	CmdNext:       {"Next row", "다음 줄"},
	CmdExtendUp:   {"Extend the selection up", "위로 더 고르기"},
	CmdExtendDown: {"Extend the selection down", "아래로 더 고르기"},
	CmdFold:       {"Fold or unfold", "접기·펴기"},
	CmdFoldAll:    {"Fold all", "모두 접기"},
	CmdOpenAll:    {"Unfold all", "모두 펴기"},
	CmdUnroll:     {"Show every turn of repeats", "반복을 한 번씩 모두 보기"},
	CmdHelp:       {"Keys and help", "단축키와 도움말"},
	CmdTheme:      {"Light, dark or as the system", "밝게, 어둡게, 시스템대로"},
	CmdLang:       {"English · 한국어", "한국어 · English"},
	CmdClose:      {"Close", "닫기"},

	NoticeShared:        {"Link copied ({0} characters). Whoever opens it sees this network.", "링크를 복사했습니다({0}자). 여는 사람은 이 네트워크를 보게 됩니다."},
	NoticeShareFailed:   {"The browser did not allow copying. Copy the link yourself: {0}", "브라우저가 복사를 막았습니다. 링크를 직접 복사하세요: {0}"},
	NoticeNewVersion:    {"A new version of paramstack is ready. Your network stays.", "paramstack의 새 버전이 준비되었습니다. 네트워크는 그대로 남습니다."},
	NoticeFailed:        {"Something went wrong inside paramstack, and the last step was not done. Your network is as it was. ({0})", "paramstack 안에서 문제가 생겨 마지막 동작을 하지 못했습니다. 네트워크는 그대로입니다. ({0})"},
	NoticeFileFailed:    {"{0} could not be read: {1}", "{0}을(를) 읽을 수 없습니다: {1}"},
	NoticeNoPreset:      {"There is no network called {0} here. Choose one from the list.", "{0}이라는 네트워크는 없습니다. 목록에서 고르세요."},
	NoticeTextBad:       {"{0}, line {1}, column {2}: {3} Your network is as it was.", "{0}, {1}행 {2}열: {3} 네트워크는 그대로입니다."},
	NoticeTextEmpty:     {"{0} holds no layers. Write one per line, such as input 3x224x224. Your network is as it was.", "{0}에는 층이 없습니다. input 3x224x224처럼 한 줄에 하나씩 쓰세요. 네트워크는 그대로입니다."},
	NoticeLoaded:        {"Opened {0}. Undo brings back what was there.", "{0}을(를) 열었습니다. 되돌리면 앞의 네트워크가 돌아옵니다."},
	NoticeOffer:         {"Go on with your last work, {0}?", "지난번에 하던 {0}을(를) 이어서 할까요?"},
	NoticeGone:          {"That block is no longer there.", "그 블록은 이제 없습니다."},
	NoticeTooDeep:       {"Blocks may nest {0} deep at most. Put this in an outer block.", "블록은 {0}겹까지만 넣을 수 있습니다. 더 바깥 블록에 넣으세요."},
	NoticeNotNeighbours: {"Only blocks that stand side by side can be wrapped. Select a run of neighbours.", "나란히 있는 블록만 묶을 수 있습니다. 이웃한 블록들을 고르세요."},

	ActReload:    {"Reload", "새로 고침"},
	ActLater:     {"Later", "나중에"},
	ActTakeOffer: {"Open it", "열기"},
	ActDropOffer: {"Discard", "버리기"},

	LessonPicture:       {"The picture went from {0} to {1}, and no convolution’s parameters changed (all {2} of them): a kernel does not know how large the picture is. Only the work and the memory did.", "그림이 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 커널은 그림의 크기를 모르기 때문입니다. 연산량과 메모리만 바뀌었습니다."},
	LessonPictureDense:  {"The picture went from {0} to {1}, and no convolution’s parameters changed (all {2} of them). But {3} has a weight for every position of the map: {4} → {5}.", "그림이 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 그러나 {3}은(는) 맵의 위치마다 가중치를 가지므로 {4} → {5}(으)로 바뀌었습니다."},
	LessonPictureBroken: {"The picture went from {0} to {1}, and no convolution’s parameters changed (all {2} of them): a kernel does not know how large the picture is.", "그림이 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 커널은 그림의 크기를 모르기 때문입니다."},

	AnnounceTotal:            {"{0}: {1} parameters", "{0}: 파라미터 {1}개"},
	Untitled:                 {"Untitled network", "이름 없는 네트워크"},
	TurnOne:                  {"turn {0}", "{0}번째"},
	TurnSeveral:              {"turns {0} to {1}, each", "{0}~{1}번째, 저마다"},
	PathTitle:                {"path {0}", "갈래 {0}"},
	PathFrom:                 {"begins with the output of {0}", "{0}의 출력에서 시작"},
	PathIdentity:             {"passes on what enters: the skip", "들어온 것을 그대로 넘김: 건너뛰기"},
	NotCounted:               {"not counted", "셀 수 없음"},
	RowBuffers:               {"buffers: {0}", "버퍼: {0}"},
	Sees:                     {"sees {0}", "{0}을 봄"},
	SeesAll:                  {"sees everything", "전체를 봄"},
	ChipNo:                   {"no {0}", "{0} 없음"},
	ChipUnset:                {"{0} –", "{0} –"},
	FieldUnset("stride"):     {"stride = kernel", "스트라이드 = 커널"},
	FieldUnset("normalized"): {"over the last dimension", "마지막 차원에 대해"},
	OwnWeights:               {"own weights", "제 가중치"},
	SharedWeights:            {"one set of weights", "가중치 한 벌"},
	WeightsOf:                {"weights of {0}", "{0}의 가중치"},
	CountedAt:                {"counted at {0}", "{0}에서 셈"},
	FieldName("shared"):      {"shared", "함께 쓰기"},
	FieldDoc("shared"):       {"All turns use the weights of the first, which are counted once.", "모든 차례가 첫 차례의 가중치를 씁니다. 한 번만 셉니다."},
	FieldName("shares"):      {"shares", "함께 쓸 층"},
	FieldDoc("shares"):       {"The label of the layer whose weights it uses: they are counted there.", "가중치를 함께 쓰는 층의 이름. 그 층에서 셉니다."},
	KindDoc("again"):         {"What is labelled {0} once more, with the same weights: they are counted there, the work is done again.", "{0}(이)라는 이름의 부분을 같은 가중치로 한 번 더 씁니다. 가중치는 거기서 세고, 연산은 다시 합니다."},
	ChipCount:                {"{0} {1}", "{1} {0}개"},
}
