package catalog

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Korean particles follow the sound that the word before them ends in. A
// sentence has both forms, as they are written where the word is not known yet,
// 은(는) or (으)로, and In keeps the one that fits the argument.

// particles are the pairs a sentence may have after a placeholder. The bracket is
// what the scan of In sees first: what comes before it is written already.
var particles = []struct {
	before, bracket, after string // 은 (는), or nothing (으) 로
	consonant, vowel       string
}{
	{"은", "(는)", "", "은", "는"},
	{"이", "(가)", "", "이", "가"},
	{"을", "(를)", "", "을", "를"},
	{"과", "(와)", "", "과", "와"},
	{"", "(으)", "로", "으로", "로"},
	{"", "(이)", "", "이", ""}, // (이)라는, (이)고, (이)며
}

// particle looks for a pair whose bracket begins rest, and returns written with
// the form that fits what it ends in, and how much of rest that used up: 0 if
// there is none, or if nobody can say how the word before is read.
func particle(written []byte, rest string) ([]byte, int) {
	for _, p := range particles {
		if !strings.HasPrefix(rest, p.bracket+p.after) || !bytes.HasSuffix(written, []byte(p.before)) {
			continue
		}
		word := written[:len(written)-len(p.before)]
		switch sound := lastSound(string(word)); {
		case sound == unheard:
			return written, 0
		case sound == vowel, sound == rieul && p.bracket == "(으)":
			return append(word, p.vowel...), len(p.bracket + p.after)
		default:
			return append(word, p.consonant...), len(p.bracket + p.after)
		}
	}
	return written, 0
}

// A sound is what a word ends in, as far as particles ask.
type sound uint8

const (
	unheard sound = iota // not known how it is read
	vowel
	consonant
	rieul // ㄹ, a consonant that takes 로 and not 으로
)

// lastSound returns what a word ends in when it is read aloud in Korean. Marks
// after it and a remark in brackets are not read.
func lastSound(s string) sound {
	for {
		s = strings.TrimRight(s, " '\"`’”‘“.,:;…")
		if !strings.HasSuffix(s, ")") {
			break
		}
		open := strings.LastIndexByte(s, '(')
		if open <= 0 {
			s = s[:len(s)-1]
			continue
		}
		s = s[:open]
	}
	r, size := utf8.DecodeLastRuneInString(s)
	switch {
	case size == 0:
		return unheard
	case r >= '가' && r <= '힣':
		switch int(r-'가') % 28 { // the consonants a syllable may end in are numbered
		case 0:
			return vowel
		case 8:
			return rieul
		}
		return consonant
	case r >= '0' && r <= '9':
		return numberSound(s)
	case r < utf8.RuneSelf && unicode.IsLetter(r):
		return latinSound(s)
	case strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r):
		return consonant // 제곱
	case strings.ContainsRune("%°αβγδζηθκλμρστφχψωΦΔΣΠ?", r):
		return vowel // 퍼센트, 도, 알파 …, 물음표
	}
	return unheard
}

// numberSound reads a number that ends s: by its last digit, or by the unit that
// its zeros make, 십, 백, 천, 만, 억, 조.
func numberSound(s string) sound {
	short := strings.TrimRight(s, "0,")
	zeros := strings.Count(s[len(short):], "0")
	last := byte(0)
	if short != "" {
		last = short[len(short)-1]
	}
	switch {
	case zeros >= 12 && zeros < 16 && last >= '1' && last <= '9':
		return vowel // 조
	case zeros > 0:
		return consonant // 영, 십, 백, 천, 만, 억
	case last == '1' || last == '7' || last == '8':
		return rieul // 일, 칠, 팔
	case last == '3' || last == '6':
		return consonant // 삼, 육
	}
	return vowel // 이, 사, 오, 구
}

// latinSound reads a word in Latin letters that ends s: letter by letter if it
// is an abbreviation, otherwise as Korean writes English words.
func latinSound(s string) sound {
	from := len(s)
	for from > 0 && isLatin(s[from-1]) {
		from--
	}
	word := s[from:]
	for i := len(word) - 1; i > 0; i-- { // AlexNet is read by Net
		if word[i] < 'a' && word[i-1] >= 'a' {
			word = word[i:]
			break
		}
	}
	lower := strings.ToLower(word)
	if word == strings.ToUpper(word) || !strings.ContainsAny(lower, "aeiouy") {
		switch lower[len(lower)-1] {
		case 'l', 'r':
			return rieul // 엘, 알
		case 'm', 'n':
			return consonant // 엠, 엔
		}
		return vowel
	}
	for _, e := range endings {
		if strings.HasSuffix(lower, e.end) {
			return e.sound
		}
	}
	return vowel
}

func isLatin(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// endings are how Korean writes the ends of English words; the first that fits
// counts, and a word that ends in none of them ends in a vowel: 레이어, 스트라이드, 맥스.
var endings = []struct {
	end   string
	sound sound
}{
	{"l", rieul}, {"le", rieul},
	{"m", consonant}, {"n", consonant}, {"ng", consonant}, {"me", consonant}, {"ne", consonant},
	{"eat", vowel}, {"oat", vowel}, {"oot", vowel}, {"eet", vowel}, {"ait", vowel}, // 리피트, 플로트
	{"at", consonant}, {"et", consonant}, {"it", consonant}, {"ot", consonant}, {"ut", consonant}, // 플랫, 넷, 유닛, 닷, 인풋
	{"ap", consonant}, {"ep", consonant}, {"ip", consonant}, {"op", consonant}, {"up", consonant}, // 맵, 스텝, 클립, 크롭, 그룹
	{"ck", consonant}, {"ook", consonant}, {"ic", consonant}, {"ac", consonant}, {"oc", consonant}, // 블록, 북
	{"web", consonant}, {"tab", consonant},
}
