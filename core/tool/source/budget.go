package source

import (
	"io"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// What the reading of one file may make, in bytes. A file of a network states what
// it holds about once, so a small one has no need of much: what it names again and
// again, or unpacks to, is what would exhaust the memory of a browser.
const (
	leastBudget  = 32 << 20  // for a file of any size
	budgetFactor = 16        // for each byte of the file
	mostBudget   = 512 << 20 // for the largest file
)

// A Budget is what the reading of one file may still make: names that are joined,
// texts that are formatted, entries that are unpacked, pieces that are read. All
// readers, and all files within the file, spend the same one, so that no combination
// of them is without a bound. It bounds the work as well, since all work that a file
// can multiply makes something.
type Budget struct{ left, all int64 }

func newBudget(size int64) *Budget {
	all := int64(mostBudget)
	if size < (mostBudget-leastBudget)/budgetFactor {
		all = leastBudget + budgetFactor*max(size, 0)
	}
	return &Budget{all, all}
}

// Spend takes so many bytes for what is to be made, one of the catalogue's Made
// keys. The error names it when the budget does not have them; then nothing is to be
// made.
func (b *Budget) Spend(made catalog.Key, bytes int) error {
	if b.left -= int64(bytes); b.left < 0 || bytes < 0 {
		b.left = -1 // what comes later is refused too
		return diag.New(catalog.ImportTooMuch, num.Of(b.all>>20).Grouped(), made)
	}
	return nil
}

// Budget returns what the reading of the file may still make.
func (f *File) Budget() *Budget {
	if f.budget == nil {
		f.budget = newBudget(f.Size)
	}
	return f.budget
}

// Part returns a file that lies within f, or was made of it: it spends f's budget.
func (f *File) Part(name string, size int64, at io.ReaderAt) *File {
	return &File{Name: name, Size: size, At: at, Step: f.Step, budget: f.Budget()}
}
