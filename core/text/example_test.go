package text_test

import (
	"fmt"

	"paramstack/core/text"
)

// Format writes what Parse read in the shortest form that gives it back.
func ExampleFormat() {
	file, problems := text.Parse(`
		input 3x224x224
		stem: conv filters=64 kernel=7 stride=2 padding=3 bias=off; bn
		repeat 2 { add { conv 64 k3 p1; relu | } }
		globalavgpool; linear 1000`)
	fmt.Print(len(problems), " problems\n", text.Format(file.Model))
	// Output:
	// 0 problems
	// input 3x224x224
	// stem: conv 64 k7 s2 p3 nobias
	// bn
	// repeat 2 {
	//   add {
	//     conv 64 k3 p1
	//     relu
	//   |
	//   }
	// }
	// globalavgpool
	// linear 1000
}

// Every problem has a place.
func ExampleParse() {
	const src = "input 3x32x32\nconf 64 k3\nlinear -1"
	_, problems := text.Parse(src)
	for _, d := range problems {
		line, column := text.Position(src, d.Span.Start)
		fmt.Printf("%d:%d: %s\n", line, column, src[d.Span.Start:d.Span.End])
	}
	// Output:
	// 2:1: conf
	// 3:8: -1
}

func ExampleShort() {
	file, _ := text.Parse("input 3x32x32; conv 4 k5 nobias; relu")
	short, ok := text.Short(file.Model)
	fmt.Println(short, ok)
	fmt.Println(text.Long(short))
	// Output:
	// i3x32x32~c4k5_nobias~r true
	// i3x32x32;c4k5 nobias;r
}
