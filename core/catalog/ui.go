package catalog

// What only the drawn page says: names of regions, buttons and numbers.
const (
	UINetwork       Key = "ui.network"
	UISkip          Key = "ui.skip"
	UINotices       Key = "ui.notices"
	UIRecentHint    Key = "ui.recent-hint"
	UIRecentNone    Key = "ui.recent-none"
	UIRecentDraft   Key = "ui.recent-draft"
	UISealed        Key = "ui.sealed"
	UIErase         Key = "ui.erase"
	UIEraseAll      Key = "ui.erase-all"
	UIErased        Key = "ui.erased"
	UIRestore       Key = "ui.restore"
	UIOwn           Key = "ui.own"
	UIFramework     Key = "ui.framework"
	UIFrameworkHint Key = "ui.framework-hint"
	UITellsTorch    Key = "ui.tells-torch"
	UITellsKeras    Key = "ui.tells-keras"
	UIOtherKeras    Key = "ui.other-keras"
	UIOtherTorch    Key = "ui.other-torch"
	UITellsNoBiases Key = "ui.tells-no-biases"
	UITellsLeast    Key = "ui.tells-least"
	UIOriginal      Key = "ui.original"
	UIGallery       Key = "ui.gallery"
	UIFindCard      Key = "ui.find-card"
	UICards         Key = "ui.cards"
	UICardsWait     Key = "ui.cards-wait"
	UICardsFailed   Key = "ui.cards-failed"
	UINoCard        Key = "ui.no-card"
	UISortBy        Key = "ui.sort-by"
	UIByFamily      Key = "ui.by-family"
	UIByYear        Key = "ui.by-year"
	UIByParams      Key = "ui.by-params"
	UIByMACs        Key = "ui.by-macs"
	UIPlot          Key = "ui.plot"
	UIAllNetworks   Key = "ui.all-networks"
	UICardSays      Key = "ui.card-says"
	UIBegan         Key = "ui.began"
	UIImport        Key = "ui.import"
	UIImportHint    Key = "ui.import-hint"
	UIMenu          Key = "ui.menu"
	UISource        Key = "ui.source"
	UIPublished     Key = "ui.published"
	UIStack         Key = "ui.stack"
	UIViewOf        Key = "ui.view-of"
	UIBiases        Key = "ui.biases"
	UIFlat          Key = "ui.flat"
	UIFlatHint      Key = "ui.flat-hint"
	UILayout        Key = "ui.layout"
	UIBytes         Key = "ui.bytes"
	UITurns         Key = "ui.turns"
	UIMore          Key = "ui.more"
	UIAddHere       Key = "ui.add-here"
	UIAddFirst      Key = "ui.add-first"
	UIAddBelow      Key = "ui.add-below"
	UIGrip          Key = "ui.grip"
	UIFoldIt        Key = "ui.fold-it"
	UIOpenIt        Key = "ui.open-it"
	UIName          Key = "ui.name"
	UINameHint      Key = "ui.name-hint"
	UIFrozen        Key = "ui.frozen"
	UITimes         Key = "ui.times"
	UIRowActions    Key = "ui.row-actions"
	UIMACsOf        Key = "ui.macs-of"
	UIShareOf       Key = "ui.share-of"
	UIRowOut        Key = "ui.row-out"
	UIRowParams     Key = "ui.row-params"
	UIRowNone       Key = "ui.row-none"
	UIParameters    Key = "ui.parameters"
	UIWeights       Key = "ui.weights"
	UIBiasCount     Key = "ui.bias-count"
	UITrainable     Key = "ui.trainable"
	UIFrozenCount   Key = "ui.frozen-count"
	UIBuffers       Key = "ui.buffers"
	UIBuffersHint   Key = "ui.buffers-hint"
	UIBuffersKeras  Key = "ui.buffers-keras"
	UICompute       Key = "ui.compute"
	UIMACs          Key = "ui.macs"
	UIFLOPs         Key = "ui.flops"
	UIMACsHint      Key = "ui.macs-hint"
	UIOutputs       Key = "ui.outputs"
	UIOutputsHint   Key = "ui.outputs-hint"
	UILargest       Key = "ui.largest"
	UIField         Key = "ui.field"
	UIFieldHint     Key = "ui.field-hint"
	UILayers        Key = "ui.layers"
	UIAtLeast       Key = "ui.at-least"
	UITotals        Key = "ui.totals"
	UIText          Key = "ui.text"
	UITextHint      Key = "ui.text-hint"
	UITextGood      Key = "ui.text-good"
	UITextBad       Key = "ui.text-bad"
	UITextAhead     Key = "ui.text-ahead"
	UIPlace         Key = "ui.place"
	UIPalette       Key = "ui.palette"
	UISearch        Key = "ui.search"
	UIAsWritten     Key = "ui.as-written"
	UINothing       Key = "ui.nothing"
	UIHelp          Key = "ui.help"
	UIHelpIntro     Key = "ui.help-intro"
	UIHelpText      Key = "ui.help-text"
	UIHelpMouse     Key = "ui.help-mouse"
	UILicences      Key = "ui.licences"
	UINotation1     Key = "ui.notation-1"
	UINotation2     Key = "ui.notation-2"
	UIThemeNow      Key = "ui.theme-now"
	UIThemeSystem   Key = "ui.theme-system"
	UIThemeLight    Key = "ui.theme-light"
	UIThemeDark     Key = "ui.theme-dark"
	UIWreck         Key = "ui.wreck"
	UIWreckText     Key = "ui.wreck-text"
	UIUnreadable    Key = "ui.unreadable"
	UIDropFile      Key = "ui.drop-file"
	UIIssues        Key = "ui.issues"
	UIScript        Key = "ui.script"
	UIOpenBad       Key = "ui.open-bad"
	UIProgram       Key = "ui.program"
	UIProgramHint   Key = "ui.program-hint"
	UIExpression    Key = "ui.expression"
	UIProgramInput  Key = "ui.program-input"
	UIMake          Key = "ui.make"
	UIHelpTouch     Key = "ui.help-touch"
	UILetters       Key = "ui.letters"
	UIActions       Key = "ui.actions"
	UIFound         Key = "ui.found"
	UIFindHint      Key = "ui.find-hint"
	UIPrevious      Key = "ui.previous"
	UINext          Key = "ui.next"
	UIColLayer      Key = "ui.col-layer"
	UIColOut        Key = "ui.col-out"
	UIColParams     Key = "ui.col-params"
	UIColShare      Key = "ui.col-share"
	UIByText        Key = "ui.by-text"

	UIBegin         Key = "ui.begin"
	UIBeginAdd      Key = "ui.begin-add"
	UIBeginPaste    Key = "ui.begin-paste"
	UIBeginDrop     Key = "ui.begin-drop"
	UIBeginGallery  Key = "ui.begin-gallery"
	UIBeginExample  Key = "ui.begin-example"
	ExampleMLP      Key = "example.mlp"
	ExampleCNN      Key = "example.cnn"
	ExampleResidual Key = "example.residual"
	UILess          Key = "ui.less"
	UIGreater       Key = "ui.greater"
	UINoText        Key = "ui.no-text"
)

