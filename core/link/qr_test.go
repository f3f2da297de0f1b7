package link

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	goqr "github.com/piglig/go-qr"
)

// drawn is a code as it is printed, four pixels a module.
func drawn(t *testing.T, q QR) image.Image {
	t.Helper()
	const each = 4
	img := image.NewGray(image.Rect(0, 0, q.Side*each, q.Side*each))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for run := range strings.SplitSeq(strings.TrimSuffix(q.Path, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%q: %v", run, err)
		}
		for py := y * each; py < (y+1)*each; py++ {
			for px := x * each; px < (x+n)*each; px++ {
				if img.GrayAt(px, py).Y == 0 {
					t.Fatalf("%q is drawn twice", run)
				}
				img.SetGray(px, py, color.Gray{})
			}
		}
	}
	return img
}

// Codes of one library are read by another: addresses of every length that fits, and
// none that does not.
func TestQR(t *testing.T) {
	address := "https://example.org/paramstack/#1zS85KtDIyNrIyrDMyrUu2NjRI"
	for _, n := range []int{1, 20, len(address), 120, 260, 415, 416, 600, 900, 1_400, 1_824, 2_400, 2_953} {
		text := strings.Repeat(address, n/len(address)+1)[:n]
		q, ok := QROf(text)
		if !ok {
			t.Fatalf("%d bytes have no code", n)
		}
		got, err := goqr.Decode(drawn(t, q))
		if err != nil || got != text {
			t.Errorf("%d bytes, %d modules: read as %.80q, %v", n, q.Side, got, err)
		}
	}
	if _, ok := QROf(strings.Repeat("x", 2_954)); ok {
		t.Error("more than a code can hold has one")
	}
}
