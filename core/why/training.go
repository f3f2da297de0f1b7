package why

import (
	"paramstack/core/catalog"
	"paramstack/core/num"
)

// ranks are the usual ones of LoRA.
var ranks = []int64{8, 16, 4, 32, 64, 2, 1, 128, 256}

// slotsTrained are those of an option that leaves nothing but what is trained with LoRA.
const slotsTrained = slotLoRA | slotScope | slotNorm | slotBias | slotStats | slotTable | slotHead |
	slotPack | slotTie

// training are the rules of fine-tuning, quantization and optimizers.
func training(t *tally) []option {
	var o []option
	states := func(name string, each int64, cost int, key catalog.Key) {
		for i, scalars := range []int64{2, 0, 1} {
			// Keras keeps the learning rate and the number of steps beside the moments.
			one := rule(name, slotOptimizer, cost+3*i, last, key, func(t *tally) {
				trained := -t[frozen]
				for _, p := range learned {
					trained += t[p]
				}
				if trained > 0 {
					t[extra] += each*trained + scalars
				}
			})
			one.alone = true
			one.say = func(int64) catalog.Message { return catalog.Say(key, scalars) }
			o = append(o, one)
		}
	}
	states("optimizer-adam", 2, 20, catalog.WhyAdam)
	states("optimizer-momentum", 1, 22, catalog.WhyMomentum)
	wide := t[denseW] + t[attnW] + t[headW]
	if t[tableW] == 0 && t[attnW] == 0 {
		return o
	}
	lora := func(name string, cost int, key catalog.Key, slope func(t *tally) int64, only bool) {
		if slope(t) == 0 {
			return
		}
		slots := slotLoRA
		if only {
			slots = slotsTrained
		}
		adds := func(t *tally, n int64) {
			add := n * slope(t)
			if only {
				t.zero(learned[:]...)
			}
			t[extra] += add
		}
		o = append(o, option{name: name, slots: slots, cost: cost, order: later, values: ranks[:6],
			more: ranks[6:], say: saysN(key), rule: adds})
		if only {
			return
		}
		// The usual ranks are known, so that the classes can be unknown.
		for _, r := range ranks[:4] {
			o = append(o, option{name: name, slots: slots, cost: cost, order: later, alone: true,
				say: func(int64) catalog.Message { return saysN(key)(r) }, rule: func(t *tally, _ int64) { adds(t, r) }})
		}
	}
	// A head that is trained with it has as many weights for each class as features enter.
	tuned := func(name string, slope func(t *tally) int64, say func(rank int64, classes string) catalog.Message) {
		if slope(t) == 0 || t[enteringTop] == 0 {
			return
		}
		for _, r := range ranks[:5] {
			o = append(o, option{name: name, cost: 24, order: later, values: commonClasses, more: knownClasses, rarer: 4,
				slots: slotsTrained,
				say:   func(n int64) catalog.Message { return say(r, num.Of(n).Grouped()) },
				rule: func(t *tally, n int64) {
					add := r*slope(t) + n*(t[enteringTop]+1)
					t.zero(learned[:]...)
					t[extra] += add
				}})
		}
	}
	all := func(t *tally) int64 { return t[loraDense] }
	qv := func(t *tally) int64 { return t[loraQV] }
	some := func(t *tally) int64 {
		if t[attnLayers] <= 16 || t[loraQV]%t[attnLayers] != 0 {
			return 0
		}
		return t[loraQV] / t[attnLayers] * 16
	}
	lora("lora-all", 22, catalog.WhyLoRAAll, all, false)
	lora("lora-qv", 22, catalog.WhyLoRAQV, qv, false)
	lora("lora-qv-16", 28, catalog.WhyLoRAQV16, some, false)
	lora("lora-all-only", 26, catalog.WhyLoRAAllOnly, all, true)
	lora("lora-qv-only", 26, catalog.WhyLoRAQVOnly, qv, true)
	lora("lora-qv-16-only", 30, catalog.WhyLoRAQV16Only, some, true)
	tuned("lora-qv-head", qv, func(rank int64, classes string) catalog.Message {
		return catalog.Say(catalog.WhyLoRAQVHead, rank, classes)
	})
	tuned("lora-all-head", all, func(rank int64, classes string) catalog.Message {
		return catalog.Say(catalog.WhyLoRAAllHead, rank, classes)
	})
	if wide%32 == 0 && wide > 0 {
		o = append(o,
			rule("packed-4-bit", slotPack, 22, first, catalog.WhyPacked, func(t *tally) {
				t[denseW] /= 2
				t[attnW] /= 2
			}),
			rule("packed-mlx", slotPack, 30, first, catalog.WhyPackedMLX, func(t *tally) {
				for _, p := range []part{denseW, attnW, headW} {
					t[p] = t[p] / 32 * 5
				}
			}))
	}
	return o
}
