package why

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
)

// A slot is what an option decides: two that decide the same thing exclude each other.
type slot uint32

const (
	slotBias slot = 1 << iota
	slotConvBias
	slotNorm
	slotStats
	slotScope
	slotHead
	slotTable
	slotTie
	slotTwin
	slotFrozen
	slotOptimizer
	slotLoRA
	slotPack
	slotUnit
	slotDepth
	slotGroups
	slotIn
	slotSize
	slotStem
	slotBlocks
	slotPool
	slotBody
	slotSide
	slotStride
	slotRow
	slotTool
	slotOther
)

// A region is the layers that an edit changes: the tallies of two edits of one region
// do not add up.
type region uint8

const (
	regionIn region = 1 << iota
	regionDense
	regionHead
	regionBody
)

// An option is one way in which a number may differ: a rule of counting, or an edit of
// the network. With values it is many, one for each value of a whole number.
type option struct {
	name  string // stable, for scripts
	slots slot
	where region
	cost  int // the rarer, the higher; 10 is what everybody meets
	order int // of rules: the higher, the later
	say   func(n int64) catalog.Message
	rule  func(t *tally, n int64)
	edit  func(m arch.Model, n int64) arch.Model
	// swap is what the edit does, if it leaves shapes alone, or if elements are asked for; of
	// an unknown, for one more of it. known is what it adds to elements, and to operations.
	swap     *swap
	elements bool
	known    [MACs + 1]*tally
	// values are those of an unknown that are common; more, those that are known; free is
	// what it costs that it is any other from 1 to most, 0 for none. Of a rounded number
	// the unknown is one of round.
	values, more, round []int64
	free                int
	rarer               int // what it costs that it is one of more
	most                int64
	plausible           func(n int64) bool // of a free value; nil: any is
	now                 int64              // what the number is in the network
	listed              bool               // one of many that differ in a number: not for a rounded one
	size                int64              // of inSize: height and width
	doubled             bool               // of a rule: it counts FLOPs
	apart               bool               // it is for tryOperations alone
	alone               bool               // not together with more than one other
	tool                passport.Tool      // whose rule it is, of slotTool
	slip                bool               // a slip of who counts by hand: they come together
}

// unknown reports whether the option has a number that is solved for.
func (o *option) unknown() bool { return len(o.values)+len(o.more)+o.free > 0 }

// A Term is one reason: a convention or an edit.
type Term struct {
	Name   string // stable: "groups-off"
	Say    catalog.Message
	Change num.Int                     // what it adds, in the order of the terms
	Times  int64                       // what it multiplies by, if that is what it does: 4 bytes
	Edit   func(arch.Model) arch.Model // makes it so, nil for a convention
	Switch Switch                      // the switch of the page that makes it so
	Net    string                      // the ID of the published network, "" if it is none
	Text   string                      // its stack text where the zoo has it not
}

// A Switch is a switch of the page.
type Switch uint8

// The switches.
const (
	NoSwitch Switch = iota
	SwitchBiases
	SwitchKeras
	SwitchBinary
)

// switches are the rules that the page has a switch for.
var switches = map[string]Switch{
	"bias-all-off": SwitchBiases, "bias-on": SwitchBiases, "stats-on": SwitchKeras, "stats-off": SwitchKeras,
	"binary": SwitchBinary,
}

func says(key catalog.Key) func(int64) catalog.Message {
	return func(int64) catalog.Message { return catalog.Say(key) }
}

func saysN(key catalog.Key) func(int64) catalog.Message {
	return func(n int64) catalog.Message { return catalog.Say(key, num.Of(n).Grouped()) }
}

func rule(name string, slots slot, cost, order int, key catalog.Key, f func(t *tally)) option {
	return option{name: name, slots: slots, cost: cost, order: order, say: says(key), rule: func(t *tally,
		_ int64) {
		f(t)
	}}
}

// The orders of rules.
const (
	first = iota
	later
	last
)

