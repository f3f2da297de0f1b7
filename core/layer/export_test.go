package layer

// Checked is what With does behind the types.
func Checked(l Layer) (Layer, error) {
	fresh, d := checked(l)
	if d != nil {
		return nil, d
	}
	return fresh, nil
}
