package why

import "paramstack/core/count"

func (f *Finder) tools() []option { return nil }

func (f *Finder) tooled(*tally, *count.Report) {}
