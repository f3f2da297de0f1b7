package zoo

import "paramstack/core/catalog"

// The Korean blog post that counts parameters by hand, by whose numbers the page
// is measured, leaves biases out.

// toy is the post's first example: 5·5·3 kernels, 4 of them, then 5·5·4, 10 of
// them. The post states no picture size: the count of parameters needs none.
var toy = Net{
	ID: "toy", Name: "Toy network (blog post)", Family: "Blog post",
	Params: "1300", Weights: true, Remark: catalog.SourcePost, Why: catalog.WhyToy,
	Text: `name Toy network
input 3x32x32
conv 4 k5 nobias
conv 10 k5 nobias
`,
}
