package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// An Offer is work saved on an earlier visit.
type Offer struct {
	Name     string
	Fragment string
}

// OfferWork offers work of an earlier visit; TakeOffer and DropOffer answer.
type (
	OfferWork struct{ Fragment string }
	TakeOffer struct{}
	DropOffer struct{}
)

func (m OfferWork) apply(s State) (State, []Effect) {
	model, d := link.Decode(m.Fragment)
	if d != nil || text.Format(model) == s.Doc.Text {
		return s, nil // damaged savings are not worth a word
	}
	name := model.Name
	if name == "" {
		name = s.Prefs.Lang.In(catalog.Untitled)
	}
	s.Offer = &Offer{Name: name, Fragment: m.Fragment}
	offer := Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeOffer, name),
		Actions: []Action{{catalog.ActTakeOffer, TakeOffer{}}, {catalog.ActDropOffer, DropOffer{}}}}
	if s.Notice != nil && s.Notice.Tone == ToneBad { // a damaged link: what is wrong with it comes first
		offer.Tone, offer.Say, offer.Details = ToneBad, s.Notice.Say, []string{offer.Say.In(s.Prefs.Lang)}
	}
	s.Notice = &offer
	return s, nil
}

func (TakeOffer) apply(s State) (State, []Effect) {
	if s.Offer == nil {
		return s, nil
	}
	model, d := link.Decode(s.Offer.Fragment)
	s.Offer, s.Notice = nil, nil
	if d != nil {
		return s.say(ToneBad, d.Say), nil
	}
	s = s.replaceAll(model)
	return s, s.changed()
}

func (DropOffer) apply(s State) (State, []Effect) {
	s.Offer, s.Notice = nil, nil
	return s, []Effect{ForgetWork{}}
}
