package torch

import (
	"maps"
	"slices"
	"strings"

	"paramstack/core/tensor"
)

// meanWords are words in the names of modules that hold a network once more: the mean
// of its weights over the training, a teacher that follows its student. A target is
// such only beside what is trained: translation has targets of its own.
var meanWords = strings.Fields("ema swa averaged shadow teacher")

// withoutCopies takes away the tensors that are a network once more under another name
// in the same dictionary (model.x and model_ema.x), and returns what they are called.
// Each of them must be there again, of its name and its shape: names without their
// dots, as Stable Diffusion's LitEma has them.
func withoutCopies(tensors []*stored) (kept []*stored, copies []string) {
	words := meanWords
	for _, t := range tensors {
		if first, _, _ := strings.Cut(t.name, "."); first == "online" || strings.HasPrefix(first, "online_") ||
			first == "policy_net" {
			words = append(slices.Clone(meanWords), "target")
			break
		}
	}
	of := map[string][]*stored{} // by the module that holds the copy
	originals := map[string]tensor.Shape{}
	for _, t := range tensors {
		if at := copyEnd(t.name, words); at > 0 {
			of[t.name[:at]] = append(of[t.name[:at]], t)
			continue
		}
		for rest, drop := t.name, 0; drop < 4; drop++ {
			originals[strings.ReplaceAll(rest, ".", "")] = t.shape
			_, after, more := strings.Cut(rest, ".")
			if !more {
				break
			}
			rest = after
		}
	}
	for module, all := range of {
		matched := 0
		for _, t := range all {
			if len(t.shape) == 0 {
				continue // how long the mean is, and over how many steps
			}
			x, there := originals[strings.ReplaceAll(t.name[len(module)+1:], ".", "")]
			if !there || !x.Equal(t.shape) {
				matched = 0
				break
			}
			matched++
		}
		if matched < 2 {
			delete(of, module)
		}
	}
	for _, t := range tensors {
		if at := copyEnd(t.name, words); at == 0 || of[t.name[:at]] == nil {
			kept = append(kept, t)
		}
	}
	return kept, slices.Sorted(maps.Keys(of))
}

// copyEnd returns where the first part of a name ends that has one of some words, 0 if
// none does.
func copyEnd(name string, copyWords []string) int {
	at := 0
	for part := range strings.SplitSeq(name, ".") {
		at += len(part)
		if at < len(name) && slices.ContainsFunc(words(part), func(w string) bool { return slices.Contains(copyWords, w) }) {
			return at
		}
		at++
	}
	return 0
}
