// Package transfer is what the page and its worker send each other: the requests
// of the page, the replies of the worker, and how both travel. The worker reads
// files of other tools and writes networks for them, in a program of its own
// (app/transfer/worker), so that the page does not wait and a first visit does not
// download it.
package transfer

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// A Request is sent by the page to its worker. It is a closed list: this file. Its method
// lets a coder write its fields, or returns it with those that a coder has read.
type Request interface{ request(*coder) Request }

// The requests.
type (
	// ReadFile reads a file, which is sent beside the message with those that belong to
	// it: Progress follows any number of times, then a FileRead. Of a program, Expression
	// is what to make, "" for what it makes itself; Input is that of one sample.
	ReadFile struct {
		Lang              catalog.Lang
		Expression, Input string
	}
	// WriteFormat writes the network of a stack text: a Written follows.
	WriteFormat struct {
		Format, Text string
		Style        count.Style
		Lang         catalog.Lang
	}
)

// A Reply is what the worker answers. It is a closed list: this file.
type Reply interface{ reply(*coder) Reply }

// The replies.
type (
	// Progress is how much is done, 0 to 1. Another reply follows.
	Progress struct{ Done float64 }
	// FileRead is what came of a file.
	FileRead struct {
		Text   string   // the network as stack text, "" if it could not be read
		Format string   // what the file was, "" if that is unknown
		More   []string // further networks of the same file
		Notes  []string
		Keras  bool   // its numbers are as Keras counts
		Doubt  bool   // a note warns that something may be missing
		Error  string // why it could not be read
		// Problems are the error and the doubtful notes that state a line.
		Problems []Problem
		// Origins are the lines of the program that made the nodes of Text and then of
		// More, in the order of the text; nil for other files.
		Origins []string
		// Choices are what a program could make, Expression and Input what was made.
		Choices           []Choice
		Expression, Input string
	}
	// Written is what came of writing a network.
	Written struct {
		Text     string
		Problems []string // what could not be written in the format
		Error    string
	}
	// Failed may come instead of any other reply: there is no worker, or it has
	// met a fault of its own.
	Failed struct {
		Why  string
		Died bool // it had been loaded, and ended before it was done
	}
)

// A Problem is a sentence about a place of a file; Line is 0 where that is unknown.
type Problem struct {
	Line, Column int
	Text         string
}

// A Choice is a class or a function of a program that makes a network.
type Choice struct {
	Shown string // with the arguments it needs: UNet(n_channels, n_classes)
	Call  string // an expression to begin with: UNet(n_channels=3, n_classes=)
}

func (m ReadFile) request(c *coder) Request {
	c.lang(&m.Lang)
	c.text(&m.Expression)
	c.text(&m.Input)
	return m
}

func (m WriteFormat) request(c *coder) Request {
	c.text(&m.Format)
	c.text(&m.Text)
	c.flags(&m.Style.Biases, &m.Style.Flat, &m.Style.Keras)
	c.lang(&m.Lang)
	return m
}

func (m Progress) reply(c *coder) Reply {
	c.number(&m.Done)
	return m
}

func (m FileRead) reply(c *coder) Reply {
	c.text(&m.Text)
	c.text(&m.Format)
	c.texts(&m.More)
	c.texts(&m.Notes)
	c.flags(&m.Keras, &m.Doubt)
	c.text(&m.Error)
	list(c, &m.Problems, func(p *Problem) {
		c.whole(&p.Line, math.MaxInt32)
		c.whole(&p.Column, math.MaxInt32)
		c.text(&p.Text)
	})
	c.texts(&m.Origins)
	list(c, &m.Choices, func(p *Choice) {
		c.text(&p.Shown)
		c.text(&p.Call)
	})
	c.text(&m.Expression)
	c.text(&m.Input)
	return m
}

func (m Written) reply(c *coder) Reply {
	c.text(&m.Text)
	c.texts(&m.Problems)
	c.text(&m.Error)
	return m
}

func (m Failed) reply(c *coder) Reply {
	c.text(&m.Why)
	c.flags(&m.Died)
	return m
}

// All requests and replies, to be decoded by the names of their types.
var (
	requests = []Request{ReadFile{}, WriteFormat{}}
	replies  = []Reply{Progress{}, FileRead{}, Written{}, Failed{}}
)

// EncodeRequest and EncodeReply write a message for its way to the other program,
// DecodeRequest and DecodeReply read it there.
func EncodeRequest(r Request) string { return encode(r, Request.request) }
func EncodeReply(r Reply) string     { return encode(r, Reply.reply) }
func DecodeRequest(message string) (Request, error) {
	return decode(requests, message, Request.request)
}
func DecodeReply(message string) (Reply, error) { return decode(replies, message, Reply.reply) }
