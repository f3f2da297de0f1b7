package caffe

import (
	"regexp"
	"strings"

	"paramstack/core/tool/caffe/prototext"
)

// Caffe logs each network that it makes as a prototxt, and then its layers one by one
// (Net::Init in src/caffe/net.cpp).

var (
	logHead    = regexp.MustCompile(`^\s*[IWEF]\d{4,8} [\d:.]+\s+\d+ [\w.]+:\d+\]`)
	logCreates = regexp.MustCompile(`\] [Cc]reating [Ll]ayer (\S+)`)
	logLayer   = regexp.MustCompile(`(?m)^\s*layers?\s*:?\s*\{`)
)

const (
	logBegins = "Initializing net from parameters:"
	logEnds   = "Network initialization done"
)

// logged returns the first network that a log shows as a prototxt; "" if there is none,
// or not all of it: long messages are cut off (glog's kMaxLogMessageLen).
func logged(log string) string {
	_, log, ok := strings.Cut(log, logBegins)
	if !ok {
		return ""
	}
	var net strings.Builder
	created := map[string]bool{}
	first := true // the rest of the line that begins it
	for line := range strings.Lines(log) {
		if !logHead.MatchString(line) {
			if len(created) == 0 && !first {
				net.WriteString(line)
			}
			first = false
			continue
		}
		if strings.Contains(line, logEnds) || strings.Contains(line, logBegins) {
			break
		}
		// Caffe adds layers of its own where an output has several uses.
		if m := logCreates.FindStringSubmatch(line); m != nil && !strings.HasSuffix(m[1], "_split") {
			created[m[1]] = true
		}
	}
	src := net.String()
	if layers := len(logLayer.FindAllString(src, -1)); layers == 0 || layers < len(created) {
		return ""
	}
	all := func(string, string) bool { return false }
	if _, err := prototext.Parse(src, func(float64) error { return nil }, all); err != nil {
		return ""
	}
	return src
}
