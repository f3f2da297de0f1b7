package editor

import (
	"fmt"

	"paramstack/core/catalog"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

// firstRows is how many rows are drawn before the reader asks for more.
const firstRows = 2000

// New returns the state of a page that was just opened: the first preset.
func New(p Prefs) State {
	s := State{Prefs: p, View: View{Limit: firstRows}}
	s, _ = Update(s, LoadPreset{zoo.Presets[0].ID})
	s.History, s.Notice, s.Doc.Change = History{}, nil, nil
	return s
}

// Update returns the state after a message, and what is to be done outside.
// It is pure: the same state and message give the same result.
func Update(s State, m Msg) (State, []Effect) {
	next, effects := s.update(m)
	next.Page = next.draw(s.Page)
	return next, effects
}

func (s State) update(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case LoadPreset, LoadText, LoadLink, TypeText, Clear, Undo, Redo, TakeOffer:
		return s.updateDoc(m)
	case SetField, Toggle, Mend, Insert, Delete, Duplicate, Shift, WrapRepeat, WrapSkip, Unwrap, Freeze, AddPath:
		return s.updateNode(m)
	case Select, Go, FoldRow, FoldAll, Unroll, ShowMore, Point, DragStart, DragOver, Drop, DragCancel:
		return s.updateView(m)
	case BeginEdit, Typed, EndEdit:
		return s.updateEdit(m)
	case OpenPalette, Search, Pick, ShowHelp, Close, Dismiss:
		return s.updateSheets(m)
	case OpenGallery, FindCard, SortCards, CardsCame, LoadCard:
		return s.updateGallery(m)
	case ReadBegan, ReadGoes, ReadCame, CancelRead, ShowOpened,
		OpenExport, OutletsCame, ChooseOutlet, OutletCame, CopySheet, SaveSheet, Copied:
		return s.updateTransfer(m)
	case SetLang, SetTheme, CycleTheme, CycleLang, SetBiases, SetBinary, SetLayout, SetFlat, SetKeras, RestorePrefs:
		return s.updatePrefs(m)
	case Share:
		return s, []Effect{CopyLink{Title: s.title(), Fragment: s.Fragment()}}
	case Shared:
		return s.say(ToneGood, catalog.Say(catalog.NoticeShared, len(s.Fragment())))
	case ShareFailed:
		return s.say(ToneBad, catalog.Say(catalog.NoticeShareFailed, m.Link))
	case Download:
		return s, []Effect{SaveFile{Name: fileName(s.title()) + ".stack", Text: s.Doc.Text}}
	case OfferWork:
		return s.offer(m.Fragment)
	case DropOffer:
		s.Offer, s.Notice = nil, nil
		return s, []Effect{ForgetWork{}}
	case NewVersion:
		s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeNewVersion),
			Actions: []Action{{catalog.ActReload, Reload{}}, {catalog.ActLater, Dismiss{}}}}
		return s, nil
	case Reload:
		return s, []Effect{ReloadPage{}} // which writes first what is yet to be written
	case Failed:
		return s.say(ToneBad, catalog.Say(catalog.NoticeFailed, m.Detail))
	case FileFailed:
		return s.say(ToneBad, catalog.Say(catalog.NoticeFileFailed, m.Name, m.Why))
	default:
		panic(fmt.Sprintf("editor: unknown message %T", m))
	}
}

// say shows a notice that asks nothing.
func (s State) say(tone Tone, what catalog.Message) (State, []Effect) {
	s.Notice = &Notice{Tone: tone, Say: what}
	return s, nil
}

func (s State) updateSheets(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case OpenPalette:
		s, _ = s.endEdit(EndEdit{Left: true})
		s.Open = Open{Palette: &Palette{At: s.placeAt(m.Row)}}
		return s, []Effect{Focus{ElementID: "palette-search"}}
	case Search:
		if p := s.Open.Palette; p != nil {
			s.Open.Palette = &Palette{At: p.At, Query: m.Query}
		}
	case Pick:
		if p := s.Open.Palette; p != nil {
			n := len(s.Items())
			if n > 0 {
				s.Open.Palette = &Palette{p.At, p.Query, ((p.Index+m.By)%n + n) % n}
			}
		}
	case ShowHelp:
		s.Open = Open{Help: true}
		return s, []Effect{Focus{ElementID: "help-close"}}
	case Close:
		return s.close()
	case Dismiss:
		s.Notice = nil
	}
	return s, nil
}

// close takes away what lies on top: a sheet, a notice, the selection.
func (s State) close() (State, []Effect) {
	switch {
	case s.Open != (Open{}):
		s.Open = Open{}
		return s, s.focusCursor()
	case s.View.Drag != nil:
		s.View.Drag = nil
	case s.View.Hot != nil:
		s.View.Hot = nil
	case s.Notice != nil:
		s.Notice = nil
	default:
		s.View.Selected, s.View.Cursor = nil, ""
	}
	return s, nil
}

func (s State) updatePrefs(m Msg) (State, []Effect) {
	p := &s.Prefs
	switch m := m.(type) {
	case SetLang:
		p.Lang = m.Lang
	case CycleLang:
		p.Lang = (p.Lang + 1) % 2
	case SetTheme:
		p.Theme = m.Theme
	case CycleTheme:
		p.Theme = (p.Theme + 1) % 3
	case SetBiases:
		p.NoBiases = !m.Count
	case SetBinary:
		p.Binary = m.On
	case SetLayout:
		p.Layout = m.Layout
	case SetKeras:
		p.Keras, p.Layout = m.On, tensor.ChannelsFirst
		if m.On {
			p.Layout = tensor.ChannelsLast
		}
	case SetFlat:
		p.Flat = m.On
	case RestorePrefs:
		*p = m.Prefs
		if p.Lang > catalog.Korean {
			p.Lang = catalog.English
		}
		if p.Theme > ThemeDark {
			p.Theme = ThemeSystem
		}
		if p.Layout > tensor.ChannelsLast {
			p.Layout = tensor.ChannelsFirst
		}
	}
	return s, []Effect{SavePrefs{s.Prefs}}
}
