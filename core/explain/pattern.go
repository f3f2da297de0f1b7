package explain

import "strings"

// match finds a pattern in a text whose blanks are single. In a pattern # is a
// number, @ a shape in brackets, and * up to 200 characters of anything. It returns
// the numbers of each # and @.
func match(pattern, text string) ([][]int64, bool) {
	head := pattern[:strings.IndexAny(pattern+"#", "#@*")]
	for from := 0; ; {
		at := strings.Index(text[from:], head)
		if at < 0 {
			return nil, false
		}
		if found, ok := rest(pattern[len(head):], text[from+at+len(head):]); ok {
			return found, true
		}
		from += at + 1
	}
}

// rest matches a pattern at the beginning of a text.
func rest(pattern, text string) ([][]int64, bool) {
	var found [][]int64
	for pattern != "" {
		sign := pattern[0]
		pattern = pattern[1:]
		switch sign {
		case '#':
			n, size := number(text)
			if size == 0 {
				return nil, false
			}
			found, text = append(found, []int64{n}), text[size:]
		case '@':
			shape, size := shape(text)
			if size == 0 {
				return nil, false
			}
			found, text = append(found, shape), text[size:]
		case '*':
			more, ok := match(pattern, text[:min(len(text), 200)])
			return append(found, more...), ok
		default:
			if text == "" || text[0] != sign {
				return nil, false
			}
			text = text[1:]
		}
	}
	return found, true
}

// number reads a whole number, -1 for None, and returns how long it is.
func number(text string) (n int64, size int) {
	if strings.HasPrefix(text, "None") {
		return -1, 4
	}
	sign := int64(1)
	if strings.HasPrefix(text, "-") {
		sign, size = -1, 1
	}
	digits := size
	for size < len(text) && size < 16 && text[size] >= '0' && text[size] <= '9' {
		n = 10*n + int64(text[size]-'0')
		size++
	}
	if size == digits {
		return 0, 0
	}
	return sign * n, size
}

// shape reads numbers in brackets: (None, 28, 28), [16, 3, 3, 3].
func shape(text string) (extents []int64, size int) {
	if text == "" || text[0] != '(' && text[0] != '[' {
		return nil, 0
	}
	for size = 1; size < len(text); {
		switch c := text[size]; c {
		case ')', ']':
			return extents, size + 1
		case ',', ' ', 'x':
			size++
		default:
			n, digits := number(text[size:])
			if digits == 0 {
				return nil, 0
			}
			extents, size = append(extents, n), size+digits
		}
	}
	return nil, 0
}
