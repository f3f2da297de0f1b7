package count_test

import (
	"fmt"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/text"
)

// The formulas, numbers and totals of a network.
func ExampleOf() {
	file, _ := text.Parse("input 1x28x28; conv 6 k5 p2; relu; maxpool 2; conv 16 k5; relu; maxpool 2; flatten; linear 10")
	report := count.Of(file.Model)
	report.Leaves(func(row *count.Row, _ num.Int) {
		if f := count.Formula(row.Weights, count.Style{Biases: true}); len(f) > 0 {
			fmt.Printf("%s → %s: %s = %s\n", row.Name, row.Out, count.Text(f), row.Counts.Params(true))
		}
	})
	fmt.Println(report.Totals.Params(true).Grouped(), "parameters,", report.Totals.MACs.Grouped(), "MACs")
	// Output:
	// conv1 → 6×28×28: 5·5·1·6 + 6 = 156
	// conv2 → 16×10×10: 5·5·6·16 + 16 = 2416
	// linear1 → 10: (5·5·16)·10 + 10 = 4010
	// 6,582 parameters, 361,600 MACs
}

// A repeat is counted as often as it runs; shared weights once.
func ExampleRow() {
	file, _ := text.Parse("input 8x16x16; repeat 12 { conv 8 k3 p1 }; repeat 12 shared { conv 8 k3 p1 }")
	for _, row := range count.Of(file.Model).Rows[1:] {
		fmt.Println(row.Name, row.Counts.Params(true), row.Counts.MACs)
	}
	// Output:
	// repeat1 7008 1769472
	// repeat2 584 1769472
}

// Keras counts a batch norm's running statistics as parameters, PyTorch does not.
func ExampleCounts_Shown() {
	file, _ := text.Parse("input 3x32x32; conv 8 k3 nobias; bn")
	totals := count.Of(file.Model).Totals
	fmt.Println(totals.Shown(count.Style{Biases: true}), totals.Shown(count.Style{Biases: true, Keras: true}))
	// Output:
	// 232 248
}
