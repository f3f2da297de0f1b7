package syntax

import "reflect"

// Names calls f with every name that a body reads or binds, inner functions and
// classes included.
func Names(body []Stmt, f func(name string)) { names(reflect.ValueOf(body), f, 0) }

var nameType = reflect.TypeFor[Name]()

// names walks a tree by its fields: this is asked once a program.
func names(v reflect.Value, f func(string), depth int) {
	if depth > 2*MaxDepth*10 {
		return
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			names(v.Elem(), f, depth+1)
		}
	case reflect.Slice:
		for i := range v.Len() {
			names(v.Index(i), f, depth+1)
		}
	case reflect.Struct:
		if v.Type() == nameType {
			f(v.Interface().(Name).ID)
			return
		}
		if v.Type().PkgPath() == "math/big" {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				names(v.Field(i), f, depth+1)
			}
		}
	}
}
