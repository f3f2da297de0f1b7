// Package transfer is what the page and its worker send each other: the requests
// of the page, the replies of the worker, and how both travel. The worker reads
// files of other tools and writes networks for them, in a program of its own
// (app/transfer/worker), so that the page does not wait and a first visit does not
// download it.
package transfer

import (
	"encoding/json"
	"fmt"
	"reflect"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// A Request is sent by the page to its worker. It is a closed list: this file.
type Request interface{ request() }

// The requests.
type (
	// ReadFile reads a file, which is sent beside the message: Progress follows any
	// number of times, then a FileRead.
	ReadFile struct{ Lang catalog.Lang }
	// ListFormats requests the formats that can be written: a FormatList follows.
	ListFormats struct{ Lang catalog.Lang }
	// WriteFormat writes the network of a stack text: a Written follows.
	WriteFormat struct {
		Format, Text string
		Style        count.Style
		Lang         catalog.Lang
	}
)

// A Reply is what the worker answers. It is a closed list: this file.
type Reply interface{ reply() }

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
	}
	// FormatList is what can be written.
	FormatList struct{ Formats []Format }
	// Written is what came of writing a network.
	Written struct {
		Text     string
		Problems []string // what could not be written in the format
		Error    string
	}
	// Failed may come instead of any other reply: there is no worker, or it has
	// met a fault of its own.
	Failed struct{ Why string }
)

// A Format is one that a network can be written in.
type Format struct {
	Name, Label, Ext string
	Prose            bool // sentences, whose lines may be broken to be read
}

func (ReadFile) request()    {}
func (ListFormats) request() {}
func (WriteFormat) request() {}

func (Progress) reply()   {}
func (FileRead) reply()   {}
func (FormatList) reply() {}
func (Written) reply()    {}
func (Failed) reply()     {}

// All requests and replies, to be decoded by the names of their types.
var (
	requests = []Request{ReadFile{}, ListFormats{}, WriteFormat{}}
	replies  = []Reply{Progress{}, FileRead{}, FormatList{}, Written{}, Failed{}}
)

// EncodeRequest and EncodeReply write a message for its way to the other program,
// DecodeRequest and DecodeReply read it there.
func EncodeRequest(r Request) string                { return encode(r) }
func EncodeReply(r Reply) string                    { return encode(r) }
func DecodeRequest(message string) (Request, error) { return decode(requests, message) }
func DecodeReply(message string) (Reply, error)     { return decode(replies, message) }

// An envelope is a message and the name of its type.
type envelope[T any] struct {
	Type    string
	Message T
}

// encode writes a message as JSON. That cannot fail: messages are texts, numbers
// and truths.
func encode(message any) string {
	data, err := json.Marshal(envelope[any]{reflect.TypeOf(message).Name(), message})
	if err != nil {
		panic(err)
	}
	return string(data)
}

func decode[M any](known []M, message string) (none M, err error) {
	var e envelope[json.RawMessage]
	if err := json.Unmarshal([]byte(message), &e); err != nil {
		return none, fmt.Errorf("transfer: %w", err)
	}
	for _, m := range known {
		t := reflect.TypeOf(m)
		if t.Name() != e.Type {
			continue
		}
		v := reflect.New(t)
		if err := json.Unmarshal(e.Message, v.Interface()); err != nil {
			return none, fmt.Errorf("transfer: %s: %w", e.Type, err)
		}
		return v.Elem().Interface().(M), nil
	}
	return none, fmt.Errorf("transfer: unknown message %q", e.Type)
}
