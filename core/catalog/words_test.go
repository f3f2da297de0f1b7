package catalog

import (
	"regexp"
	"strings"
	"testing"
)

// idioms are words of the house that a reader of English does not know, each with
// what to write instead.
var idioms = map[string]string{
	`told|untold`:                    "known, inferred, given; unknown",
	`stands?|standing`:               "is, comes, appears",
	`says?|speaks?`:                  "states, declares, specifies",
	`lends?|lent`:                    "shares",
	`mend(s|ed)?`:                    "fix",
	`wish(es)?|wants?`:               "preferred; needs, requires",
	`gives?|given back`:              "returns, outputs, has",
	`makers?|strangers?|nobody`:      "maintainers; unknown",
	`pictures?`:                      "image",
	`lanes?`:                         "groups",
	`each turn|every turn|turns of`:  "repetition",
	`laid|lays?`:                     "placed, arranged, flattened",
	`put|puts`:                       "add, place",
	`so.manieth`:                     "n-th",
	`dense layers?`:                  "fully connected layer",
	`normalis\w+|quantis\w+`:         "normalize, quantize, as the frameworks spell it",
	`(does|do) the work|more work`:   "computation",
	`one behind the other|behind it`: "in sequence, after it",
}

// allowed are sentences in which such a word is what is meant: the lanes that a paper
// draws a layer in need not be groups.
var allowed = map[Key]string{FactorLanesOf: "lanes"}

// idiomsKorean are the same for Korean: the first word is not what the trade says.
var idiomsKorean = map[string]string{
	"전결합|밀집층|밀집 층":   "완전 연결층",
	"그림":             "이미지",
	"되풀이|차례마다":       "반복",
	"갈래":             "경로",
	"고정된|고정 층":       "동결",
	"배우는|배웁|배운":      "학습 가능한, 학습합니다",
	"늘임|옮김":          "스케일, 시프트",
	"수열":             "시퀀스",
	"사영":             "투영",
	"건너뛰기 연결":        "잔차 연결",
	"매개변수|모수":        "파라미터",
	"저마다|제 줄|두 줄|견줄": "각각, 그룹, 비교할",
	"글을 읽|글이 잘":      "텍스트",
}

// TestIdioms keeps both languages in the words of the trade.
func TestIdioms(t *testing.T) {
	for key, text := range all() {
		for words, instead := range idioms {
			if found := regexp.MustCompile(`(?i)\b(` + words + `)\b`).FindString(text[English]); found != "" && found != allowed[key] {
				t.Errorf("%s: %q; write %s: %s", key, found, instead, text[English])
			}
		}
		for words, instead := range idiomsKorean {
			if found := regexp.MustCompile(words).FindString(text[Korean]); found != "" {
				t.Errorf("%s: %q; write %s: %s", key, found, instead, text[Korean])
			}
		}
	}
}

// english are the words in Latin letters that a Korean sentence may have.
var english = wordSet(
	// tools, formats and what they call things
	`paramstack PyTorch Keras Caffe Darknet TensorFlow.js ONNX torchvision torchinfo Markdown CSV LaTeX TikZ SVG PNG booktabs JSON HDF5 WebAssembly prototxt pickle
	 config.json UTF-8 English Scale reorg GPU [section] TEST phase stage level RNNCell LSTMCell GRUCell return_sequences Total params
	 model.summary Units.GIGABYTES sum p.numel for p in model.parameters ai.onnx.NonMaxSuppression One weird trick im2col col2im
	 Python Jupyter Lightning Lite SavedModel tf2onnx Git git lfs pull LFS Hugging Face model.safetensors .bin print`,
	// what error messages of frameworks name
	`sparse eval forward call Sequential in_features in_channels Linear BatchNorm view reshape`,
	`backward pass arena torchsummary self out lstm Input shape CPU argmax unsqueeze output transpose float long to device DataParallel module size groups`,
	// networks, functions and units, as Korean papers write them
	`AlexNet LoRA ResNet ViT VGG Swin MaxViT MViT ReLU PReLU ELU GELU SELU SiLU GLU Mish Softsign Tanhshrink swish softplus sigmoid tanh max min
	 slope LRN GAP QR RMS LSTM GRU RNN Lp RGB MB MAC FLOP FLOPs fp32 Esc Tab concatenate depthwise squeeze-and-excitation in-place affine`,
	// why a number differs: switches of frameworks, methods and tools
	`Adam SGD LoRA MLX OpenAI CIFAR LeNet KB GB KiB MiB GiB GFLOPs MACs SI int bfloat include_top False True reset_after state_dict weight bias mult-adds Mult`,
	// matrices of recurrent layers
	`W_ih W_hh W_hr b_ih b_hh`,
	// the notation: kinds, options and their values
	`input conv maxpool linear relu bn flatten add concat repeat side fold unfold roll rnn permute squeeze pixelunshuffle opaque from
	 name frozen reset keras-same same causal none on off out last channels across within maxvit v1 v2 sum mul ave`,
)

func wordSet(lists ...string) map[string]bool {
	words := map[string]bool{}
	for _, list := range lists {
		for _, w := range latin.FindAllString(list, -1) {
			words[w] = true
		}
	}
	return words
}

var (
	latin   = regexp.MustCompile(`[A-Za-z]{2,}`)
	oneForm = regexp.MustCompile(`\{\d\}(\(\{\d\}[^)]*\))?[’”]?(은|는|이|가|을|를|과|와|로|으로|라는|이라는)([ .,:;)]|$)`)
)

// TestKorean refuses English in a Korean sentence, and a particle behind an
// argument that does not follow its sound.
func TestKorean(t *testing.T) {
	for key, text := range all() {
		if bothLanguages[key] {
			continue
		}
		for _, w := range latin.FindAllString(placeholder.ReplaceAllString(text[Korean], ""), -1) {
			if !english[w] {
				t.Errorf("%s: %q in the Korean text %q", key, w, text[Korean])
			}
		}
		if found := oneForm.FindString(text[Korean]); found != "" {
			t.Errorf("%s: %q has one form of a particle; write both: %q", key, found, text[Korean])
		}
		if strings.Contains(text[Korean], "은(는)") && !strings.Contains(text[Korean], "{") {
			t.Errorf("%s: both forms of a particle without an argument: %q", key, text[Korean])
		}
	}
}

// TestSearchWords: the palette searches explanations, so each has the words that
// people look for its layer by.
func TestSearchWords(t *testing.T) {
	for kind, words := range map[string][langs]string{
		"linear":  {"fully connected, dense", "완전 연결, 완전 연결층"},
		"conv":    {"convolution", "합성곱"},
		"bn":      {"batch normalization", "배치 정규화"},
		"relu":    {"relu", "렐루"},
		"flatten": {"flatten", "평탄화"},
		"maxpool": {"max pooling", "최대 풀링"},
		"avgpool": {"average pooling", "평균 풀링"},
		"dropout": {"dropout", "드롭아웃"},
		"add":     {"residual, skip", "잔차, 잔차 연결, 스킵"},
		"repeat":  {"repeat", "반복"},
		"softmax": {"softmax", "소프트맥스"},
	} {
		for l := English; l < langs; l++ {
			for _, w := range strings.Split(words[l], ", ") {
				if doc := l.In(KindDoc(kind)); !strings.Contains(strings.ToLower(doc), w) {
					t.Errorf("%q does not find %s: %q", w, kind, doc)
				}
			}
		}
	}
}
