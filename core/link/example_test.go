package link_test

import (
	"fmt"

	"paramstack/core/link"
	"paramstack/core/text"
)

// A short flat stack can be read in its link, and a person may write one.
func ExampleEncode() {
	file, _ := text.Parse("input 3x32x32; conv 4 k5 nobias; conv 10 k5 nobias")
	fmt.Println("#" + link.Encode(file.Model))
	// Output:
	// #1.i3x32x32~c4k5_nobias~c10k5_nobias~end
}

func ExampleDecode() {
	m, problem := link.Decode("#1.i3x32x32~c4k5_nobias~r~end")
	fmt.Print(problem == nil, "\n", text.Format(m))

	// A link that a chat cut off does not open as a smaller network.
	_, problem = link.Decode("#1.i3x32x32~c4k5_nobias")
	fmt.Println(problem != nil)
	// Output:
	// true
	// input 3x32x32
	// conv 4 k5 nobias
	// relu
	// true
}
