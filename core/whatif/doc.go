// Package whatif proposes edits of a model before they are taken: what each would change
// in parameters, multiply-accumulates and peak memory, and what gets worse. A proposal is
// an ordinary edit of an arch.Model, counted as any model is; nothing is estimated. Edits
// that would break the network are not proposed.
//
// Fit finds the widest form of a network within a limit.
package whatif
