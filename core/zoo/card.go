package zoo

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/num"
)

// A Card is what the gallery shows of a network. The page knows cards only: the
// networks themselves are in the cards' links.
type Card struct {
	ID, Name, Family string
	Year             int // 0: it was never published on its own
	Task             Task
	Params           num.Int // learnable elements
	MACs             num.Int // multiply-accumulates of one sample
	Input            string  // the first input's shape: 3×224×224
	Layers           num.Int // of convolution and dense
	Shares           []Share // of the parameters, in the order of layer's groups
	Link             string  // the fragment that opens it
	Source           string  // as papers cite it; "" where there is nothing to cite
}

// A Share is the part of the parameters that a family of layers holds.
type Share struct {
	Group   layer.Group
	Permill int // at least 1
}

// columns is how many columns a line of the gallery's file has.
const columns = 12

// File is the gallery's file: a line for each network, its columns divided by
// tabs. It is written when the site is built.
func File() []byte {
	var b strings.Builder
	for _, n := range All() {
		c := n.card()
		shares := make([]string, len(c.Shares))
		for i, s := range c.Shares {
			shares[i] = fmt.Sprintf("%d:%d", s.Group, s.Permill)
		}
		b.WriteString(strings.Join([]string{
			c.ID, c.Name, c.Family, strconv.Itoa(c.Year), strconv.Itoa(int(c.Task)), c.Params.String(), c.MACs.String(),
			c.Input, c.Layers.String(), strings.Join(shares, ","), c.Link, c.Source,
		}, "\t"))
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func (n *Net) card() Card {
	m := n.Model()
	r := count.Of(m)
	c := Card{
		ID: n.ID, Name: n.Name, Family: n.Family, Year: n.Year, Task: n.Task, Source: n.Source,
		Params: count.PyTorch.Params(r.Totals.Counts), MACs: r.Totals.MACs, Layers: r.Totals.Layers, Link: link.Encode(m),
	}
	if len(r.Rows) > 0 {
		c.Input = r.Rows[0].Out.String()
	}
	for g := layer.Group(0); g < layer.Groups; g++ {
		if part := count.PyTorch.Params(r.Totals.Groups[g]); !part.IsZero() {
			c.Shares = append(c.Shares, Share{g, max(1, int(1000*part.Share(c.Params)+0.5))})
		}
	}
	return c
}

// ReadFile reads the gallery's file. A line that cannot be read is left out: it
// comes from another version of the page.
func ReadFile(data string) []Card {
	var cards []Card
	for line := range strings.Lines(data) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != columns {
			continue
		}
		c := Card{ID: f[0], Name: f[1], Family: f[2], Input: f[7], Link: f[10], Source: f[11]}
		var ok [3]bool
		c.Params, ok[0] = num.Parse(f[5])
		c.MACs, ok[1] = num.Parse(f[6])
		c.Layers, ok[2] = num.Parse(f[8])
		year, err1 := strconv.Atoi(f[3])
		task, err2 := strconv.Atoi(f[4])
		if err1 != nil || err2 != nil || task < 0 || task >= int(Tasks) || ok != [3]bool{true, true, true} {
			continue
		}
		c.Year, c.Task = year, Task(task)
		for s := range strings.SplitSeq(f[9], ",") {
			group, permill, _ := strings.Cut(s, ":")
			g, err1 := strconv.Atoi(group)
			p, err2 := strconv.Atoi(permill)
			if err1 == nil && err2 == nil && g >= 0 && g < int(layer.Groups) {
				c.Shares = append(c.Shares, Share{layer.Group(g), p})
			}
		}
		cards = append(cards, c)
	}
	return cards
}
