package why_test

import (
	"testing"

	"paramstack/core/count"
)

// TestKnown asks for numbers that summaries, papers and tutorials state of the same network
// or of one that is called like it. The rest of what people type is in TestDiffer.
func TestKnown(t *testing.T) {
	for _, c := range []claim{
		{"vgg-16", "14,714,688", "dense-off"}, {"vgg-16", "14.7M", "dense-off"}, {"vgg-16", "138365992", "network"},
		{"vgg-16", "528 MB", "binary bytes-4"}, {"vgg-16", "15.5G", "macs"}, {"vgg-16", "30.9 GFLOPs", "flops"},
		{"vgg-16", "134301514", "classes"}, {"vgg-16", "143667240", "network"}, {"vgg-16", "134260544", "head-off"},
		{"vgg-16", "138M", "same"}, {"vgg-16", "138344128", "bias-off"},
		{"resnet-50", "23587712", "conv-bias-on head-off stats-on"}, {"resnet-50", "23534592", "conv-bias-on head-off"},
		{"resnet-50", "25583592", "conv-bias-on"}, {"resnet-50", "25610152", "stats-on"}, {"resnet-50", "25610205", "buffers-on"},
		{"resnet-50", "23512130", "classes"}, {"resnet-50", "102 MB", "bytes-4"}, {"resnet-50", "97.5 MB", "binary bytes-4"},
		{"resnet-50", "51.1 MB", "bytes-2"}, {"resnet-50", "3.86 GFLOPs", "macs stride-first"},
		{"resnet-50", "7.7 GFLOPs", "flops stride-first"}, {"resnet-50", "4.1 GFLOPs", "macs"}, {"resnet-50", "25.5M", "cut"},
		{"resnet-50", "25550760", "in-channels"}, {"resnet-50", "25613800", "network stats-on"},
		{"resnet-50", "23581440", "conv-bias-on head-off in-channels stats-on"},
		{"mobilenet-v2", "3538984", "stats-on"}, {"mobilenet-v2", "2257984", "head-off stats-on"},
		{"mobilenet-v2", "2223872", "head-off"}, {"mobilenet-v2", "14 MB", "bytes-4"}, {"mobilenet-v2", "2236682", "classes"},
		{"mobilenet-v2", "3.4M", "cut norm-off"}, // the paper has it
		{"alexnet-2012", "60M", "cut"}, {"alexnet-2012", "61100840", "network"}, {"alexnet-2012", "57044810", "classes network"},
		{"alexnet-2012", "244 MB", "bytes-4"}, {"alexnet-2012", "0.72 GFLOPs", "macs"}, {"alexnet-2012", "1.45 GFLOPs", "flops"},
		{"alexnet-2012", "58322314", "classes groups-off"}, {"alexnet-2012", "56868224", "head-off"},
		{"alexnet-torchvision", "2469696", "dense-off"}, {"googlenet", "13004888", "network"}, {"googlenet", "6624904", "network"},
		{"googlenet", "5973552", "head-off"}, {"lenet-5", "431080", "network"}, {"lenet-5", "61470", "bias-off"},
		{"efficientnet-b0", "5330571", "network stats-on"}, {"efficientnet-b0", "4049571", "head-off network stats-on"},
		{"efficientnet-b0", "4007548", "head-off"}, {"densenet-121", "8062504", "stats-on"},
		{"densenet-121", "7037504", "head-off stats-on"}, {"inception-v3-heads", "23834568", "side-off"},
		{"inception-v3-heads", "23851784", "network stats-on"}, {"xception", "20861480", "head-off stats-on"},
		{"bert-base", "110M", "coarse"}, {"bert-base", "438 MB", "bytes-4"}, {"bert-base", "85054464", "row-only"},
		{"gpt-2-small", "85056000", "no-tables-free"}, {"gpt-2-small", "498 MB", "bytes-4"},
		{"vit-b-16", "371812", "lora-qv-head"}, {"bert-base", "296450", "lora-qv-head"}, {"vit-b-16", "86170468", "classes lora-qv"},
		{"input 1x64x64\nflatten\nlinear 128; relu\nlinear 10", "1574282", "in-channels"},
		{"input 3x200x200\nflatten\nlinear 50", "2000050", "in-channels"},
		{"gpt-2-small", "124734720", "lora-qv"}, {"vit-b-16", "85798656", "head-off"}, {"vit-b-16", "86M", "cut"},
		{"swin-t", "27519354", "head-off"}, {"resnet-18", "11173962", "classes stem-3x3"},
		{"resnet-18", "11181642", "classes"}, {"resnet-18", "11175370", "classes in-channels"},
		{"resnet-18", "44.6 MB", "binary bytes-4"}, {"resnet-18", "11699112", "stats-on"}, {"resnet-18", "21797672", "network"},
		{"resnet-18", "11220132", "classes stem-3x3"}, {"squeezenet-1-1", "722496", "head-off"},
		// As Keras prints them, with four digits and fewer.
		{"resnet-50", "97.80 MB", "binary bytes-4 conv-bias-on stats-on"}, {"resnet-50", "97.8 MB", "binary bytes-4 conv-bias-on stats-on"},
		{"resnet-50", "25.64M", "conv-bias-on stats-on"}, {"resnet-50", "102.55 MB", "bytes-4 conv-bias-on stats-on"},
		{"resnet-50", "23.59M", "conv-bias-on head-off stats-on"}, {"resnet-50", "23.588M", "conv-bias-on head-off stats-on"},
		{"resnet-50", "89.98 MB", "binary bytes-4 conv-bias-on head-off stats-on"},
		{"mobilenet-v2", "8.61 MB", "binary bytes-4 head-off stats-on"},
		// As other tools do.
		{"resnet-50", "4.12 GMac", "tool-ptflops-0.6"}, {"resnet-50", "177.83 MB", "printed"}, {"resnet-50", "244.45 MB", "printed"},
		{"resnet-50", "0.57 MB", "printed"}, {"resnet-50", "207.50 KB", "printed"}, {"resnet-50", "53120", "printed"},
		{"resnet-50", "3.8 GFLOPs", "cut macs stride-first"}, {"mobilenet-v2", "6108776", "network"},
		{"mobilenet-v2", "1968680", "network"}, {"mobilenet-v2", "6.9M", "erratum network"}, {"lenet-5", "44426", "network"},
		{"googlenet", "5M", "cut head-off"}, {"efficientnet-b3", "13096216", ""},
	} {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		got := ""
		if len(a.Reasons) > 0 {
			got = names(a.Reasons[0])
		}
		if got != sorted(c.terms) {
			t.Errorf("%s, %s: want %q, have%s", c.network, c.number, c.terms, list(a))
		}
	}
}

