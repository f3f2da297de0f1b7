package darknet

import (
	"testing"

	"paramstack/core/internal/tooltest"
)

func FuzzDarknet(f *testing.F) {
	for _, src := range []string{
		cfg(64, "conv 16 3 | maxpool size=2 stride=2 | conv 32 3 2 | shortcut from=-1 activation=leaky | lin 18 1 | yolo | route layers=-4 | upsample | route layers=-1,0 groups=2 group_id=1 | reorg stride=2"),
		cfg(16, "conv 8 3 | avgpool | conv 8 1 | scale_channels from=-3 | sam from=-1 activation=logistic | local filters=2 size=3 | dropout probability=.4 | connected output=4 batch_normalize=1 | softmax | cost"),
		"[net]\ninputs=6\n[rnn]\nhidden=3\noutput=5\n[gru]\noutput=2\nbatch_normalize=1\n[lstm]\noutput=9\n[activation]\nactivation=lhtan\n[softmax]\ngroups=2\n",
		"[net]\nwidth=9\nheight=7\nchannels=4\n[crnn]\nhidden=3\noutput=5\nsize=3\npad=1\n[conv_lstm]\noutput=4\npeephole=1\n[deconvolutional]\nfilters=2\nsize=4\nstride=2\n[crop]\ncrop_height=3\ncrop_width=2\n[normalization]\n[batchnorm]\n[maxpool]\nsize=4\npadding=1\n[empty]\n",
		"[net]\nwidth=8\nheight=8\nchannels=4\n[conv]\nfilters=4\nantialiasing=1\nstride=2\nbatch_normalize=1\n[conv]\nshare_index=-1\nfilters=4\nbatch_normalize=1\n[shortcut]\nfrom=-1,-2\nweights_type=per_channel\n[local_avgpool]\nsize=3\nstride_x=2\n[maxpool]\nmaxpool_depth=1\nout_channels=2\n[reorg]\nreverse=1\nstride=1\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, data []byte) { tooltest.ReadAny(t, &Reader, data) })
}
