package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/core/layer"
)

// el returns an element. go-app has a type for every element, each with all its
// methods: one for all makes a smaller program.
//
//go:noinline
func el(tag string) app.HTMLElem { return app.Elem(tag) }

// said returns an element of a class, "" for none, with a text in it; box one with others
// in it. Each chain of calls that they replace takes half a kilobyte of the program.
//
//go:noinline
func said(tag, class, text string) app.HTMLElem {
	e := el(tag).Text(text)
	if class != "" {
		e = e.Class(class)
	}
	return e
}

//go:noinline
func box(tag, class string, body ...app.UI) app.HTMLElem {
	e := el(tag).Body(body...)
	if class != "" {
		e = e.Class(class)
	}
	return e
}

// field returns a field of one line for an act, with more attributes by their names.
//
//go:noinline
func field(a act, id, value string, more ...string) app.HTMLElem {
	e := el("input").Attr("type", "text").ID(id).Attr("value", value).Attr(does(a)).Attr("autocomplete", "off").
		Attr("autocapitalize", "off").Attr("spellcheck", "false").Attr("enterkeyhint", "go")
	for i := 0; i < len(more); i += 2 {
		e = e.Attr(more[i], more[i+1])
	}
	return e
}

// numbered returns a button with a text, whose act needs a number.
//
//go:noinline
func numbered(a act, class string, index int, text string) app.HTMLElem {
	return press(a, class).Attr("data-index", itoa(index)).Text(text)
}

// press returns a button whose text is still to come.
//
//go:noinline
func press(a act, class string) app.HTMLElem {
	return el("button").Attr("type", "button").Class(class).Attr(does(a))
}

// typed makes a field one for what people type as it is.
func typed(field app.HTMLElem, label, hint string) app.HTMLElem {
	return field.Attr("aria-label", label).Attr("placeholder", hint).
		Attr("autocomplete", "off").Attr("autocapitalize", "off").Attr("spellcheck", "false")
}

// grouped names an element as a group.
func grouped(label string, e app.HTMLElem) app.HTMLElem {
	return e.Attr("role", "group").Attr("aria-label", label)
}

// svgNS is the namespace in which SVG elements must be created.
const svgNS = "http://www.w3.org/2000/svg"

// roleClass is the colour of a factor and of the chip it comes from.
func roleClass(r layer.Role) string {
	switch r {
	case layer.RoleKernel:
		return "k"
	case layer.RoleIn:
		return "in"
	case layer.RoleOut:
		return "out"
	case layer.RoleLanes:
		return "lane"
	case layer.RoleSpatial:
		return "sp"
	case layer.RoleBias:
		return "bias"
	case layer.RoleChannels:
		return "ch"
	default:
		return ""
	}
}

// classes joins the classes that hold.
func classes(always string, pairs ...any) string {
	var b strings.Builder
	b.WriteString(always)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1].(bool) {
			b.WriteByte(' ')
			b.WriteString(pairs[i].(string))
		}
	}
	return b.String()
}

func word(on bool) string {
	if on {
		return "true"
	}
	return "false"
}

