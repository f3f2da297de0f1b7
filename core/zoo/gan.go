package zoo

// gans are networks that make pictures. The paper's figure begins with 1024 maps
// and states no count; the program everybody uses has half as many of each.
func gans() []Net {
	return []Net{{
		ID: "dcgan-generator", Name: "DCGAN generator", Family: "GAN", Year: 2015, Task: Generation,
		Params: "3576704",
		Source: "Radford, Metz, Chintala: Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks, 2015, figure 1; PyTorch examples, dcgan/main.py (ngf 64), counted by torchsummary",
		Text: `name DCGAN generator
input 100x1x1
convtranspose 512 k4 nobias; bn; relu
convtranspose 256 k4 s2 p1 nobias; bn; relu
convtranspose 128 k4 s2 p1 nobias; bn; relu
convtranspose 64 k4 s2 p1 nobias; bn; relu
convtranspose 3 k4 s2 p1 nobias; tanh
`,
	}}
}
