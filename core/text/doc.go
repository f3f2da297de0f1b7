// Package text reads and writes the stack text, the notation in which networks
// are typed, saved, tested and sent:
//
//	name AlexNet, two lanes             the network's name, to the end of the statement
//	input 3x227x227                     one layer a line, or several with ;
//	conv1: conv 48*2 k11 s4             label: kind, main value, short options
//	relu; lrn 5; maxpool 3 s2
//	conv 256 k5p2g2                     short options may run together
//	conv 64 kernel=3 padding same nobias
//	linear 2048*2 frozen                not trained
//	linear 50257 nobias shares @wte     with the weights of the layer labelled wte
//	repeat 3 { conv 64 k3 p1; relu }    a block, several times
//	add { conv 64 k3 p1; bn | }         paths divided by |; an empty one passes on
//	concat { conv 8 k1 | @conv1 bn }    a path may begin with the output of a label
//	concat @conv1                       short for concat { | @conv1 }
//	from @conv1                         goes on from the output of a label
//	repeat 12 shared { relu }           all turns with the weights of the first
//	again @tower                        what is labelled tower once more, with its weights
//	# a comment, to the end of the line
//
// # Grammar
//
//	text      = stack .
//	stack     = [ statement ] { sep [ statement ] } .
//	sep       = newline | ";" .
//	statement = naming | [ label ":" ] ( layer | repeat | again | join ) .
//	naming    = "name" rest .                             not inside a block, and once
//	layer     = kind { option } .
//	repeat    = "repeat" whole [ "shared" ] [ "as" label ] block .   repeat3 is repeat 3
//	again     = "again" ref [ "as" label ] .
//	join      = kind { option } ( paths | ref { ref } ) . add, concat: kinds that join
//	                                                      attention: may be without
//	block     = "{" stack "}" .
//	paths     = "{" path { "|" path } "}" .
//	path      = { sep } [ ref ] stack .
//	ref       = "@" label .
//	option    = value                          the kind's main value; begins with no letter
//	          | short value { short value }    k3  s2p1  psame  k1x7
//	          | value short value …            both run together: 96k11s4
//	          | name "=" value                 kernel=3  k=3  bias=off
//	          | name value                     kernel 3  k 3  bias off
//	          | switch                         nobias, ceil, noaffine …
//	          | "frozen"                       the layer is not trained; not with paths
//	          | "shares" ref                   with the weights of that layer; not with paths
//	          | "as" label .                   instead of label ":"
//	label     = letter { letter | mark | digit | "_" | "-" | "." } .  at most 64
//	rest      = all up to the next ";", "#" or newline; at most 200 characters .
//	value     = whole | decimal | product | size | extents | sides | decimals | wholes | tensors | word .
//	whole     = digit { digit } .
//	decimal   = [ "-" ] digits, "." and exponent as usual .            0.001  1e-5
//	product   = whole { ( "*" | "x" | "·" | "×" ) whole } .            48*2
//	size      = whole { ( "x" | "×" ) whole } .                        1x7
//	extents   = ( whole | "?" ) { ( "x" | "×" ) ( whole | "?" ) } .    3x224x224
//	sides     = side { ( "x" | "×" ) side } .                          1+2x0  -1+3
//	side      = [ "-" ] whole [ "+" [ "-" ] whole ] .                  before and after
//	decimals  = decimal { ( "x" | "×" ) decimal } .                    2x0.5
//	wholes    = [ "-" ] whole { ( "x" | "×" ) [ "-" ] whole } .        2x3x1  -3x-3
//	tensors   = "none" | tensor { "," tensor } .                       64x3x7x7,64
//	tensor    = extents | "[]" .                                       [] is one number
//	word      = letter { letter | mark | digit | "_" | "-" | "." | "/" } .
//	comment   = "#" all up to the end of the line .
//
// Words are divided by blanks: space, tab, and any other space that came along
// when the text was pasted. A word ends as well before one of ; { } | : # and
// the end of the line. Which kinds there are, which values each takes and what
// they are called is said by layer.Kinds: kind is a Kind's Name, Alias or one of
// Also, name and short are a Field's Name and Short, switch is its Off. The
// value behind a name is one word. Each option may be given once. Capitals are
// the same as small letters, except in labels, names, the words that name what
// another program calls a layer, and comments.
//
// A layer's first word may run together with its main value, and with short
// options behind it: c96k11s4 is conv 96 k11 s4. An exact name goes first
// (relu6), then the longest (conv2d64 is conv2d 64).
//
// Labels are single. That a reference names a layer before it is checked where
// shapes are (core/count), since a reference is no matter of grammar. Defaults
// are PyTorch's.
//
// What people try instead is read too, where it can mean one thing only, and
// written as the grammar has it: a second value without a name (conv 20 3x3,
// maxpool 3 2), sizes divided by blanks or commas (input 1 28 28), a padding rule
// alone (same), an activation or the next layer on the same line (dense 10 relu),
// and a layer as Python constructs it (Conv2d(3, 64, 3)): loose.go, call.go. What
// papers write (3x3 conv, 64, /2; conv3-64; 64@5x5) is read where nothing else fits:
// paper.go. Their odd kernels keep the size, so they are padded. Where it could mean
// something else too, the message is the line that is probably meant.
//
// A comment that has its lines to itself belongs to the next statement, or to
// the end of its block if there is none; one behind a statement, behind the { of
// its block or behind its } belongs to that statement.
//
// # In a link
//
// In an address the same text is written with _ for a space and ~ for a
// semicolon (Short, Long), so that a flat stack stays readable there:
// i3x227x227~c96k11s4~r~n~m3s2.
package text
