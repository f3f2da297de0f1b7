//go:build !page

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
	ImportShownAs       Key = "import.shown-as"
	ImportYoloFilters   Key = "import.yolo-filters"
	ImportOtherFunction Key = "import.other-function"
)

var transferCaffe = map[Key]Text{
	ImportTooDeep:       {"blocks are nested deeper than {0}.", "블록이 {0}단계보다 깊게 중첩되었습니다."},
	ImportNotClosed:     {"the block opened here is never closed.", "여기서 연 블록이 닫히지 않았습니다."},
	ImportTooManyFields: {"the file has more than {0} entries.", "항목이 {0}개보다 많습니다."},
	ImportTooManyInputs: {"Layer {0} has more than {1} inputs or outputs.", "층 {0}의 입력이나 출력이 {1}개를 넘습니다."},
	ImportEndsEarly:     {"the file ends in the middle of an entry.", "항목이 끝나기 전에 파일이 끝났습니다."},
	ImportUnexpected:    {"{0} is not expected here.", "여기에 {0}이(가) 올 수 없습니다."},
	ImportInLayer:       {"Layer {0}, line {1}: {2}", "층 {0}, {1}행: {2}"},
	ImportLater:         {"it uses {0}, which only a later layer produces. Layers run in file order.", "뒤에 오는 층의 출력인 {0}을(를) 입력으로 씁니다. 층은 파일에 적힌 순서대로 실행됩니다."},
	ImportOtherPhase:    {"The network is shown for inference (phase TEST). Layers used only in training were left out: {0}.", "추론할 때(TEST 단계)의 네트워크입니다. 학습에만 쓰여 뺀 층: {0}."},
	ImportOtherStage:    {"Left out because their rules require another phase, stage or level: {0}.", "다른 phase, stage, level에서만 쓰도록 지정되어 뺀 층: {0}."},
	ImportStateMore:     {"For {0} the file defines a network with different weights or shapes. It was opened too: select it in the list of networks.", "{0}에서는 가중치나 모양이 다른 네트워크가 됩니다. 함께 열었으니 네트워크 목록에서 선택할 수 있습니다."},
	ImportStateAlike:    {"The file can also be read for these states, which add no weights or other shapes: {0}.", "파일을 다음 상태로 읽어도 가중치나 다른 모양이 더해지지 않습니다: {0}."},
	ImportStateUnread:   {"The network for {0} could not be read: {1}", "{0}의 네트워크는 읽지 못했습니다: {1}"},
	ImportStateOnly:     {"The file has layers only for {0}, so that network is shown.", "이 파일에는 {0}에만 층이 있어 그 네트워크를 표시합니다."},
	ImportLeftOut:       {"Left out because they are only for training or evaluation: {0}.", "학습이나 평가에만 쓰여 뺀 층: {0}."},
	ImportScaleMerged:   {"Scale layers merged into the batch normalization before them, as γ and β: {0}.", "바로 앞 배치 정규화의 γ와 β로 합친 Scale 층: {0}."},
	ImportOpaque:        {"Unknown layer types, kept as opaque layers with the weights that the file specifies: {0}.", "알 수 없는 종류의 층이어서 파일에 적힌 가중치만 가진 opaque 층으로 처리했습니다: {0}."},
	ImportNobodyGives:   {"No layer produces these values, so they became inputs of unknown size: {0}.", "이 값을 출력하는 층이 없어 크기를 모르는 입력으로 처리했습니다: {0}."},
	ImportGuessedColor:  {"The file does not specify the number of channels of these inputs, so 3 (RGB) was assumed: {0}.", "파일에 채널 수가 없어 3(RGB)으로 가정한 입력: {0}."},
	ImportInputOpen:     {"The file does not specify the complete input size. Enter it in the input’s row, and the layers after it are counted: {0}.", "파일에 입력 크기가 다 적혀 있지 않습니다. 입력 행에 크기를 입력하면 뒤의 층을 셀 수 있습니다: {0}."},
	ImportPartlyFrozen:  {"Only some tensors of these layers are trainable, but all were counted as trainable: {0}.", "텐서 일부만 학습 가능한 층이지만 모두 학습 가능한 것으로 셌습니다: {0}."},
	ImportPartlyShared:  {"These layers share only some of their tensors with others, so nothing was counted as shared: {0}.", "텐서 일부만 다른 층과 공유하는 층이므로 공유하지 않는 것으로 셌습니다: {0}."},
	ImportCropFixed:     {"These layers crop to the size of another output. That size was computed and written as a number: {0}.", "다른 출력의 크기에 맞춰 자르는 층이어서 그 크기를 계산해 숫자로 적었습니다: {0}."},
	ImportNoSection:     {"Line {0} comes before the first [section].", "{0}행이 첫 [section]보다 앞에 있습니다."},
	ImportBadPlace:      {"it refers to layer {0}, but only {1} layers come before it (counted from 0).", "층 {0}을(를) 가리키지만 앞에 있는 층은 {1}개뿐입니다(0부터 셉니다)."},
	ImportReorgOrder:    {"Darknet’s reorg uses a channel order of its own. Shapes and counts are those of pixelunshuffle.", "Darknet의 reorg는 채널 순서가 다릅니다. 모양과 개수는 pixelunshuffle과 같습니다."},
	ImportShownAs: {"These layers compute other values than the kind they are shown as. Shapes and parameter counts are the same: {0}.",
		"표시된 종류와 계산하는 값이 다른 층입니다. 모양과 파라미터 수는 같습니다: {0}."},
	ImportYoloFilters: {"{0} requires {1} channels ({2}), but the layer before it outputs {3}. Change its filters to {1}.",
		"{0}에는 채널 {1}개({2})가 필요하지만 앞 층의 출력은 {3}개입니다. 앞 층의 필터 수를 {1}개로 바꾸세요."},
	ImportOtherFunction: {"Darknet pads these pooling layers on one side only. The shapes are the same: {0}.", "Darknet에서 한쪽에만 패딩하는 풀링 층입니다. 모양은 같습니다: {0}."},
}
