package editor

import (
	"strings"

	"paramstack/core/catalog"
)

// Messages about taking the network elsewhere.
type (
	// Share copies the link; Shared and ShareFailed report how it went.
	Share       struct{}
	Shared      struct{}
	ShareFailed struct{ Link string }
	// Download saves the stack text as a file.
	Download struct{}
	// Copied reports whether a text could be copied to the clipboard.
	Copied struct{ OK bool }
)

func (Share) apply(s State) (State, []Effect) {
	return s, []Effect{CopyLink{Title: s.Name(), Fragment: s.Fragment()}}
}

func (Shared) apply(s State) (State, []Effect) {
	if c := s.Open.Compare; c != nil && c.Result != nil {
		return s.comparing(func(c *Comparison) { c.Copied = len(s.comparedFragment()) })
	}
	return s.say(ToneGood, catalog.Say(catalog.NoticeShared, len(s.Fragment()))), nil
}

func (m ShareFailed) apply(s State) (State, []Effect) {
	if c := s.Open.Compare; c != nil && c.Result != nil {
		return s.comparing(func(c *Comparison) { c.Manual = m.Link })
	}
	return s.say(ToneBad, catalog.Say(catalog.NoticeShareFailed, m.Link)), nil
}

func (Download) apply(s State) (State, []Effect) {
	return s, []Effect{SaveFile{Name: fileName(s.Name()) + StackExt, Text: s.Doc.Text}}
}

func (m Copied) apply(s State) (State, []Effect) {
	if m.OK {
		return s.say(ToneGood, catalog.Say(catalog.NoticeCopied)), nil
	}
	return s.say(ToneBad, catalog.Say(catalog.NoticeNotCopied)), nil
}

// fileName converts a title to a name that every file system accepts.
func fileName(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r >= 0xAC00 && r <= 0xD7A3:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 80 {
			break
		}
	}
	if name := strings.Trim(b.String(), "-"); name != "" {
		return name
	}
	return "network"
}
