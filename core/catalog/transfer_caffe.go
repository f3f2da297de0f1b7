package catalog

// What is said when Caffe's and Darknet's files are read.
const (
	ImportTooDeep       Key = "import.too-deep"
	ImportNotClosed     Key = "import.not-closed"
	ImportTooManyFields Key = "import.too-many-fields"
	ImportTooManyInputs Key = "import.too-many-inputs"
	ImportEndsEarly     Key = "import.ends-early"
	ImportUnexpected    Key = "import.unexpected"
	ImportInLayer       Key = "import.in-layer"
	ImportLater         Key = "import.later"
	ImportOtherPhase    Key = "import.other-phase"
	ImportOtherStage    Key = "import.other-stage"
	ImportStateMore     Key = "import.state-more"
	ImportStateAlike    Key = "import.state-alike"
	ImportStateOnly     Key = "import.state-only"
	ImportStateUnread   Key = "import.state-unread"
	ImportLeftOut       Key = "import.left-out"
	ImportScaleMerged   Key = "import.scale-merged"
	ImportOpaque        Key = "import.opaque"
	ImportNobodyGives   Key = "import.nobody-gives"
	ImportGuessedColor  Key = "import.guessed-color"
	ImportInputOpen     Key = "import.input-open"
	ImportPartlyFrozen  Key = "import.partly-frozen"
	ImportPartlyShared  Key = "import.partly-shared"
	ImportCropFixed     Key = "import.crop-fixed"
	ImportNoSection     Key = "import.no-section"
	ImportBadPlace      Key = "import.bad-place"
	ImportReorgOrder    Key = "import.reorg-order"
	ImportOtherFunction Key = "import.other-function"
)

var transferCaffe = map[Key]Text{
	ImportTooDeep:       {"blocks nest deeper than {0}.", "블록이 {0}겹보다 깊습니다."},
	ImportNotClosed:     {"what opens here is never closed.", "여기서 연 것이 닫히지 않았습니다."},
	ImportTooManyFields: {"the file has more than {0} entries.", "항목이 {0}개보다 많습니다."},
	ImportTooManyInputs: {"Layer {0} takes or gives more than {1} values.", "층 {0}이(가) 주고받는 값이 {1}개를 넘습니다."},
	ImportEndsEarly:     {"the file ends where something is missing.", "뭔가 더 있어야 할 곳에서 파일이 끝났습니다."},
	ImportUnexpected:    {"{0} does not belong here.", "여기에 {0}이(가) 올 수 없습니다."},
	ImportInLayer:       {"Layer {0}, line {1}: {2}", "층 {0}, {1}행: {2}"},
	ImportLater:         {"it takes {0}, which only a layer behind it gives; layers run in the order of the file.", "뒤에 오는 층이 내놓는 {0}을(를) 받습니다. 층은 파일에 적힌 차례대로 실행됩니다."},
	ImportOtherPhase:    {"The network is shown as it answers, in phase TEST. Left out, as they serve training alone: {0}.", "학습이 아니라 추론할 때(TEST 단계)의 모습입니다. 학습에만 쓰여 뺀 층: {0}."},
	ImportOtherStage:    {"Left out, as their rules ask for another phase, stage or level: {0}.", "다른 phase, stage, level에서만 쓰도록 적혀 있어 뺀 층: {0}."},
	ImportStateMore:     {"In {0} the file makes a network with other weights or shapes. It was opened too: choose it in the list of networks.", "{0}에서는 가중치나 모양이 다른 네트워크가 됩니다. 함께 열었으니 네트워크 목록에서 고를 수 있습니다."},
	ImportStateAlike:    {"The file can be read in other states too, which add no weights and no other shapes: {0}.", "파일을 다른 상태로 읽어도 가중치나 다른 모양이 더 나오지 않습니다: {0}."},
	ImportStateUnread:   {"What the file makes in {0} could not be read: {1}", "{0}에서의 네트워크는 읽지 못했습니다: {1}"},
	ImportStateOnly:     {"The file has layers in {0} alone; that network is shown.", "이 파일은 {0}에서만 층이 있어 그 네트워크를 보입니다."},
	ImportLeftOut:       {"Left out, as they only train or measure: {0}.", "학습시키거나 재기만 하는 층이라 뺐습니다: {0}."},
	ImportScaleMerged:   {"Scale layers that became the γ and β of the batch norm before them: {0}.", "바로 앞 배치 정규화의 γ, β로 합친 Scale 층: {0}."},
	ImportOpaque:        {"There is no kind for these types here. They were kept as opaque layers, with the weights that are told: {0}.", "여기에 없는 종류라 알려진 가중치만 가진 불투명한 층으로 두었습니다: {0}."},
	ImportNobodyGives:   {"No layer gives these values, so inputs of unknown size stand for them: {0}.", "내놓는 층이 없어 크기를 모르는 입력을 둔 값: {0}."},
	ImportGuessedColor:  {"How many channels these have is not in the file; three were assumed, as pictures have: {0}.", "채널 수가 파일에 없어 사진처럼 3개로 보았습니다: {0}."},
	ImportInputOpen:     {"The file does not tell all sizes of the input. Write them in its row, and what follows is counted: {0}.", "입력 크기가 파일에 다 나오지 않습니다. 그 줄에 크기를 적으면 뒤의 층들이 세어집니다: {0}."},
	ImportPartlyFrozen:  {"Only some tensors of these layers learn; all were taken as learning: {0}.", "텐서 일부만 학습되는 층들입니다. 모두 학습되는 것으로 두었습니다: {0}."},
	ImportPartlyShared:  {"These layers share only some of their tensors with others; they were counted as their own: {0}.", "텐서 일부만 다른 층과 나눠 쓰는 층들입니다. 따로 있는 것으로 세었습니다: {0}."},
	ImportCropFixed:     {"These cut to the size of another value; that size was worked out and written down: {0}.", "다른 값의 크기에 맞춰 자르는 층들입니다. 그 크기를 계산해 적어 두었습니다: {0}."},
	ImportNoSection:     {"Line {0} stands before the first [section].", "{0}행이 첫 [구역]보다 앞에 있습니다."},
	ImportBadPlace:      {"it speaks of layer {0}; before it there are {1}, counted from 0.", "{0}번 층을 가리키지만 앞에는 층이 {1}개뿐입니다(0부터 셉니다)."},
	ImportReorgOrder:    {"Darknet's reorg lays channels in an order of its own; shapes and counts are those of pixelunshuffle.", "Darknet의 reorg는 채널 순서가 독특합니다. 모양과 수는 pixelunshuffle과 같습니다."},
	ImportOtherFunction: {"These pools pad on one side only in Darknet; the shapes are the same: {0}.", "Darknet에서 한쪽에만 채우는 풀링입니다. 모양은 같습니다: {0}."},
}
