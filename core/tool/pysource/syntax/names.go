package syntax

import "reflect"

// Names calls f with every name that a body reads or binds, inner functions and
// classes included.
func Names(body []Stmt, f func(name string)) { names(reflect.ValueOf(body), f, 0) }

var nameType = reflect.TypeFor[Name]()

// Attributes calls f with the name of every attribute that a body speaks of.
func Attributes(body []Stmt, f func(name string)) { attributes(reflect.ValueOf(body), f, 0) }

func attributes(v reflect.Value, f func(string), depth int) {
	if depth > 20*MaxDepth {
		return
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if a, ok := v.Interface().(*Attr); ok {
			f(a.Name)
		}
		attributes(v.Elem(), f, depth+1)
	case reflect.Slice:
		for i := range v.Len() {
			attributes(v.Index(i), f, depth+1)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "math/big" {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				attributes(v.Field(i), f, depth+1)
			}
		}
	}
}

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
