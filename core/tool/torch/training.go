package torch

import (
	"slices"
	"strings"
)

// momentNames are what optimizers of torch.optim call what they keep of each weight
// (the state_dict of Adam, SGD, RMSprop, Adagrad, Adadelta).
var momentNames = strings.Fields("exp_avg exp_avg_sq max_exp_avg_sq exp_inf momentum_buffer square_avg grad_avg acc_delta")

// withoutTraining takes away the tensors of an optimizer that lie among those of the
// network: optimizer.state.exp_avg.fc.weight. It returns what their modules are
// called.
func withoutTraining(tensors []*stored) (kept []*stored, left []string) {
	for _, t := range tensors {
		first, rest, _ := strings.Cut(t.name, ".")
		optimizes := rest != "" && slices.ContainsFunc(words(first), func(w string) bool {
			return strings.HasPrefix(w, "optim") && !strings.HasPrefix(w, "optimus")
		})
		moment := false
		for part := range strings.SplitSeq(t.name, ".") {
			moment = moment || slices.Contains(momentNames, part)
		}
		if !optimizes && !moment {
			kept = append(kept, t)
		} else if !slices.Contains(left, first) && len(left) < mostParts {
			left = append(left, first)
		}
	}
	if len(kept) == 0 {
		return tensors, nil
	}
	return kept, left
}

// markBuffers finds the tensors that are buffers beside others in their module: what
// spectral norm keeps between its steps (weight_u and weight_v beside weight_orig, or
// _u and _v of a parametrization, torch/nn/utils), the base of an orthogonal
// parametrization, and the masks of pruning (weight_mask beside weight_orig). A
// weight_v beside weight_g is weight norm's, which is learned.
func markBuffers(tensors []*stored) {
	names := map[string]bool{}
	for _, t := range tensors {
		names[t.name] = true
	}
	for _, t := range tensors {
		leaf := t.leafName()
		for _, end := range []string{"_u", "_v", "_mask"} {
			if base, ok := strings.CutSuffix(t.name, end); ok && names[base+"_orig"] {
				t.buffer = true
			}
		}
		if leaf == "_u" || leaf == "_v" || leaf == "base" {
			list, _, _ := cutLast(t.module(), '.')
			t.buffer = t.buffer || strings.Contains("."+list+".", ".parametrizations.") && names[list+".original"]
		}
	}
}

// cutLast cuts a name at its last separator.
func cutLast(s string, at byte) (before, after string, found bool) {
	i := strings.LastIndexByte(s, at)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
