package picture

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
)

// words are the title and the description of a block.
func (p *plan) words(c *column) (title, desc string) {
	say := p.opt.Lang.In
	title = c.name
	if c.kind != "" && c.kind != c.name {
		title += " · " + c.kind
	}
	if c.window != nil && c.folded == 0 {
		title += " " + windowText(c)
	}
	if c.note != "" {
		title += " " + c.note
	}
	title += " · " + c.shape.In(p.opt.Layout)
	if n, ok := c.shape.Elements(); ok {
		desc = say(catalog.PictureBlock, n.Grouped())
	} else {
		desc = say(catalog.PictureUnknown)
	}
	if c.row != nil && c.row.Broken() {
		desc = c.row.Problems[0].Say.In(p.opt.Lang)
	}
	if n := p.labels[c]; n.count != "" {
		desc += " " + say(catalog.PictureParams, n.count)
	}
	return title, desc
}

// weightWords are those of an area.
func (p *plan) weightWords(c *column, m *matrix) (title, desc string) {
	if m.row == nil {
		return c.name, ""
	}
	title = m.row.Name
	own := p.opt.Style.Params(ownOf(m.row))
	if m.shared {
		return title, p.opt.Lang.In(catalog.CountedAt, p.report.Name(m.row.SharesWith))
	}
	desc = p.opt.Lang.In(catalog.PictureParams, own.Grouped())
	if f := count.Text(p.report.Formula(m.row, p.opt.Style)); f != "" && f != own.String() {
		desc += " " + f
	}
	return title, desc
}
