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
	CmdRecent     Key = "cmd.recent"
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

	CmdRowMenu     Key = "cmd.row-menu"
	CmdCopyRows    Key = "cmd.copy-rows"
	CmdCopyFormula Key = "cmd.copy-formula"
	CmdCopyNumber  Key = "cmd.copy-number"
	CmdFind        Key = "cmd.find"
	CmdProblem     Key = "cmd.problem"
	CmdSortParams  Key = "cmd.sort-params"
	CmdSortMACs    Key = "cmd.sort-macs"
	CmdTitle       Key = "cmd.title"

	NoticeDeleted     Key = "notice.deleted"
	NoticeDeletedMany Key = "notice.deleted-many"
	NoticeBadName     Key = "notice.bad-name"

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
	NoticeAside         Key = "notice.aside"
	NoticeBefore        Key = "notice.before"
	NoticeNotTaken      Key = "notice.not-taken"
	NoticeFiles         Key = "notice.files"
	NoticeSealed        Key = "notice.sealed"
	NoticeFull          Key = "notice.full"
	NoticeMadeRoom      Key = "notice.made-room"
	NoticeGone          Key = "notice.gone"
	NoticeAsSent        Key = "notice.as-sent"
	CountedTorch        Key = "counted.torch"
	CountedTorchBare    Key = "counted.torch-bare"
	CountedKeras        Key = "counted.keras"
	CountedKerasBare    Key = "counted.keras-bare"
	NoticeNotNeighbours Key = "notice.not-neighbours"
	NoticeTooDeep       Key = "notice.too-deep"

	ActReload     Key = "act.reload"
	ActLater      Key = "act.later"
	ActUseOwn     Key = "act.use-own"
	ActCountKeras Key = "act.count-keras"
	ActCountTorch Key = "act.count-torch"
	ActChoose     Key = "act.choose"
	ActTakeOffer  Key = "act.take-offer"
	ActBefore     Key = "act.before"

	LessonPicture       Key = "lesson.picture"
	LessonPictureDense  Key = "lesson.picture-dense"
	LessonPictureBroken Key = "lesson.picture-broken"
	LessonMapSmaller    Key = "lesson.map-smaller"
	LessonMapLarger     Key = "lesson.map-larger"

	AnnounceTotal Key = "announce.total"
	AnnounceWhy   Key = "announce.why"
	DidUndo       Key = "did.undo"
	DidRedo       Key = "did.redo"
	DidDelete     Key = "did.delete"
	DidDuplicate  Key = "did.duplicate"
	DidMove       Key = "did.move"
	DidWrap       Key = "did.wrap"
	DidUnwrap     Key = "did.unwrap"
	DidPath       Key = "did.path"
	DidFreeze     Key = "did.freeze"
	DidThaw       Key = "did.thaw"
	DidAdd        Key = "did.add"
	DidFold       Key = "did.fold"
	DidUnroll     Key = "did.unroll"
	DidSeveral    Key = "did.several"
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
	SectionRow:   {"Selection", "선택한 항목"},
	SectionView:  {"Navigation and folding", "이동과 접기"},
	SectionPage:  {"Page", "페이지"},

	CmdUndo:       {"Undo", "실행 취소"},
	CmdRedo:       {"Redo", "다시 실행"},
	CmdNew:        {"New network", "새 네트워크"},
	CmdExport:     {"Export: code, tables, derivation", "내보내기: 코드, 표, 풀이"},
	CmdRecent:     {"Recent networks", "최근 네트워크"},
	CmdGallery:    {"All networks", "모든 네트워크"},
	CmdAdd:        {"Add a layer", "층 추가"},
	CmdShare:      {"Share link", "링크 공유"},
	CmdDownload:   {"Save as a file", "파일로 저장"},
	CmdEdit:       {"Edit", "편집"},
	CmdRename:     {"Rename", "이름 바꾸기"},
	CmdDuplicate:  {"Duplicate", "복제"},
	CmdDelete:     {"Delete", "삭제"},
	CmdUp:         {"Move up", "위로 이동"},
	CmdDown:       {"Move down", "아래로 이동"},
	CmdRepeat:     {"Wrap in a repeat", "반복으로 묶기"},
	CmdSkip:       {"Add a residual connection", "잔차 연결 추가"},
	CmdUnwrap:     {"Ungroup the block", "블록 해제"},
	CmdPath:       {"Add a path", "경로 추가"},
	CmdFreeze:     {"Freeze or unfreeze", "동결·해제"},
	CmdPrev:       {"Previous row", "이전 행"},
	CmdNext:       {"Next row", "다음 행"},
	CmdExtendUp:   {"Extend the selection up", "위로 선택 확장"},
	CmdExtendDown: {"Extend the selection down", "아래로 선택 확장"},
	CmdFold:       {"Fold or unfold", "접기·펼치기"},
	CmdFoldAll:    {"Fold all", "모두 접기"},
	CmdOpenAll:    {"Unfold all", "모두 펼치기"},
	CmdUnroll:     {"Show every repetition", "반복을 모두 펼쳐 보기"},
	CmdHelp:       {"Shortcuts and help", "단축키와 도움말"},
	CmdTheme:      {"Light, dark or system theme", "밝은 테마, 어두운 테마, 시스템 테마"},
	CmdLang:       {"English · 한국어", "한국어 · English"},
	CmdClose:      {"Close", "닫기"},

	CmdRowMenu:     {"Menu of the row", "행 메뉴"},
	CmdCopyRows:    {"Copy as stack text", "스택 텍스트로 복사"},
	CmdCopyFormula: {"Copy the formula", "식 복사"},
	CmdCopyNumber:  {"Copy the number", "수 복사"},
	CmdFind:        {"Find in the network", "네트워크에서 찾기"},
	CmdProblem:     {"Next problem", "다음 문제"},
	CmdSortParams:  {"Sort by parameters", "파라미터순으로 정렬"},
	CmdSortMACs:    {"Sort by MACs", "MAC순으로 정렬"},
	CmdTitle:       {"Rename the network", "네트워크 이름 바꾸기"},

	NoticeDeleted:     {"Deleted {0}.", "{0}을(를) 삭제했습니다."},
	NoticeDeletedMany: {"Deleted items: {0}.", "항목 {0}개를 삭제했습니다."},
	NoticeBadName:     {"{0} cannot be a name: the stack text would read it as {1}. The name ends at # and at a line break.", "{0}은(는) 이름으로 쓸 수 없습니다. 스택 텍스트에서는 {1}(으)로 읽힙니다. 이름은 #이나 줄바꿈에서 끝납니다."},

	NoticeShared:        {"Link copied ({0} characters). It contains the whole network.", "링크를 복사했습니다({0}자). 링크에 네트워크 전체가 들어 있습니다."},
	NoticeShareFailed:   {"The browser blocked copying. Copy the link manually: {0}", "브라우저가 복사를 막았습니다. 링크를 직접 복사하세요: {0}"},
	NoticeNewVersion:    {"A new version of paramstack is available. Your network is kept.", "paramstack의 새 버전이 있습니다. 네트워크는 그대로 유지됩니다."},
	NoticeFailed:        {"An internal error occurred, and the last action was not performed. Your network is unchanged. ({0})", "내부 오류가 발생해 마지막 동작을 실행하지 못했습니다. 네트워크는 바뀌지 않았습니다. ({0})"},
	NoticeFileFailed:    {"{0} could not be read: {1}", "{0}을(를) 읽을 수 없습니다: {1}"},
	NoticeNoPreset:      {"There is no network called {0}. Choose one from the list.", "{0}(이)라는 네트워크는 없습니다. 목록에서 고르세요."},
	NoticeTextBad:       {"{0}, line {1}, column {2}: {3} Your network is unchanged.", "{0}, {1}행 {2}열: {3} 네트워크는 바뀌지 않았습니다."},
	NoticeTextEmpty:     {"{0} contains no layers. Write one per line, such as input 3x224x224. Your network is unchanged.", "{0}에 층이 없습니다. input 3x224x224처럼 한 줄에 하나씩 쓰세요. 네트워크는 바뀌지 않았습니다."},
	NoticeLoaded:        {"Opened {0}. Undo restores the previous network.", "{0}을(를) 열었습니다. 실행 취소를 누르면 이전 네트워크로 돌아갑니다."},
	NoticeOffer:         {"Continue with your last network, {0}?", "지난번에 작업하던 {0}을(를) 계속할까요?"},
	NoticeAside:         {"The text that could not be read is kept with the recent networks.", "읽을 수 없던 텍스트는 최근 네트워크에 보관했습니다."},
	NoticeBefore:        {"New network. The previous one, {0}, is kept.", "새 네트워크입니다. 이전 네트워크 {0}은(는) 보관되어 있습니다."},
	NoticeNotTaken:      {"{0} was not used: {1}", "{0}은(는) 쓰지 않았습니다: {1}"},
	NoticeFiles:         {"Files opened: {0} of {1}. The last one is shown; all are among the recent networks.", "파일 {1}개 중 {0}개를 열었습니다. 마지막 것을 표시하며, 모두 최근 네트워크에 있습니다."},
	NoticeSealed:        {"This network was saved by another version of paramstack, and this version cannot read it. It stays as it is.", "paramstack의 다른 버전이 저장한 네트워크라서 이 버전에서는 읽을 수 없습니다. 저장된 내용은 그대로 둡니다."},
	NoticeFull:          {"This network is not saved: the browser's storage for this page is full. Save it as a file, or erase recent networks.", "이 페이지에 허용된 브라우저 저장 공간이 가득 차서 네트워크를 저장하지 못했습니다. 파일로 저장하거나 최근 네트워크를 지우세요."},
	NoticeMadeRoom:      {"The storage is full. The oldest unnamed networks were erased to make room: {0}.", "저장 공간이 가득 차서 이름 없는 네트워크를 오래된 것부터 {0}개 지웠습니다."},
	NoticeGone:          {"This item no longer exists.", "이 항목은 이제 없습니다."},
	NoticeAsSent:        {"This network is counted as its sender counted it: {0}.", "보낸 사람의 설정대로 셉니다: {0}."},
	CountedTorch:        {"as PyTorch does, with biases", "PyTorch 방식, 편향 포함"},
	CountedTorchBare:    {"as PyTorch does, without biases", "PyTorch 방식, 편향 제외"},
	CountedKeras:        {"as Keras does, with biases", "Keras 방식, 편향 포함"},
	CountedKerasBare:    {"as Keras does, without biases", "Keras 방식, 편향 제외"},
	NoticeTooDeep:       {"Blocks may be nested at most {0} deep. Add this to an outer block instead.", "블록은 {0}단계까지만 중첩할 수 있습니다. 더 바깥쪽 블록에 추가하세요."},
	NoticeNotNeighbours: {"Only adjacent layers can be wrapped. Select layers that follow each other in the same block.", "이웃한 층만 묶을 수 있습니다. 같은 블록 안에서 이어진 층을 선택하세요."},

	ActReload:     {"Reload", "새로고침"},
	ActLater:      {"Later", "나중에"},
	ActUseOwn:     {"Use my settings", "내 설정으로 보기"},
	ActCountKeras: {"Count as Keras does", "Keras 방식으로 세기"},
	ActChoose:     {"Choose what to make", "만들 네트워크 고르기"},
	ActCountTorch: {"Count as PyTorch does", "PyTorch 방식으로 세기"},
	ActTakeOffer:  {"Open", "열기"},
	ActBefore:     {"Go back to it", "이전 네트워크로 돌아가기"},

	LessonPicture:       {"The image size changed from {0} to {1}, but the parameters of the convolutions ({2} in all) stayed the same: a kernel does not depend on the image size. Only computation and memory changed.", "이미지 크기가 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 커널은 이미지 크기와 관계가 없기 때문입니다. 연산량과 메모리만 바뀌었습니다."},
	LessonPictureDense:  {"The image size changed from {0} to {1}, but the parameters of the convolutions ({2} in all) stayed the same. {3}, however, has a weight for every position of the feature map: {4} → {5}.", "이미지 크기가 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 그러나 {3}은(는) 특징 맵의 위치마다 가중치가 있어서 {4} → {5}(으)로 바뀌었습니다."},
	LessonPictureBroken: {"The image size changed from {0} to {1}, but the parameters of the convolutions ({2} in all) stayed the same: a kernel does not depend on the image size.", "이미지 크기가 {0}에서 {1}(으)로 바뀌었지만 합성곱 {2}개의 파라미터 수는 그대로입니다. 커널은 이미지 크기와 관계가 없기 때문입니다."},

	LessonMapSmaller: {"The feature map that {0} receives went from {1} to {2}, and {0} has a weight for every position of it: {3} → {4} parameters, {5} times fewer.", "{0}이(가) 받는 특징 맵이 {1}에서 {2}(으)로 바뀌었습니다. {0}에는 맵의 위치마다 가중치가 있으므로 파라미터도 {3} → {4}, {5}분의 1로 줄었습니다."},
	LessonMapLarger:  {"The feature map that {0} receives went from {1} to {2}, and {0} has a weight for every position of it: {3} → {4} parameters, {5} times as many.", "{0}이(가) 받는 특징 맵이 {1}에서 {2}(으)로 바뀌었습니다. {0}에는 맵의 위치마다 가중치가 있으므로 파라미터도 {3} → {4}, {5}배로 늘었습니다."},

	AnnounceTotal:            {"{0}: {1} parameters", "{0}: 파라미터 {1}개"},
	AnnounceWhy:              {"At least, because of {0}: {1}", "{0} 때문에 최솟값입니다: {1}"},
	DidUndo:                  {"Undone", "실행 취소함"},
	DidRedo:                  {"Redone", "다시 실행함"},
	DidDelete:                {"Deleted {0}", "{0} 삭제함"},
	DidDuplicate:             {"Duplicated {0}", "{0} 복제함"},
	DidMove:                  {"Moved {0}", "{0} 이동함"},
	DidWrap:                  {"Wrapped {0}", "{0} 묶음"},
	DidUnwrap:                {"Ungrouped {0}", "{0} 블록 해제함"},
	DidPath:                  {"Path added", "경로 추가함"},
	DidFreeze:                {"Froze {0}", "{0} 동결함"},
	DidThaw:                  {"Unfroze {0}", "{0} 동결 해제함"},
	DidAdd:                   {"Added {0}", "{0} 추가함"},
	DidFold:                  {"Rows shown: {0}", "표시한 행: {0}개"},
	DidUnroll:                {"Every repetition shown, rows: {0}", "반복을 모두 표시함, 행: {0}개"},
	DidSeveral:               {"rows ({0})", "행 {0}개"},
	Untitled:                 {"Untitled network", "이름 없는 네트워크"},
	TurnOne:                  {"repetition {0}", "반복 {0}"},
	TurnSeveral:              {"repetitions {0} to {1}, each", "반복 {0}~{1}, 각각"},
	PathTitle:                {"path {0}", "경로 {0}"},
	PathFrom:                 {"starts from the output of {0}", "{0}의 출력에서 시작"},
	PathIdentity:             {"identity (skip connection)", "입력을 그대로 전달(스킵 연결)"},
	NotCounted:               {"not counted", "셀 수 없음"},
	RowBuffers:               {"buffers: {0}", "버퍼: {0}"},
	Sees:                     {"receptive field {0}", "수용 영역 {0}"},
	SeesAll:                  {"sees the whole input", "입력 전체를 봄"},
	ChipNo:                   {"no {0}", "{0} 없음"},
	ChipUnset:                {"{0} –", "{0} –"},
	FieldUnset("stride"):     {"stride = kernel", "스트라이드 = 커널"},
	FieldUnset("normalized"): {"over the last dimension", "마지막 차원에 대해"},
	OwnWeights:               {"own weights", "자체 가중치"},
	SharedWeights:            {"shared weights", "가중치 공유"},
	WeightsOf:                {"weights of {0}", "{0}의 가중치"},
	CountedAt:                {"counted in {0}", "{0}에서 셈"},
	FieldName("shared"):      {"shared", "가중치 공유"},
	FieldDoc("shared"):       {"All repetitions use the weights of the first, which are counted once.", "모든 반복이 첫 반복의 가중치를 공유하며, 한 번만 셉니다."},
	FieldName("shares"):      {"shares", "공유할 층"},
	FieldDoc("shares"):       {"The label of the layer whose weights are used. They are counted there.", "가중치를 공유할 층의 이름. 가중치는 그 층에서 셉니다."},
	KindDoc("again"):         {"Applies {0} once more with the same weights. They are counted there, but the computation is done again.", "{0}을(를) 같은 가중치로 한 번 더 적용합니다. 가중치는 거기서 세고, 연산은 다시 합니다."},
	ChipCount:                {"{0} {1}", "{1} {0}개"},
}
