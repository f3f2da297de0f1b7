package catalog

// What only the drawn page says: names of regions, buttons and numbers.
const (
	UINetwork       Key = "ui.network"
	UIOwn           Key = "ui.own"
	UIFramework     Key = "ui.framework"
	UIFrameworkHint Key = "ui.framework-hint"
	UITellsTorch    Key = "ui.tells-torch"
	UITellsKeras    Key = "ui.tells-keras"
	UITellsNoBiases Key = "ui.tells-no-biases"
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
	UIPlace         Key = "ui.place"
	UIPalette       Key = "ui.palette"
	UISearch        Key = "ui.search"
	UINothing       Key = "ui.nothing"
	UIHelp          Key = "ui.help"
	UIHelpIntro     Key = "ui.help-intro"
	UIHelpText      Key = "ui.help-text"
	UIHelpMouse     Key = "ui.help-mouse"
	UILicences      Key = "ui.licences"
	UIThemeNow      Key = "ui.theme-now"
	UIThemeSystem   Key = "ui.theme-system"
	UIThemeLight    Key = "ui.theme-light"
	UIThemeDark     Key = "ui.theme-dark"
	UIWreck         Key = "ui.wreck"
	UIWreckText     Key = "ui.wreck-text"
	UITooLarge      Key = "ui.too-large"
	UIUnreadable    Key = "ui.unreadable"
	UIDropFile      Key = "ui.drop-file"
	UIIssues        Key = "ui.issues"
	UIScript        Key = "ui.script"
)

