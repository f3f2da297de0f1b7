package link

// Pack makes a compressed link of any text, for tests.
func Pack(src string) string { return "1z" + pack(src, "") }
