package whatif

import (
	"math/big"
	"strings"
	"unicode"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// scales are what may follow a number: how many it counts, and whether they are bytes.
var scales = map[string]struct {
	times int64
	bytes bool
}{
	"": {1, false}, "k": {1e3, false}, "m": {1e6, false}, "g": {1e9, false}, "b": {1e9, false},
	"천": {1e3, false}, "만": {1e4, false}, "백만": {1e6, false}, "천만": {1e7, false}, "억": {1e8, false},
	"thousand": {1e3, false}, "million": {1e6, false}, "billion": {1e9, false},
	"byte": {1, true}, "bytes": {1, true}, "바이트": {1, true},
	"kb": {1e3, true}, "mb": {1e6, true}, "gb": {1e9, true},
	"kib": {1 << 10, true}, "mib": {1 << 20, true}, "gib": {1 << 30, true},
}

// dtypes are the names of element types.
var dtypes = map[string]tensor.DType{
	"fp32": tensor.Float32, "float32": tensor.Float32, "f32": tensor.Float32,
	"fp16": tensor.Float16, "float16": tensor.Float16, "f16": tensor.Float16, "half": tensor.Float16,
	"bf16": tensor.Float16,
	"int8": tensor.Int8, "i8": tensor.Int8, "uint8": tensor.Int8,
}

// measures are words for what is limited.
var measures = map[string]Measure{
	"params": Params, "parameters": Params, "weights": Params, "파라미터": Params, "개": Params,
	"peak": Peak, "ram": Peak, "sram": Peak, "memory": Peak, "activations": Peak, "elements": Peak,
	"메모리": Peak, "활성값": Peak, "최대": Peak,
}

// ParseLimit reads a limit as people type it: 1M, 25.6 M params, 4 MB int8, 512 KiB peak,
// 100만. A size without more is that of the parameters; a type without one is fp32.
func ParseLimit(s string, style count.Style) (Limit, bool) {
	limit := Limit{Style: style, DType: tensor.Float32}
	s = strings.ToLower(strings.TrimSpace(s))
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '_' })
	if end < 0 {
		end = len(s)
	}
	digits := strings.NewReplacer(",", "", "_", "").Replace(s[:end])
	const most = 40
	n, ok := new(big.Rat).SetString(digits)
	if !ok || digits == "" || len(digits) > most || n.Sign() <= 0 {
		return limit, false
	}
	words := strings.Fields(s[end:])
	scale, bytes := int64(1), false
	if len(words) > 0 {
		if u, known := scales[words[0]]; known {
			scale, bytes, words = u.times, u.bytes, words[1:]
		}
	}
	of := Params
	for _, w := range words {
		t, isType := dtypes[w]
		m, isMeasure := measures[w]
		switch {
		case isType:
			limit.DType = t
		case isMeasure:
			of = m
		case w == "of" || w == "of," || w == "in":
		default:
			return limit, false
		}
	}
	limit.Of = of
	if bytes {
		limit.Of = map[Measure]Measure{Params: Bytes, Peak: PeakBytes}[of]
	}
	n.Mul(n, new(big.Rat).SetInt64(scale))
	limit.Most, ok = num.Parse(new(big.Int).Div(n.Num(), n.Denom()).String())
	return limit, ok && !limit.Most.IsZero()
}
