package browser

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

// PictureRoom returns how wide a picture may be, in steps so that not every change of
// the window draws it again; 0 if that is not known.
func PictureRoom() (width int, phone bool) {
	inner := int(number(window().Get("innerWidth")))
	const most, margin, step = 1480, 76, 20
	return max(min(inner, most)-margin, 0) / step * step, inner > 0 && inner <= phoneWide
}
