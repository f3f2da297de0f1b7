package num_test

import (
	"fmt"

	"paramstack/core/num"
)

// A product of large extents carries on where 64 bits end.
func ExampleInt() {
	n := num.Of(1 << 40)
	fmt.Println(n.Mul(n))
	fmt.Println(n.Mul(n).Sub(num.Of(1)).Cmp(n.Mul(n)))
	// Output:
	// 1208925819614629174706176
	// -1
}

func ExampleInt_Short() {
	for _, n := range []int64{10568, 60965224, 724406816} {
		fmt.Println(num.Of(n).Short(), num.Of(n).Grouped())
	}
	// Output:
	// 10.6 k 10,568
	// 61.0 M 60,965,224
	// 724.4 M 724,406,816
}

// 243.9 MB is 232.6 MiB: both are the parameters of AlexNet in 32 bits.
func ExampleInt_Bytes() {
	n := num.Of(60965224 * 4)
	fmt.Println(n.Bytes(false), n.Bytes(true))
	// Output:
	// 243.9 MB 232.6 MiB
}

// A width that its author drew as two lanes stays two lanes.
func ExampleParseProduct() {
	p, fault := num.ParseProduct("48*2")
	fmt.Println(p, p.Value(), p.IsPlain(), fault == num.ParsedOK)
	_, fault = num.ParseProduct("48*0")
	fmt.Println(fault == num.NotPositive)
	// Output:
	// 48*2 96 false true
	// true
}
