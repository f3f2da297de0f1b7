package link

// dictionary is what deflate may refer back to from the first byte on: pieces of
// compact stack texts, the commonest last, where they are cheapest to refer to.
// It is part of version 1 and never changes.
const dictionary = "" +
	// words of the kinds, for stacks that come from other tools
	"name input linear flatten dropout softmax repeat concat globalavgpool adaptiveavgpool avgpool maxpool " +
	"convtranspose layernorm groupnorm instancenorm rmsnorm embedding lstm gru rnn attention multihead upsample " +
	"pixelshuffle channelshuffle permute reshape slice split chunk squeeze roll mean pad crop param " +
	"sigmoid tanh hardsigmoid hardswish leakyrelu elu selu softplus mish prelu relu6 silu gelu " +
	"frozen noaffine ceil flat nopadcount dilation=2 padding=same psame pvalid bias=off mode=reflect eps=0.001 " +
	"input 3x224x224 input 3x299x299 input 3x32x32 input 1x28x28 k1x7p0x3 k7x1p3x0 k1x3p0x1 k3x1p1x0 " +
	"name VGG-name DenseNet-name MobileNet name EfficientNet-name Inception name SqueezeNet name AlexNet name GoogLeNet name ResNet-" +
	";i3x227x227;c96k11s4;r;n;m3s2;c256k5p2g2;r;n;m3s2;c384k3p1;r;c384k3p1g2;r;c256k3p1g2;r;m3s2;f;l4096;r;d;l4096;r;d;l1000;s" +
	";c512k3p1;r;c512k3p1;r;m2;c256k3p1;r;c256k3p1;r;m2;c128k3p1;r;c128k3p1;r;m2;c64k3p1;r;c64k3p1;r;m2" +
	"inc3a:concat{c64k1;r|c96k1;r;c128k3p1;r|c16k1;r;c32k5p2;r|m3s1p1;c32k1;r};inc4a:concat{c192k1;r|c96k1;r;c208k3p1;r|c16k1;r;c48k5p2;r|m3s1p1;c64k1;r};" +
	"concat{b;r;c128k1 nobias;b;r;c32k3p1 nobias|};" +
	"c32k3s2p1 nobias;b;silu;c96k1 nobias;b;relu6;c96k3p1g96 nobias;b;relu6;c24k1 nobias;b;hardswish;" +
	"mul{gap;c8k1;r;c32k1;sigmoid|};layernorm;linear 3072;gelu;linear 768;" +
	";i3x224x224;c64k7s2p3 nobias;b;r;m3s2p1;" +
	"conv2.1:add{c64k3p1 nobias;b;r;c64k3p1 nobias;b|c64k1 nobias;b};r;conv2.x:repeat2{add{c64k3p1 nobias;b;r;c64k3p1 nobias;b|};r};" +
	"conv3.1:add{c128k3s2p1 nobias;b;r;c128k3p1 nobias;b|c128k1s2 nobias;b};r;conv3.x:repeat1{add{c128k3p1 nobias;b;r;c128k3p1 nobias;b|};r};" +
	"conv5.1:add{c512k1 nobias;b;r;c512k3s2p1 nobias;b;r;c2048k1 nobias;b|c2048k1s2 nobias;b};r;conv5.x:repeat2{add{c512k1 nobias;b;r;c512k3p1 nobias;b;r;c2048k1 nobias;b|};r};" +
	"conv4.1:add{c256k1 nobias;b;r;c256k3s2p1 nobias;b;r;c1024k1 nobias;b|c1024k1s2 nobias;b};r;conv4.x:repeat5{add{c256k1 nobias;b;r;c256k3p1 nobias;b;r;c1024k1 nobias;b|};r};" +
	"g;f;l1000"