var ui = map[Key]Text{
	UINetwork:       {"Network", "네트워크"},
	UISkip:          {"Skip to the layers", "층 목록으로 건너뛰기"},
	UINotices:       {"Notices", "알림"},
	UIRecentHint:    {"Networks you made or changed. They are kept in this browser only.", "직접 만들거나 고친 네트워크입니다. 이 브라우저에만 저장됩니다."},
	UIRecentNone:    {"No networks yet. What you make or change is listed here.", "아직 없습니다. 직접 만들거나 고친 네트워크가 여기에 표시됩니다."},
	UIRecentDraft:   {"with text that cannot be read yet", "아직 읽을 수 없는 텍스트 포함"},
	UISealed:        {"Saved by another version of paramstack", "paramstack의 다른 버전이 저장한 네트워크"},
	UIErase:         {"Erase {0}", "{0} 지우기"},
	UIEraseAll:      {"Erase all", "모두 지우기"},
	UIErased:        {"Networks erased: {0}", "지운 네트워크: {0}개"},
	UIRestore:       {"Restore", "되돌리기"},
	UIGallery:       {"Published networks", "발표된 네트워크"},
	UIFindCard:      {"Search by name, family, year or task", "이름, 계열, 연도, 용도로 검색"},
	UICards:         {"{0} networks", "네트워크 {0}개"},
	UICardsWait:     {"Loading the networks…", "네트워크를 불러오는 중…"},
	UICardsFailed:   {"The networks could not be loaded. Check the connection and open the gallery again.", "네트워크를 불러오지 못했습니다. 연결을 확인하고 다시 여세요."},
	UINoCard:        {"No network matches. Try a family such as ResNet, ViT or VGG.", "검색 결과가 없습니다. ResNet, ViT, VGG 같은 계열 이름으로 검색해 보세요."},
	UISortBy:        {"Sort by", "정렬"},
	UIByFamily:      {"family", "계열"},
	UIByYear:        {"year", "연도"},
	UIByParams:      {"parameters", "파라미터"},
	UIByMACs:        {"MACs", "MAC"},
	UIPlot:          {"Parameters (horizontal) and multiply-accumulates (vertical), both on logarithmic scales. Each dot opens a network; its colour shows which family of layers has most of its parameters.", "가로축은 파라미터 수, 세로축은 MAC이며 둘 다 로그 눈금입니다. 점을 누르면 네트워크가 열립니다. 색은 파라미터가 가장 많은 층의 종류입니다."},
	UIAllNetworks:   {"All networks…", "모든 네트워크…"},
	UICardSays:      {"{0}: {1} parameters, {2} MACs", "{0}: 파라미터 {1}개, MAC {2}회"},
	UIFramework:     {"Counting convention", "계산 방식"},
	UIFrameworkHint: {"PyTorch: batch normalization has 2C parameters and its statistics are buffers; recurrent layers have two biases; shapes are C×H×W. Keras: batch normalization has 4C parameters, half of them non-trainable; one bias; H×W×C.", "PyTorch: 배치 정규화의 파라미터는 2C개이고 통계는 버퍼, 순환층의 편향은 두 벌, 모양은 C×H×W. Keras: 배치 정규화의 파라미터 4C개 중 절반은 학습하지 않음, 편향은 한 벌, 모양은 H×W×C."},
	UITellsTorch:    {"Equals sum(p.numel() for p in model.parameters()) in PyTorch, and Total params in torchinfo.", "PyTorch의 sum(p.numel() for p in model.parameters()), torchinfo의 Total params와 같은 수입니다."},
	UIOtherKeras:    {"Keras counts {0}", "Keras 방식: {0}"},
	UIOtherTorch:    {"PyTorch counts {0}", "PyTorch 방식: {0}"},
	UITellsKeras:    {"Equals Total params of model.summary() in Keras, without the variables of an optimizer.", "Keras의 model.summary()가 출력하는 Total params와 같은 수입니다. 옵티마이저 변수는 세지 않습니다."},
	UITellsNoBiases: {"Biases are excluded here; PyTorch and Keras count them as parameters.", "편향을 빼고 센 수입니다. PyTorch와 Keras는 편향도 파라미터로 셉니다."},
	UITellsLeast:    {"The layers marked “not counted” are missing from these numbers; a framework would report more.", "“셀 수 없음”으로 표시된 층은 이 수에 들어 있지 않습니다. 프레임워크에서는 더 큰 수가 나옵니다."},
	UIOriginal:      {"About the original, before your changes:", "수정하기 전 원본에 대한 설명:"},
	UIOwn:           {"Your own network", "직접 만든 네트워크"},
	UIBegan:         {"based on {0}", "{0}을(를) 바탕으로 함"},
	UIImport:        {"Open a file", "파일 열기"},
	UIImportHint:    {"Open a network from a file. You can also drop files anywhere on the page.", "파일에서 네트워크를 엽니다. 파일을 페이지 아무 데나 끌어다 놓아도 됩니다."},
	UIMenu:          {"More", "더 보기"},
	UISource:        {"Source", "출처"},
	UIPublished:     {"Published: {0} parameters.", "발표된 파라미터 수: {0}."},
	UIStack:         {"Layers", "층 목록"},
	UIViewOf:        {"View options", "보기 설정"},
	UIBiases:        {"Count biases", "편향 포함"},
	UIFlat:          {"6·6·256 as 9216", "6·6·256을 9216으로"},
	UIFlatHint:      {"Show the size of a flattened feature map as one number.", "평탄화한 특징 맵의 크기를 하나의 수로 표시합니다."},
	UILayout:        {"Dimension order of shapes", "모양의 차원 순서"},
	UIBytes:         {"Unit for sizes", "크기 단위"},
	UITurns:         {"Every repetition", "반복 모두 보기"},
	UIMore:          {"Show {0} more rows", "{0}행 더 보기"},
	UIAddHere:       {"Add a layer here", "여기에 층 추가"},
	UIAddFirst:      {"Add a layer at the end", "맨 끝에 층 추가"},
	UIAddBelow:      {"Add below", "아래에 추가"},
	UIGrip:          {"Drag to move", "끌어서 옮기기"},
	UIFoldIt:        {"Fold", "접기"},
	UIOpenIt:        {"Unfold", "펼치기"},
	UIName:          {"Name", "이름"},
	UINameHint:      {"Add a name", "이름 추가"},
	UIFrozen:        {"frozen", "동결"},
	UITimes:         {"repeated {0} times", "{0}번 반복"},
	UIRowActions:    {"Actions for {0}", "{0} 작업"},
	UIMACsOf:        {"MACs", "MAC"},
	UIShareOf:       {"{0} of all parameters", "전체 파라미터의 {0}"},
	UIRowOut:        {"output {0}", "출력 {0}"},
	UIRowParams:     {"{0} parameters", "파라미터 {0}개"},
	UIRowNone:       {"no parameters", "파라미터 없음"},
	UIParameters:    {"Parameters", "파라미터"},
	UIWeights:       {"weights", "가중치"},
	UIBiasCount:     {"biases", "편향"},
	UITrainable:     {"trainable", "학습 가능"},
	UIFrozenCount:   {"frozen", "동결"},
	UIBuffers:       {"buffers", "버퍼"},
	UIBuffersHint:   {"Stored with the network but not trained, so not counted as parameters: the running statistics and counters of batch normalization.", "네트워크와 함께 저장되지만 학습하지 않으므로 파라미터로 세지 않습니다. 배치 정규화의 이동 통계와 카운터입니다."},
	UICompute:       {"Computation, one image", "연산량, 이미지 한 장"},
	UIMACs:          {"MACs", "MAC"},
	UIFLOPs:         {"FLOPs", "FLOP"},
	UIMACsHint:      {"A MAC is one multiply-accumulate; a FLOP is one operation, so there are twice as many. Only weights are counted, not biases.", "MAC은 곱셈-누산 한 번, FLOP은 연산 한 번이므로 FLOP 수는 두 배입니다. 가중치의 연산만 세고 편향은 세지 않습니다."},
	UIOutputs:       {"activations", "활성값"},
	UIOutputsHint:   {"All layer outputs for one image in fp32. In-place layers such as ReLU need no extra memory.", "이미지 한 장에 대한 모든 층의 출력(fp32). ReLU처럼 제자리에서(in-place) 계산하는 층은 세지 않습니다."},
	UILargest:       {"largest output", "가장 큰 출력"},
	UIField:         {"receptive field", "수용 영역"},
	UIFieldHint:     {"The part of the input, in pixels, that one cell of the last feature map depends on.", "마지막 특징 맵의 한 칸이 영향을 받는 입력 영역(픽셀)."},
	UIBuffersKeras:  {"The moving statistics of batch normalization. Keras counts them as non-trainable parameters.", "배치 정규화의 이동 통계입니다. Keras에서는 학습하지 않는 파라미터로 셉니다."},
	UILayers:        {"layers with weights", "가중치가 있는 층"},
	UIAtLeast:       {"Minimum: some layers could not be counted.", "최솟값: 셀 수 없는 층이 있습니다."},
	UITotals:        {"Totals", "합계"},
	UIText:          {"Stack text", "스택 텍스트"},
	UITextHint:      {"The network in text form. Edit it here, and the blocks are updated.", "네트워크를 텍스트로 쓴 것입니다. 여기서 고치면 블록에도 반영됩니다."},
	UITextGood:      {"in sync with the blocks", "블록과 일치함"},
	UITextAhead:     {"not applied yet", "아직 반영되지 않음"},
	UITextBad:       {"The blocks are updated once the text is valid.", "텍스트의 오류를 고치면 블록에 반영됩니다."},
	UIPlace:         {"line {0}, column {1}", "{0}행 {1}열"},
	UIPalette:       {"Add a layer", "층 추가"},
	UISearch:        {"Search, or write: conv 64 k3 p1; relu", "검색하거나 쓰기: conv 64 k3 p1; relu"},
	UIAsWritten:     {"Add what you wrote", "쓴 대로 추가"},
	UINothing:       {"No layer matches. Try conv, pool, norm or residual.", "검색 결과가 없습니다. 합성곱, 풀링, 정규화, 잔차로 검색해 보세요."},
	UIHelp:          {"Shortcuts and help", "단축키와 도움말"},
	UIHelpIntro:     {"Click a value to change it. Hover over a coloured number to see what it is and where it comes from.", "값을 누르면 바꿀 수 있습니다. 색이 있는 수에 마우스를 올리면 무엇이고 어디에서 왔는지 볼 수 있습니다."},
	UIHelpText:      {"Notation", "표기법"},
	UIHelpMouse:     {"In a field, ↑ and ↓ change the number, Tab moves to the next field, and Esc cancels.", "입력란에서 ↑와 ↓는 수를 바꾸고, Tab은 다음 칸으로 이동하고, Esc는 취소합니다."},
	UINotation1:     {"width, kernel, stride", "필터 수, 커널, 스트라이드"},
	UINotation2:     {"padding, groups", "패딩, 그룹"},
	UILicences:      {"Software licences", "소프트웨어 라이선스"},
	UIThemeNow:      {"Theme: {0}", "테마: {0}"},
	UIThemeSystem:   {"system", "시스템"},
	UIThemeLight:    {"light", "밝게"},
	UIThemeDark:     {"dark", "어둡게"},
	UIWreck:         {"The page could not be displayed.", "페이지를 표시할 수 없습니다."},
	UIWreckText:     {"Your network is below as text. Copy it, then reload the page.", "아래에 네트워크가 텍스트로 있습니다. 복사한 뒤 페이지를 새로고침하세요."},
	UIUnreadable:    {"the browser could not read it.", "브라우저가 읽지 못했습니다."},
	UIDropFile:      {"Drop the file to open it", "파일을 여기에 놓으면 열립니다"},
	UIIssues:        {"Problems: {0}", "문제: {0}개"},
	UIBegin:         {"How to begin", "시작하는 방법"},
	UIBeginAdd:      {"Add layers one by one, or press A.", "층을 하나씩 추가합니다. A 키를 눌러도 됩니다."},
	UIBeginPaste:    {"Paste a network anywhere on the page: stack text, a printed PyTorch or Keras model, a table of layers, a link.", "네트워크를 페이지 아무 데나 붙여넣습니다. 스택 텍스트, PyTorch나 Keras가 출력한 내용, 층의 표, 링크를 읽습니다."},
	UIBeginDrop:     {"Open a file of Keras, PyTorch, ONNX, Caffe or Darknet, or drop it on the page.", "Keras, PyTorch, ONNX, Caffe, Darknet 파일을 열거나 페이지에 끌어다 놓습니다."},
	UIBeginGallery:  {"Choose a published network, and change it.", "발표된 네트워크를 골라 고칩니다."},
	UIBeginExample:  {"Or change a small example:", "작은 예제를 고쳐 볼 수도 있습니다."},
	ExampleMLP:      {"Fully connected network", "완전 연결 네트워크"},
	ExampleCNN:      {"Convolutional network", "합성곱 네트워크"},
	ExampleResidual: {"Residual block", "잔차 블록"},
	UILess:          {"one less", "1 줄이기"},
	UIGreater:       {"one more", "1 늘리기"},

	UIFindHint:  {"name, kind or number", "이름, 종류, 수"},
	UIHelpTouch: {"On a touch screen: tap a row to select it, then tap its values to change them. Tap a coloured number to see what it is. “Actions” has everything that can be done with a row; drag it by the handle at its left.", "터치 화면에서는 행을 눌러 선택한 다음 값을 눌러 바꿉니다. 색이 있는 수를 누르면 설명이 나옵니다. 행으로 할 수 있는 일은 “작업”에 모두 있고, 왼쪽 손잡이를 끌면 행이 옮겨집니다."},
	UILetters:   {"Shortcuts of a single letter", "한 글자 단축키"},
	UIActions:   {"Actions", "작업"},
	UIFound:     {"matches", "검색 결과"},
	UIPrevious:  {"previous", "이전"},
	UINext:      {"next", "다음"},
	UIColLayer:  {"layer", "층"},
	UIColOut:    {"output", "출력"},
	UIColParams: {"parameters", "파라미터"},
	UIColShare:  {"share of parameters (thick bar) and of MACs (thin bar)", "파라미터 비율(굵은 막대)과 MAC 비율(가는 막대)"},
	UIByText:    {"in the order of the network", "네트워크 순서대로"},
	UIScript:    {"Text passed by the script", "스크립트가 전달한 텍스트"},
	UINoText:    {"The argument must be a string: a network as stack text.", "인자는 네트워크를 스택 텍스트로 쓴 문자열이어야 합니다."},

	UIOpenBad:      {"The call must have this form: {0}.", "다음 형태로 호출해야 합니다: {0}."},
	UIProgram:      {"Python source: {0}", "Python 소스: {0}"},
	UIProgramHint:  {"The program defines these. Choose one, fill in its arguments, and make it.", "프로그램에 정의된 것들입니다. 하나를 고르고 인수를 채운 뒤 만드세요."},
	UIExpression:   {"What to make", "만들 네트워크"},
	UIProgramInput: {"Input of one sample (empty: as the program states it)", "샘플 하나의 입력(비우면 프로그램에 적힌 대로)"},
	UIMake:         {"Make", "만들기"},
}
