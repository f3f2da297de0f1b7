package tool_test

import (
	"fmt"
	"strings"

	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
)

// What a file is, is found out by its content; the network comes out as a model.
func ExampleRead() {
	const printed = `Net(
  (conv1): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))
  (relu): ReLU()
  (fc): Linear(in_features=84, out_features=10, bias=True)
)`
	r, reader, problem := tool.Read(&source.File{Name: "net.txt", Size: int64(len(printed)), At: strings.NewReader(printed)})
	fmt.Println(problem == nil, reader.ID)
	fmt.Print(text.Format(r.Model))
	fmt.Println(count.Of(r.Model).Totals.Params(true), "parameters")
	// Output:
	// true torch-print
	// name Net
	// input 1x?x?
	// conv1: conv 6 k5 p2
	// relu
	// flatten
	// fc: linear 10 in=84
	// 1006 parameters
}

// The rows of a table add up to its last.
func ExampleWriterByID() {
	file, _ := text.Parse("name Small\ninput 1x8x8; conv 4 k3; relu; flatten; linear 10")
	n := &target.Network{Model: file.Model, Report: count.Of(file.Model), Style: count.Style{Biases: true}}
	out, problems := tool.WriterByID("csv").Write(n)
	fmt.Print(len(problems), " problems\n", strings.ReplaceAll(out, "\r", ""))
	// Output:
	// 0 problems
	// name,depth,kind,layer,turns,input,output,parameter_formula,parameters,trainable,buffers,mac_formula,macs
	// input1,0,input,input 1x8x8,1,,1×8×8,,0,0,0,,0
	// conv1,0,conv,conv 4 k3,1,1×8×8,4×6×6,3·3·1·4 + 4,40,40,0,3·3·1·4·6·6,1296
	// relu1,0,relu,relu,1,4×6×6,4×6×6,,0,0,0,,0
	// flatten1,0,flatten,flatten,1,4×6×6,144,,0,0,0,,0
	// linear1,0,linear,linear 10,1,144,10,(6·6·4)·10 + 10,1450,1450,0,(6·6·4)·10,1440
	// total,0,,,1,,,,1490,1490,0,,2736
}
