package transfer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// TestMessages sends every message with all fields set, and checks that it arrives
// as it was.
func TestMessages(t *testing.T) {
	text := "name \"quoted\" <b> \\ 이름 \u2028\ninput 3x8x8\n"
	full := func(m any) reflect.Value {
		v := reflect.New(reflect.TypeOf(m)).Elem()
		for i := range v.NumField() {
			switch f := v.Field(i); f.Interface().(type) {
			case string:
				f.SetString(text)
			case bool:
				f.SetBool(true)
			case float64:
				f.SetFloat(0.25)
			case catalog.Lang:
				f.Set(reflect.ValueOf(catalog.Korean))
			case count.Style:
				f.Set(reflect.ValueOf(count.Style{Biases: true, Flat: true, Keras: true}))
			case []Problem:
				f.Set(reflect.ValueOf([]Problem{{3, 7, text}, {}}))
			case []Choice:
				f.Set(reflect.ValueOf([]Choice{{text, "Net()"}, {}}))
			case []string:
				f.Set(reflect.ValueOf([]string{text, ""}))
			default:
				t.Fatalf("%T has a field %T that this test cannot fill", m, f.Interface())
			}
		}
		return v
	}
	for _, r := range requests {
		for _, m := range []Request{r, full(r).Interface().(Request)} {
			if got, err := DecodeRequest(EncodeRequest(m)); err != nil || !reflect.DeepEqual(got, m) {
				t.Errorf("%#v arrives as %#v (%v)", m, got, err)
			}
		}
	}
	for _, r := range replies {
		for _, m := range []Reply{r, full(r).Interface().(Reply)} {
			if got, err := DecodeReply(EncodeReply(m)); err != nil || !reflect.DeepEqual(got, m) {
				t.Errorf("%#v arrives as %#v (%v)", m, got, err)
			}
		}
	}
	for _, bad := range []string{"", ":", "1", "9:Written", "-1:", "7:Written", "7:Written3:abc1:0", "7:Written0:9:9999999990:",
		"8:Progress1:x", EncodeReply(Failed{}) + "0:", EncodeRequest(ReadFile{})} {
		if m, err := DecodeReply(bad); err == nil {
			t.Errorf("%q is taken for %#v", bad, m)
		}
	}
	if m, err := DecodeRequest(EncodeReply(Failed{})); err == nil {
		t.Errorf("a reply is taken for %#v", m)
	}
}

// TestListed checks that every message type is in its list.
func TestListed(t *testing.T) {
	listed := map[string]bool{}
	for _, r := range requests {
		listed["request "+reflect.TypeOf(r).Name()] = true
	}
	for _, r := range replies {
		listed["reply "+reflect.TypeOf(r).Name()] = true
	}
	file, err := parser.ParseFile(token.NewFileSet(), "message.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "request" && f.Name.Name != "reply" {
			continue
		}
		n++
		if name := f.Name.Name + " " + f.Recv.List[0].Type.(*ast.Ident).Name; !listed[name] {
			t.Errorf("%s is not in the list", name)
		}
	}
	if n != len(listed) {
		t.Errorf("%d messages, %d listed", n, len(listed))
	}
}