// TestKeras asks where the page counts as Keras does, or without biases.
func TestKeras(t *testing.T) {
	bare := count.Style{}
	for _, c := range []struct {
		claim
		style count.Style
	}{
		{claim{"resnet-50-keras", "25636712", "same"}, count.Keras},
		{claim{"resnet-50-keras", "25583592", "stats-off"}, count.Keras},
		{claim{"resnet-50", "25557032", "stats-off"}, count.Keras},
		{claim{"alexnet-2012", "60965224", "bias-on"}, bare},
		{claim{"alexnet-2012", "60954656", "same"}, bare},
		{claim{"alexnet-2012", "62367776", "groups-off"}, bare},
	} {
		a := find(t, network(t, c.network), c.style, c.number)
		if len(a.Reasons) == 0 || names(a.Reasons[0]) != sorted(c.terms) {
			t.Errorf("%s, %s: want %q, have%s", c.network, c.number, c.terms, list(a))
		}
	}
}

// TestSums adds up the terms of each reason: the start and all changes are the number.
func TestSums(t *testing.T) {
	for _, c := range claims {
		for _, r := range find(t, network(t, c.network), count.PyTorch, c.number).Reasons {
			sum := r.Start
			for _, term := range r.Terms {
				sum = sum.Add(term.Change)
			}
			if !sum.Equal(r.Number) {
				t.Errorf("%s, %s: the terms make %s of %s", c.network, c.number, sum, r.Number)
			}
		}
	}
}
