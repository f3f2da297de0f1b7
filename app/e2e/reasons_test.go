//go:build !js

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The selected row explains its number: by its button and by a key, for the row the
// cursor moves to, on a phone, and for scripts.
func TestReasons(t *testing.T) {
	p := open(t, "")
	p.click(p.row("conv2") + " .kind")
	p.click(p.row("conv2") + " [data-cmd=explain]")
	region := p.row("conv2") + " [role=region]"
	p.wait("the explanation", "document.querySelector("+quote(region)+")?.textContent.includes('27×27')")
	if got := p.text(region); !strings.Contains(got, "sees only 48 of the 96 channels") {
		t.Errorf("conv2: %s", got)
	}
	if name := p.attr(region, "aria-label"); name != "Why conv2 has its number" {
		t.Errorf("the region is called %q", name)
	}
	if p.attr(p.row("conv2"), "aria-describedby") != p.attr(region, "id") {
		t.Error("the row is not described by it")
	}
	p.wait("it is read", "document.getElementById('announce').textContent.includes('27×27')")
	if p.attr(p.row("conv2")+" [data-cmd=explain]", "aria-expanded") != "true" {
		t.Error("the button does not state that it is open")
	}

	// A sentence about a factor lights it.
	p.hover(region + " .factor:nth-child(2)")
	p.wait("the factor", "document.querySelector("+quote(p.row("conv2")+" .formula .f.hot")+")?.textContent == '48'")
	p.wait("its source", "document.querySelector("+quote(p.row("conv1"))+").classList.contains('src')")

	// It follows the cursor, and goes away before the selection does.
	p.press("j")
	p.wait("relu2", "document.querySelector('.cur [role=region]')?.textContent.includes('nothing to learn')")
	p.press("escape")
	p.wait("closed", "document.querySelector('.cur') && !document.querySelector('[role=region].reasons')")
	p.press("x")
	p.wait("open again", "document.querySelector('.cur [role=region].reasons')")
	p.press("x")
	p.wait("closed again", "!document.querySelector('[role=region].reasons')")

	lines := eval[[]string](p, "paramstack.explain('conv2')")
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "weight: 5·5·48·128·2 = 307,200") || !strings.Contains(all, "27×27") {
		t.Errorf("for scripts: %s", all)
	}
	id := eval[int](p, "paramstack.report().rows.find(r => r.name == 'conv2').id")
	if got := eval[[]string](p, fmt.Sprintf("paramstack.explain(String(%d))", id)); len(got) != len(lines) {
		t.Errorf("by its ID: %v", got)
	}
	for _, bad := range []string{"", "'conv9'", "{}", "null", "7n", "Symbol()"} {
		if !eval[bool](p, "paramstack.explain("+bad+") === null") {
			t.Errorf("paramstack.explain(%s) is something", bad)
		}
	}
}

// On a phone the same button is large enough, and what it opens fits.
func TestReasonsPhone(t *testing.T) {
	p := open(t, "")
	p.setViewport(390, 844, true)
	p.tap(p.row("linear1") + " .kind")
	button := p.row("linear1") + " [data-cmd=explain]"
	p.wait("the button", "document.querySelector("+quote(button)+")?.getBoundingClientRect().height >= 44")
	p.tap(button)
	p.wait("the explanation", "document.querySelector('.cur [role=region]')?.textContent.includes('6×6×256')")
	p.fits("the explanation")
}
