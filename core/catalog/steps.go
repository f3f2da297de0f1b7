package catalog

// The steps of a derivation, which layers name; their sentences are in derive.go.
const (
	StepSame    Key = "step.same"
	StepDropped Key = "step.dropped"
)
