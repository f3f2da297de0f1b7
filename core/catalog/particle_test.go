package catalog

import (
	"strings"
	"testing"
)

// TestParticles reads words aloud: each is followed by 은 or 는, and by 으로 or 로.
func TestParticles(t *testing.T) {
	for ends, words := range map[string]string{
		"은 으로": "3 6 10 16 320 320×320 1,000 0 0.50 층 합성곱(3×3) 2⁵⁰ bn lrn lstm LSTM AlexNet Darknet input dropout concat sum " +
			"none same param embedding block group crop conv10 block3 JSON 1,000,000,000,000,000,000 “conv3” ‘flatten’ norm mean unet U-Net",
		"은 로": "1 7 8 11 0.1 pool1 227×227 커널(3×3) fc7 fc8 linear1 맵1 채널 커널 maxpool kernel scale module label XML R separable 61,100,840,441 모델(v2)",
		"는 로": "2 4 5 9 0.5 224 224×224 conv2 fc2 conv layer relu ReLU GELU repeat float stride linear Keras ONNX PyTorch Caffe VGG GRU fc " +
			"3×224×225 96\u00a0% 1,000,000,000,000 10,000,000,000,000 γ softmax tanh 필터 파라미터 size upsampler sigmoid 3x? add",
	} {
		topic, towards, _ := strings.Cut(ends, " ")
		for _, w := range strings.Split(words, " ") {
			if got := Korean.fill("{0}은(는)", []any{w}); got != w+topic {
				t.Errorf("%s, want %s", got, w+topic)
			}
			if got := Korean.fill("{0}(으)로", []any{w}); got != w+towards {
				t.Errorf("%s, want %s", got, w+towards)
			}
		}
	}
}

// TestParticlePairs writes every pair after a consonant, after ㄹ, after a vowel,
// and after what nobody can read, where both forms stay.
func TestParticlePairs(t *testing.T) {
	for _, c := range []struct{ pair, after3, after1, after2, unread string }{
		{"은(는)", "은", "은", "는", "은(는)"},
		{"이(가)", "이", "이", "가", "이(가)"},
		{"을(를)", "을", "을", "를", "을(를)"},
		{"과(와)", "과", "과", "와", "과(와)"},
		{"(으)로", "으로", "로", "로", "(으)로"},
		{"(이)라는", "이라는", "이라는", "라는", "(이)라는"},
	} {
		for arg, want := range map[string]string{"3": c.after3, "1": c.after1, "2": c.after2, "{}": c.unread} {
			if got := Korean.fill("앞 ‘{0}’"+c.pair+" 뒤(가)", []any{arg}); got != "앞 ‘"+arg+"’"+want+" 뒤(가)" {
				t.Errorf("%s behind %s: %s", c.pair, arg, got)
			}
		}
	}
	// What people typed is left as it is.
	if got := Korean.fill("{0}입니다", []any{"가은(는)"}); got != "가은(는)입니다" {
		t.Errorf("an argument became %s", got)
	}
}
