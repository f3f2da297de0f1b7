// Package passport counts a network as other tools do: what PyTorch, torchinfo,
// torchsummary, Keras, ptflops, thop, fvcore and Netscope print for its parameters,
// its operations and its sizes, each by the tool's own rule.
//
// The rules were read in the sources of the tools (named at each) and are compared with
// what the tools print, for the networks of the zoo and random ones (make interop) and
// for networks of torchvision (testdata/printed.csv). They are of the released versions
// that Name states, for one sample, in inference, and modules as torchvision has them.
// What a rule here does not reproduce is unknown and names the layers: never a guess.
package passport
