package source

import "strings"

// Windows' consoles and editors show UTF-8 in a code page of their own: ├─ becomes
// â”œâ”€ in Windows-1252 and Γö£ΓöÇ in code page 437. Lines of boxes and dots are what a
// table or a tree of modules has of such signs, so these are put back.

// western are the letters of Windows-1252 for the bytes from 80 on, where they are not
// those of Unicode; oem those of code page 437 up to BF. A blank is no letter.
const (
	western = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ"
	oem     = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
)

// A codePage is how a code page shows the first byte of boxes and dots, E2, and the bytes
// behind it.
type codePage struct {
	first   rune
	letters []rune
}

var codePages = []codePage{{'â', []rune(western)}, {'Γ', []rune(oem)}}

// following returns the byte from 80 to BF that a letter shows, 0 if it shows none.
func (p *codePage) following(letter rune) rune {
	for i, l := range p.letters {
		if l == letter && l != ' ' {
			return 0x80 + rune(i)
		}
	}
	if p.first == 'â' && letter >= 0x80 && letter < 0xC0 {
		return letter // as Unicode has it
	}
	return 0
}

// boxes returns a text with its boxes and dots put back.
func boxes(text string) string {
	for i := range codePages {
		if p := &codePages[i]; strings.ContainsRune(text, p.first) {
			text = p.boxes(text)
		}
	}
	return text
}

func (p *codePage) boxes(text string) string {
	letters := []rune(text)
	repaired := make([]rune, 0, len(letters))
	for i := 0; i < len(letters); i++ {
		if letters[i] != p.first || i+1 == len(letters) {
			repaired = append(repaired, letters[i])
			continue
		}
		second, third := p.following(letters[i+1]), rune(0)
		if i+2 < len(letters) {
			third = p.following(letters[i+2])
		}
		switch box := second == 0x94 || second == 0x95; {
		case third != 0 && (box || second == 0x80):
			repaired = append(repaired, 0x2000+(second-0x80)<<6+third-0x80)
			i += 2
		case box: // 81, which many programs drop
			repaired = append(repaired, '━')
			i++
		default:
			repaired = append(repaired, letters[i])
		}
	}
	return string(repaired)
}