// icons are drawn on a 16 by 16 grid, by stroke.
var icons = map[string]string{
	"undo":      "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H7",
	"redo":      "M10 3l3.500 3.500L10 10M13 6.500H6.500a4 4 0 0 0 0 8H9",
	"add":       "M8 3v10M3 8h10",
	"new":       "M4 1.800h5l3 3v9.400H4zM8 7v4M6 9h4",
	"recent":    "M8 2.500a5.500 5.500 0 1 1-5.200 3.700M2.500 2.800v3.500H6M8 5v3.200l2.200 1.300",
	"export":    "M3 2.500h6.500L13 6v7.500H3zM9.500 2.500V6H13M5.500 9h5M5.500 11.500h5",
	"gallery":   "M2.500 2.500h4.500v4.500H2.500zM9 2.500h4.500v4.500H9zM2.500 9h4.500v4.500H2.500zM9 9h4.500v4.500H9z",
	"share":     "M6.500 9.500 9.500 6.500M7 4.500l1.700-1.700a3.200 3.200 0 0 1 4.500 4.500L11.500 9M9 11.500l-1.700 1.700a3.200 3.200 0 0 1-4.500-4.500L4.500 7",
	"import":    "M8 10V2.500M5 5.500l3-3 3 3M2.500 10.500v3h11v-3",
	"download":  "M8 2.500V10M5 7l3 3 3-3M2.500 10.500v3h11v-3",
	"theme":     "M8 2.500a5.500 5.500 0 1 0 0 11zM8 2.500a5.500 5.500 0 0 1 0 11",
	"help":      "M5.800 6a2.200 2.200 0 1 1 3.300 1.900c-.7.400-1.100.8-1.100 1.600M8 12v.100",
	"menu":      "M3 4.500h10M3 8h10M3 11.500h10",
	"duplicate": "M5.500 5.500h7v7h-7zM3.500 10.500v-7h7",
	"delete":    "M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.6 9h5.800l.6-9M7 7v4M9 7v4",
	"up":        "M8 13V3M4 7l4-4 4 4",
	"down":      "M8 3v10M4 9l4 4 4-4",
	"repeat":    "M3 8V6.500A2.500 2.500 0 0 1 5.500 4H13M11 2l2 2-2 2M13 8v1.500a2.500 2.500 0 0 1-2.500 2.500H3M5 14l-2-2 2-2",
	"skip":      "M3.500 2v12M3.500 4.500H8a3.500 3.500 0 0 1 0 7H4M6 9.300 3.700 11.500 6 13.700",
	"unwrap":    "M5 2.500H2.500V5M11 2.500h2.500V5M5 13.500H2.500V11M11 13.500h2.500V11M6 8h4",
	"path":      "M4 2v4c0 3 4 2 4 5v3M12 2v4c0 3-4 2-4 5",
	"freeze":    "M8 1.800v12.400M2.600 4.900l10.800 6.200M13.400 4.900 2.600 11.100M6.300 2.600 8 4.200l1.700-1.600M6.300 13.400 8 11.800l1.700 1.600",
	"edit":      "M3 13l.7-3L10.500 3.200l2.300 2.300L6 12.300z",
	"rename":    "M2.500 8 7.500 3h6v6l-5 5zM10.700 5.700v.100",
	"compare":   "M2.500 3h4.500v10H2.500zM9 3h4.500v10H9zM4 6h1.500M10.500 6H12M4 9h1.500M10.500 9H12",
	"close":     "M4 4l8 8M12 4l-8 8",
	"fold":      "M6 4l4 4-4 4",
	"fold-all":  "M4 2.500 8 6l4-3.500M4 13.500 8 10l4 3.500",
	"open-all":  "M4 5.500 8 2l4 3.500M4 10.500 8 14l4-3.500",
	"unroll":    "M3 3.500h10M3 8h10M3 12.500h10M1.500 3.500v9",
	"find":      "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.300 10.300l3.200 3.200",
	"more":      "M3.500 8h.100M8 8h.100M12.500 8h.100",
	"copy-rows": "M5.500 5.500h7v8h-7zM3.500 11v-8.500h7",
	"whatif":    "M3 12.500h10M4.500 10 8 3.500l3.500 6.500M6 7.200h4",
	"note":      "M8 2.500a5.500 5.500 0 1 0 .010 0M8 7.500v3.300M8 5.200v.100",
	"why":       "M2.500 5.500h5M2.500 10.500h5M9.700 5.200a1.900 1.900 0 1 1 2.800 1.700c-.6.300-.9.700-.9 1.400M11.600 11v.100",
	"tools":     "M2.500 3h11v10h-11zM2.500 6.500h11M6.500 3v10",
	"warn":      "M8 2.500 14 13H2zM8 6.500v3M8 11.200v.100",
}

// icon draws an icon; what it means must be written beside it. It is written as browsers
// write what they have read, attributes in order: so the program finds that an icon which
// the build drew is the same.
func icon(name string) app.UI {
	return app.Raw(`<svg aria-hidden="true" class="icon" focusable="false" viewBox="0 0 16 16"><path d="` +
		icons[name] + `"></path></svg>`)
}

// button is a button that is there for an act.
func button(a act, class, label string, body ...app.UI) app.HTMLElem {
	return press(a, class).Attr("aria-label", label).Title(label).Body(body...)
}

// off marks a button that does nothing now. It is not disabled: that would remove
// the keyboard's focus.
func off(b app.HTMLElem, disabled bool) app.HTMLElem { return b.Attr("aria-disabled", word(disabled)) }

// svg returns an SVG element with attributes given in pairs. It can have no class:
// go-app writes className, which SVG elements do not support.
func svg(tag string, pairs ...string) app.HTMLElem {
	e := app.Elem(tag).XMLNS(svgNS)
	for i := 0; i+1 < len(pairs); i += 2 {
		e = e.Attr(pairs[i], pairs[i+1])
	}
	return e
}

// percent writes thousandths as a percentage for SVG lengths.
func percent(permill int) string {
	permill = max(permill, 0)
	if permill%10 == 0 {
		return itoa(permill/10) + "%"
	}
	return itoa(permill/10) + "." + itoa(permill%10) + "%"
}
