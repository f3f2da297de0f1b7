package picture

import "cmp"

// A margins is what is between the parts of a picture, in units. A picture whose height
// is limited is low: without titles of its panels, and with a key of one line.
type margins struct {
	low     bool
	above   float64 // the tensors
	between float64 // their labels and the first line of the areas'
	areas   float64 // above them
	key     float64
	cube    float64 // how high the largest of the key is at most
	square  float64 // and its square of parameters
	below   float64
}

// teaching is from which height on a low picture says what its areas show.
const teaching = 400

func (p *plan) margins() margins {
	if p.opt.Height > 0 {
		return margins{low: true, above: 6, between: leading + 3, areas: 6, key: 12, cube: 20, square: 16, below: 6}
	}
	return margins{above: edge + 24, between: 40, areas: 8, key: 18, cube: 48, square: 30, below: edge}
}

// What a low picture has more room beside each other for than one above the other.
const (
	lowGap  = 90.0 // what a gap is widened by at most for the labels
	lowArea = 0.4  // of its height is the highest area
	lowWide = 2.2  // times wider than high are the areas of a block
)

// shares are how small the scales of a low picture are, of what they would be: a
// picture that is too high at the least has paths one above the other, whose labels need
// room.
const (
	leastShare = 0.4
	guess      = 0.6 // for a network that was not drawn before
	rounds     = 5   // of drawing it, at most
	slack      = 20  // units that it may be lower than it could be
)

func (p *plan) share() float64 { return cmp.Or(p.opt.Share, 1) }

// lower draws on smaller scales what would be too high. All scales become smaller by the
// same share, so sizes keep their order; the drawing begins with the share that is given,
// and keeps it if it will do, so that an edit does not resize what it does not concern.
func lower(opt Options, draw func(Options) (*plan, *Scene)) *Scene {
	if opt.Height <= 0 {
		opt.Share = 1
		_, s := draw(opt)
		return s
	}
	var best *Scene
	low, high := leastShare, 1.0 // it fits at low, as far as is known
	share := min(max(cmp.Or(opt.Share, guess), leastShare), 1)
	for range rounds {
		opt.Share = share
		p, s := draw(opt)
		s.Share = share
		over := s.Height - p.barred - opt.Height
		if best == nil || best.over > 0 && over < best.over || over <= 0 && share > best.Share {
			s.over, best = over, s
		}
		flexible := p.up + p.down
		for _, a := range p.areas {
			flexible = max(flexible, p.up+p.down+a.h)
		}
		if over <= 0 {
			low = share
		} else {
			high = share
		}
		if share *= 1 - over/flexible; share <= low || share >= high {
			share = (low + high) / 2
			if over > 0 && low == leastShare {
				share = low
			} else if over < 0 && high == 1 {
				share = high
			}
		}
		if -slack <= over && over <= 0 || share == opt.Share || high-low < 0.03 {
			break
		}
	}
	return best
}