// conventions are the rules of counting that change the tally of a network, whatever
// the page counts.
func conventions(t *tally, style count.Style) []option {
	has := func(all ...part) bool {
		for _, p := range all {
			if t[p] != 0 {
				return true
			}
		}
		return false
	}
	var o []option
	add := func(applies bool, name string, slots slot, cost, order int, key catalog.Key, f func(t *tally)) {
		if applies {
			o = append(o, rule(name, slots, cost, order, key, f))
		}
	}
	biased := has(biases[:]...)
	if style.Biases {
		add(biased, "bias-off", slotBias, 10, first, catalog.WhyBiasOff,
			func(t *tally) { t.zero(biases[:]...) })
		add(has(normB), "bias-all-off", slotBias|slotNorm, 16, first, catalog.WhyBiasAllOff, func(t *tally) {
			t.zero(biases[:]...)
			t.zero(normB)
		})
		add(has(convB) && has(denseB, headB, rnnB, attnB), "bias-conv-off", slotBias, 18, first,
			catalog.WhyBiasConvOff,
			func(t *tally) { t.zero(convB) })
		add(has(denseB, headB) && has(convB), "bias-dense-off", slotBias, 22, first, catalog.WhyBiasDenseOff,
			func(t *tally) { t.zero(denseB, headB) })
		add(biased, "bias-twice", slotBias, 22, first, catalog.WhyBiasTwice, func(t *tally) {
			for _, p := range biases {
				t[p] *= 2
			}
		})
		add(t[denseBiases] > 0 && has(denseB, headB), "bias-once-dense", slotBias, 16, first,
			catalog.WhyBiasOnceDense, onceDense)
		add(t[convBiases] > 0, "bias-once-conv", slotBias, 16, first, catalog.WhyBiasOnceConv, onceConv)
		add(t[convBiases] > 0 && t[denseBiases] > 0, "bias-once", slotBias, 16, first, catalog.WhyBiasOnce,
			func(t *tally) {
				onceDense(t)
				onceConv(t)
			})
	} else {
		add(biased || has(normB), "bias-on", slotBias, 10, first, catalog.WhyBiasOn, func(*tally) {})
	}
	if style.Keras {
		add(has(stats), "stats-off", slotStats, 10, first, catalog.WhyStatsOff, func(*tally) {})
		add(has(twins), "rnn-two-biases", slotTwin, 10, first, catalog.WhyTwoBiases, func(*tally) {})
	} else {
		add(has(stats), "stats-on", slotStats, 10, first, catalog.WhyStatsOn,
			func(t *tally) { t[extra] += t[stats] })
		add(has(stats) && has(counters), "buffers-on", slotStats, 17, first, catalog.WhyBuffersOn,
			func(t *tally) {
				t[extra] += t[stats] + t[counters]
			})
		add(t[rnnB] > 0 && t[rnnB]%2 == 0, "rnn-one-bias", slotTwin, 10, first, catalog.WhyOneBias,
			func(t *tally) { t[rnnB] /= 2 })
	}
	add(has(normW, normB), "norm-off", slotNorm|slotStats, 12, first, catalog.WhyNormOff, func(t *tally) {
		t.zero(normW, normB, stats, counters)
	})
	add(has(normW) && has(normB), "norm-half", slotNorm, 30, first, catalog.WhyNormHalf,
		func(t *tally) { t.zero(normB) })

	other := has(normW, normB, tableW, freeW, restW, restB, rnnW, attnW)
	dense := has(denseW, headW) && t[shallowHead] == 0
	add(other && has(convW), "conv-dense-only", slotScope|slotNorm|slotStats|slotTable, 20, first,
		catalog.WhyConvDenseOnly,
		func(t *tally) {
			t.zero(normW, normB, stats, counters, tableW, freeW, restW, restB, rnnW, rnnB, attnW, attnB,
				macRest, macRNN, macAttn)
		})
	add(has(convW) && (other || dense), "conv-only", slotScope|slotNorm|slotStats|slotTable|slotHead, 20,
		first, catalog.WhyConvOnly,
		func(t *tally) {
			t.zero(denseW, denseB, normW, normB, stats, counters, tableW, freeW, restW, restB, rnnW, rnnB,
				attnW, attnB,
				macRest, macRNN, macAttn, macDense)
			if t[shallowHead] == 0 {
				t.zero(headW, headB, macHead)
			}
		})
	add(dense && has(convW, attnW, tableW, rnnW), "dense-only", slotScope|slotNorm|slotStats|slotTable,
		26, first, catalog.WhyDenseOnly,
		func(t *tally) {
			t.zero(convW, convB, normW, normB, stats, counters, tableW, freeW, restW, restB, rnnW, rnnB, attnW, attnB,
				macRest, macRNN, macAttn, macConv)
		})
	add(has(convW) && dense, "no-conv", slotScope, 34, first, catalog.WhyNoConv,
		func(t *tally) { t.zero(convW, convB, macConv) })
	add(has(tableW), "no-tables", slotTable, 14, first, catalog.WhyNoTables, func(t *tally) { t.zero(tableW) })
	add(has(tableW) && has(freeW), "no-tables-free", slotTable, 18, first, catalog.WhyNoTablesFree,
		func(t *tally) { t.zero(tableW, freeW) })
	add(has(freeW), "no-free", slotTable, 15, first, catalog.WhyNoFree, func(t *tally) { t.zero(freeW) })
	add(has(again), "tied-twice", slotTie, 10, later, catalog.WhyTiedTwice,
		func(t *tally) { t[extra] += t[again] })
	add(has(again), "tied-thrice", slotTie, 34, later, catalog.WhyTiedThrice,
		func(t *tally) { t[extra] += 2 * t[again] })
	add(has(frozen), "trainable-only", slotFrozen, 12, later, catalog.WhyTrainableOnly,
		func(t *tally) { t[extra] -= t[frozen] })
	add(has(shallow, shallowHead), "depth-forgotten", slotDepth, 16, first, catalog.WhyDepthForgotten,
		func(t *tally) {
			t[convW] = t[shallow]
			if t[shallowHead] > 0 {
				t[headW] = t[shallowHead]
			}
		})
	add(has(flatW, flatHead), "kernel-forgotten", slotDepth, 18, first, catalog.WhyKernelForgotten,
		func(t *tally) {
			t[convW] = t[flatW]
			if t[flatHead] > 0 {
				t[headW] = t[flatHead]
			}
		})
	add(has(shallow, shallowHead) && t[macConv] > 0, "area-counted", slotDepth, 24, first,
		catalog.WhyAreaCounted,
		func(t *tally) {
			t[convW] = t[macConv]
			if t[shallowHead] > 0 {
				t[headW] = t[macHead]
			}
		})
	add(t[spread]+t[spreadHead] > 0, "unshared", slotDepth|slotBias, 20, first, catalog.WhyUnshared,
		func(t *tally) {
			t[convW], t[convB] = t[macConv], t[spread]
			if t[shallowHead] > 0 {
				t[headW], t[headB] = t[macHead], t[spreadHead]
			}
		})
	add(t[entering]+t[enteringTop] > 0 && !has(convB), "bias-per-input", slotBias, 18, first,
		catalog.WhyBiasPerInput,
		func(t *tally) { t[denseB], t[headB] = t[entering], t[enteringTop] })
	add(has(rnnState), "rnn-state", slotOther, 20, later, catalog.WhyRNNState,
		func(t *tally) { t[extra] += t[rnnState] })
	add(has(macScore), "no-scores", slotScope, 11, first, catalog.WhyNoScores, func(t *tally) {
		t[macAttn] -= t[macScore]
		t[macScore] = 0
	})
	for i := range o {
		o[i].slip = slips[o[i].name]
	}
	return append(o, training(t)...)
}

// slips are the conventions that are none.
var slips = map[string]bool{"bias-once": true, "bias-once-dense": true, "bias-once-conv": true, "bias-twice": true,
	"depth-forgotten": true, "kernel-forgotten": true, "area-counted": true, "unshared": true, "bias-per-input": true}

func onceDense(t *tally) {
	n := t[denseBiases]
	if t[headB] > 0 && t[shallowHead] == 0 {
		t[headB] = 1
		n--
	}
	t[denseB] = n
}

func onceConv(t *tally) {
	n := t[convBiases]
	if t[headB] > 0 && t[shallowHead] > 0 {
		t[headB] = 1
		n--
	}
	t[convB] = n
}

// multiples are what makes a number of elements one of bytes, and MACs FLOPs.
var multiples = []struct {
	name string
	by   int64
	cost int
	key  catalog.Key
}{
	{"bytes-4", 4, 2, catalog.WhyBytes4}, {"bytes-2", 2, 8, catalog.WhyBytes2}, {"bytes-1", 1, 12, catalog.WhyBytes1},
	{"bytes-12", 12, 16, catalog.WhyBytes12}, {"bytes-8", 8, 22, catalog.WhyBytes8}, {"bytes-16", 16, 24,
		catalog.WhyBytes16},
}
