package count

import "paramstack/core/num"

// A Training is an estimate of what training a model keeps in memory, in elements: its
// parameters, a gradient for each that is trained, what the optimizer keeps for each,
// and the outputs that the backward pass needs, for one sample.
type Training struct{ Params, Gradients, States, Activations num.Int }

// An Optimizer is how many numbers an optimizer keeps for each parameter it trains.
type Optimizer int64

// The optimizers: torch.optim.SGD with momentum, torch.optim.Adam.
const (
	Momentum Optimizer = 1
	Adam     Optimizer = 2
)

// Training returns the estimate for layers of these counts. All outputs that need memory
// of their own are kept; frozen parameters have no gradients and no states.
func (c Counts) Training(o Optimizer) Training {
	trained := c.Trainable()
	return Training{c.Params(true), trained, trained.Times(int64(o)), c.Outputs}
}

// Total returns the sum.
func (t Training) Total() num.Int {
	return t.Params.Add(t.Gradients).Add(t.States).Add(t.Activations)
}