var ui = map[Key]Text{
	UINetwork:       {"Network", "네트워크"},
	UIGallery:       {"Published networks", "발표된 네트워크"},
	UIFindCard:      {"Search by name, family, year, task", "이름, 계열, 연도, 용도로 찾기"},
	UICards:         {"{0} networks", "네트워크 {0}개"},
	UICardsWait:     {"Fetching the networks…", "네트워크를 불러오는 중…"},
	UICardsFailed:   {"The networks could not be fetched. Check the connection and open the gallery again.", "네트워크를 불러오지 못했습니다. 연결을 확인하고 다시 열어 주세요."},
	UINoCard:        {"No network matches. Try a family: ResNet, ViT, VGG.", "맞는 네트워크가 없습니다. ResNet, ViT, VGG 같은 계열 이름으로 찾아보세요."},
	UISortBy:        {"Sort by", "정렬"},
	UIByFamily:      {"family", "계열"},
	UIByYear:        {"year", "연도"},
	UIByParams:      {"parameters", "파라미터"},
	UIByMACs:        {"MACs", "연산량"},
	UIPlot:          {"Parameters (across) against multiply-accumulates (up), both logarithmic. Each dot opens a network; its colour says which family of layers holds most of its parameters.", "가로는 파라미터, 세로는 곱셈-누산 횟수(둘 다 로그). 점을 누르면 그 네트워크가 열립니다. 색은 파라미터가 가장 많은 층의 계열입니다."},
	UIAllNetworks:   {"All networks…", "모든 네트워크…"},
	UICardSays:      {"{0}: {1} parameters, {2} MACs", "{0}: 파라미터 {1}개, {2} MAC"},
	UIFramework:     {"Counted as in", "세는 방식"},
	UIFrameworkHint: {"PyTorch: batch norm has 2C parameters, its statistics are buffers; recurrent layers have two biases; C×H×W. Keras: batch norm has 4C, half of them not trained; one bias; H×W×C.", "PyTorch: 배치 정규화 파라미터는 2C개이고 통계는 버퍼, 순환 층의 편향은 두 벌, C×H×W. Keras: 배치 정규화 4C개 중 절반은 학습하지 않음, 편향 한 벌, H×W×C."},
	UITellsTorch:    {"The number that sum(p.numel() for p in model.parameters()) gives in PyTorch, and torchinfo as Total params.", "PyTorch의 sum(p.numel() for p in model.parameters())와 torchinfo의 Total params가 내는 수입니다."},
	UITellsKeras:    {"The number that model.summary() prints in Keras as Total params, before an optimizer adds its own.", "Keras의 model.summary()가 Total params로 내는 수입니다. 옵티마이저 변수는 빼고 셉니다."},
	UITellsNoBiases: {"Without biases, which PyTorch and Keras count as parameters too.", "편향을 뺀 수입니다. PyTorch와 Keras는 편향도 파라미터로 셉니다."},
	UIOwn:           {"Your own network", "내가 만든 네트워크"},
	UIBegan:         {"began as {0}", "{0}에서 시작함"},
	UIImport:        {"Open a file", "파일 열기"},
	UIImportHint:    {"Open a stack text from a file. You can also drop it anywhere on the page.", "스택 텍스트 파일을 엽니다. 페이지 아무 데나 끌어다 놓아도 됩니다."},
	UIMenu:          {"More", "더 보기"},
	UISource:        {"Source", "출처"},
	UIPublished:     {"Published: {0} parameters.", "발표된 파라미터 수: {0}."},
	UIStack:         {"The stack of layers", "층의 스택"},
	UIViewOf:        {"How it is shown", "보기 설정"},
	UIBiases:        {"Count biases", "편향 포함"},
	UIFlat:          {"6·6·256 as 9216", "6·6·256을 9216으로"},
	UIFlatHint:      {"Write what a flatten laid in one row as one number.", "펼친 맵을 하나의 수로 씁니다."},
	UILayout:        {"Order of shapes", "모양의 순서"},
	UIBytes:         {"Unit of sizes", "크기 단위"},
	UITurns:         {"Every turn", "반복 모두 보기"},
	UIMore:          {"Show {0} more rows", "{0}줄 더 보기"},
	UIAddHere:       {"Add a layer here", "여기에 층 추가"},
	UIAddFirst:      {"Add a layer at the end", "맨 끝에 층 추가"},
	UIAddBelow:      {"Add below", "아래에 추가"},
	UIGrip:          {"Drag to move", "끌어서 옮기기"},
	UIFoldIt:        {"Fold", "접기"},
	UIOpenIt:        {"Unfold", "펴기"},
	UIName:          {"Name", "이름"},
	UINameHint:      {"Give it a name", "이름 짓기"},
	UIFrozen:        {"frozen", "고정됨"},
	UITimes:         {"stands {0} times", "{0}번 나옴"},
	UIRowActions:    {"What can be done with {0}", "{0}에 할 수 있는 것"},
	UIMACsOf:        {"MACs", "MAC"},
	UIShareOf:       {"{0} of all parameters", "전체 파라미터의 {0}"},
	UIRowOut:        {"output {0}", "출력 {0}"},
	UIRowParams:     {"{0} parameters", "파라미터 {0}개"},
	UIRowNone:       {"no parameters", "파라미터 없음"},
	UIParameters:    {"Parameters", "파라미터"},
	UIWeights:       {"weights", "가중치"},
	UIBiasCount:     {"biases", "편향"},
	UITrainable:     {"trainable", "학습함"},
	UIFrozenCount:   {"frozen", "고정됨"},
	UIBuffers:       {"buffers", "버퍼"},
	UIBuffersHint:   {"Stored with the network but not learned, so not parameters: batch norm’s running statistics and its counters.", "함께 저장되지만 배우지 않으므로 파라미터가 아닙니다: 배치 정규화의 이동 통계와 횟수."},
	UICompute:       {"Compute, one image", "연산량, 그림 한 장"},
	UIMACs:          {"MACs", "MAC"},
	UIFLOPs:         {"FLOPs", "FLOP"},
	UIMACsHint:      {"A MAC is one multiply–accumulate; a FLOP is one operation, so twice as many. Weights × positions, biases left out.", "MAC은 곱하고 더하기 한 번, FLOP은 연산 한 번이라 두 배입니다. 가중치 × 위치, 편향은 뺍니다."},
	UIOutputs:       {"activations", "활성값"},
	UIOutputsHint:   {"All outputs of one image at fp32. What works in place, such as ReLU, takes none of its own.", "그림 한 장의 모든 출력(fp32). ReLU처럼 제자리에서 하는 것은 따로 세지 않습니다."},
	UILargest:       {"largest one", "가장 큰 것"},
	UIField:         {"receptive field", "수용 영역"},
	UIFieldHint:     {"How many pixels the last map’s cells see.", "마지막 맵의 한 칸이 보는 픽셀."},
	UIBuffersKeras:  {"Batch norm’s running statistics: in Keras they count as parameters that are not trained.", "배치 정규화의 이동 통계입니다. Keras에서는 학습하지 않는 파라미터로 셉니다."},
	UILayers:        {"layers with weights", "가중치 층"},
	UIAtLeast:       {"At least this much: some layers could not be counted.", "적어도 이만큼입니다. 셀 수 없는 층이 있습니다."},
	UITotals:        {"Totals", "합계"},
	UIText:          {"Stack text", "스택 텍스트"},
	UITextHint:      {"The same network in writing. Type here and the blocks follow.", "같은 네트워크를 글로 쓴 것입니다. 여기에 쓰면 블록이 따라옵니다."},
	UITextGood:      {"in step with the blocks", "블록과 같음"},
	UITextBad:       {"The blocks wait until the text can be read.", "텍스트를 읽을 수 있을 때까지 블록은 기다립니다."},
	UIPlace:         {"line {0}, column {1}", "{0}행 {1}열"},
	UIPalette:       {"Add a layer", "층 추가"},
	UISearch:        {"Search: conv, pool, skip …", "찾기: conv, pool, 건너뛰기 …"},
	UINothing:       {"Nothing is called that. Try conv, pool, norm or skip.", "그런 것은 없습니다. conv, pool, norm, 건너뛰기로 찾아보세요."},
	UIHelp:          {"Keys and help", "단축키와 도움말"},
	UIHelpIntro:     {"Click a chip to change it. Point at a coloured number to see what it is and where it comes from.", "칩을 누르면 고칠 수 있습니다. 색이 있는 수를 가리키면 무엇이고 어디에서 왔는지 보입니다."},
	UIHelpText:      {"The notation", "표기법"},
	UIHelpMouse:     {"In a field, ↑ and ↓ change the number, Tab goes to the next one, Esc takes it back.", "입력 칸에서 ↑와 ↓는 수를 바꾸고, Tab은 다음 칸으로 가고, Esc는 되돌립니다."},
	UILicences:      {"Licences of the software in this page", "이 페이지에 포함된 소프트웨어의 라이선스"},
	UIThemeNow:      {"Colours: {0}", "색: {0}"},
	UIThemeSystem:   {"as the system", "시스템대로"},
	UIThemeLight:    {"light", "밝게"},
	UIThemeDark:     {"dark", "어둡게"},
	UIWreck:         {"The page could not be drawn.", "페이지를 그릴 수 없습니다."},
	UIWreckText:     {"Your network is below as text. Copy it, then reload.", "네트워크는 아래에 텍스트로 있습니다. 복사한 뒤 새로 고치세요."},
	UITooLarge:      {"it is larger than 1 MiB.", "1 MiB보다 큽니다."},
	UIUnreadable:    {"the browser could not read it.", "브라우저가 읽지 못했습니다."},
	UIDropFile:      {"Drop the file to open it", "놓으면 파일을 엽니다"},
	UIIssues:        {"{0} to mend", "고칠 곳 {0}"},
	UIScript:        {"The text of the script", "스크립트의 텍스트"},
}
