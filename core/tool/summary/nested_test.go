package summary

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestNested reads what summary(expand_nested=True) prints: the rows of a model within
// are its layers, and its own row is no further one.
func TestNested(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"Keras 2": {`Model: "m"
_________________________________________________________________
 Layer (type)                Output Shape              Param #   
=================================================================
 x (InputLayer)              [(None, 9, 9, 2)]         0         
                                                                 
 body (Functional)           (None, 4)                 656       
|¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯|
| y (InputLayer)             [(None, 9, 9, 2)]         0        |
|                                                               |
| inner (Sequential)         (None, 7, 7, 3)           69       |
||¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯||
|| c (Conv2D)                (None, 7, 7, 3)           57      ||
||                                                             ||
|| n (BatchNormalization)    (None, 7, 7, 3)           12      ||
|¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯|
|                                                               |
| f (Flatten)                (None, 147)               0        |
|                                                               |
| d (Dense)                  (None, 4)                 592      |
¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯¯
                                                                 
 e (Dense)                   (None, 1)                 5         
=================================================================
Total params: 666
Trainable params: 660
Non-trainable params: 6
`, "666 i2x9x9;c:c3k3pvalid;n:b;f:f;d:l4;e:l1"},
		"Keras 3": {keras3("x (InputLayer)|(None, 5)|0", "   └ no (Dense)|(None, 5)|30", "m (Sequential)|(None, 2)|27", "   └ a (Dense)|(None, 3)|18",
			"   └ b (Dense)|(None, 2)|8", "o (Dense)|(None, 1)|3"), "60 m:opaque type=Sequential weights=1 buffers=none;i5;no:l5;a:l3;b:l2;o:l1"},
		"wrapped": {"┃ Layer (type) ┃ Output Shape ┃ Param # ┃\n┡━━━╇━━━╇━━━┩\n│ x            │ (None, 5) │ 0 │\n│ (InputLayer) │           │   │\n│ m            │ (None, 3) │ 18 │\n" +
			"│ (Sequential) │           │   │\n│    └ inside  │ (None, 3) │ 18 │\n│ (Dense)      │           │   │\n└───┴───┴───┘\n", "18 i5;inside:l3"},
		"used twice": {keras("a (InputLayer)|[(None, 6)]|0|[]", "b (InputLayer)|[(None, 6)]|0|[]", "m (Functional)|(None, 2)|30|['a[0][0]',", "|||'b[0][0]']",
			"¦ a (InputLayer)|[(None, 6)]|0|[]¦", "¦ c (Dense)|(None, 3)|21|['a[0][0]']¦", "¦ d (Dense)|(None, 2)|8|['c[0][0]']¦", "s (Subtract)|(None, 2)|0|['m[0][0]',", "|||'m[1][0]']",
			"o (Dense)|(None, 1)|3|['s[0][0]']", "Total params: 33"),
			"33 i6;c-1:l3;d-1:l2;m:opaque type=Functional weights=1 buffers=none;i6;c:l3 shares @c-1;d:l2 shares @d-1;s:sub @d-1;o:l1"},
		"not connected": {keras("x (InputLayer)|[(None, 6)]|0|[]", "m (Sequential)|(None, 2)|29|['x[0][0]']", "¦ c (Dense)|(None, 3)|21|[]¦", "¦ d (Dense)|(None, 2)|8|[]¦",
			"j (Concatenate)|(None, 8)|0|['x[0][0]',", "|||'m[0][0]']", "Total params: 29"), "29 i6;j:concat{|c:l3;d:l2}"},
		"a cut count": {keras3("x (InputLayer)|(None, 9)|0", "m (Mystery)|(None, 2)|4,017", "   └ a (Strange)|(None, 3)|4,0…", "   └ b (Dense)|(None, 2)|8"),
			"4,017 i9;a:opaque type=Strange weights=4009 buffers=none out=3;b:l2"},
		"more than it states": {keras3("x (InputLayer)|(None, 9)|0", "m (Sequential)|(None, 9)|90", "   └ a (Dense)|(None, 9)|90", "   └ b (Dense)|(None, 9)|90"), "180 i9;a:l9;b:l9"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.table)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		k := count.Of(r.Model).Totals
		_, layers, _ := strings.Cut(text.Compact(r.Model), ";")
		if got := count.Keras.Params(k.Counts).Grouped() + " " + layers; got != c.want || k.ParamsAtLeast {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}
