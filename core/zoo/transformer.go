package zoo

// transformers are language models: what the picture of a stack shows of them,
// and what it does not. A sample is a sequence [L, features]; how much work there
// is depends on L, the number of parameters only where positions have a table.
func transformers() []Net {
	return []Net{
		{
			ID: "transformer-base", Name: "Transformer (base)", Family: "Transformer", Year: 2017, Task: Language,
			Params: "44140544",
			Source: "Vaswani et al.: Attention Is All You Need, 2017, table 3, base; torch.nn.Transformer() of PyTorch, without the embeddings and with a final norm in encoder and decoder",
			Text: `name Transformer (base)
input 64x512                       # the source, embedded
encoder: repeat 6 {
  add { attention 8 | }; layernorm
  add { linear 2048; relu; linear 512 | }; layernorm
}
memory: layernorm
input 64x512                       # the target
decoder: repeat 6 {
  add { attention 8 causal | }; layernorm
  add { attention 8 { | @memory } | }; layernorm
  add { linear 2048; relu; linear 512 | }; layernorm
}
layernorm
`,
		},
		{
			ID: "bert-base", Name: "BERT-base", Family: "Transformer", Year: 2018, Task: Language,
			Params: "109482240",
			Source: "Devlin et al.: BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding, 2018; Hugging Face Transformers, bert-base-uncased (BertModel with its pooler)",
			Text: `name BERT-base
input 512
words: embedding 30522x768
input 512                          # which of two sentences a word is of
embedding 2x768
add { | @words | param 512x768 }   # and where it is
layernorm; dropout
encoder: repeat 12 {
  add { attention 12; dropout | }; layernorm
  add { linear 3072; gelu; linear 768; dropout | }; layernorm
}
select 0                           # the first word stands for the sentence
linear 768; tanh
`,
		},
		{
			ID: "gpt-2-small", Name: "GPT-2 small", Family: "Transformer", Year: 2019, Task: Language,
			Params: "124439808",
			Source: "Radford et al.: Language Models are Unsupervised Multitask Learners, 2019, table 2 (its 117M was corrected to 124M in OpenAI's repository); Hugging Face Transformers, gpt2",
			Text: `name GPT-2 small
input 1024
words: embedding 50257x768
add { | param 1024x768 }           # where each is
dropout
` + repeatOf("block", 12, encoderOf("attention 12 causal; dropout", "linear 3072; gelu; linear 768; dropout", "")) + `layernorm
linear 50257 nobias shares @words
`,
		},
		{
			ID: "lstm-torchinfo", Name: "LSTM language model", Family: "Recurrent", Year: 0, Task: Language,
			Params: "3784580",
			Source: "torchinfo, tests/fixtures/models.py: LSTMNet, tests/test_output/lstm.out",
			Text: `name LSTM language model
input 100
embedding 20x300
lstm 512 layers=2
linear 20
`,
		},
	}
}
