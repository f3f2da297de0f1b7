package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// ShowPicture has web/picture.js show a picture, "" for the one that is there, with a
// mark at the row of a key.
func ShowPicture(svg, cursor string) {
	if f := window().Get("paramstackPicture"); f.Truthy() {
		window().Call("paramstackPicture", svg, cursor)
	}
}

// phoneWide is the widest screen that shows one thing at a time, in CSS pixels, as in
// web/picture.css.
const phoneWide = 720

// PictureRoom returns how large a picture may be, in steps so that not every change of
// the window draws it again; 0 if that is not known. Its place in web/picture.css is as
// high: with what is around it, less than half of the window.
func PictureRoom() (width, high int, phone bool) {
	inner := int(number(window().Get("innerWidth")))
	const most, margin, step = 1480, 76, 20
	const around, least, stepHigh = 70, 220, 10
	high = int(0.45*number(window().Get("innerHeight"))) - around
	width = max(min(inner, most)-margin, 0) / step * step
	return width, max(high, least) / stepHigh * stepHigh, inner > 0 && inner <= phoneWide
}

// SavePNG has web/picture.js draw a picture as PNG and save it, so many times as large;
// 0 copies it at twice its size, and reports whether it could.
func SavePNG(name, svg string, times int, copied func(ok bool)) {
	f := window().Get("paramstackPNG")
	if !f.Truthy() {
		return
	}
	settle(window().Call("paramstackPNG", name, svg, times), func(_ app.Value, ok bool) {
		if times == 0 || !ok {
			copied(ok)
		}
	})
}

// Query returns a value of the address's query, and whether it is there.
func Query(name string) (value string, ok bool) {
	try(func() {
		query := window().Get("URLSearchParams").New(window().Get("location").Get("search"))
		ok = query.Call("has", name).Truthy()
		value = text(query.Call("get", name))
	})
	return value, ok
}
