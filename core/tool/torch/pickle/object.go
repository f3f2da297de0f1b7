package pickle

import (
	"fmt"
)

// object makes globals, calls and references to storages.
func (p *pickler) object(op byte) error {
	switch op {
	case 'c':
		module, err := p.line()
		if err != nil {
			return err
		}
		name, err := p.line()
		p.push(Global{module, name})
		return err
	case 0x93: // STACK_GLOBAL
		name, err := p.pop()
		if err != nil {
			return err
		}
		module, err := p.pop()
		m, ok1 := module.(string)
		n, ok2 := name.(string)
		if err == nil && (!ok1 || !ok2) {
			err = fmt.Errorf("a class without a name")
		}
		p.push(Global{m, n})
		return err
	case 'P':
		id, err := p.line()
		p.push(&Ref{id})
		return err
	case 'Q':
		id, err := p.pop()
		p.push(&Ref{id})
		return err
	case 'i': // INST
		module, err := p.line()
		if err != nil {
			return err
		}
		name, err := p.line()
		if err != nil {
			return err
		}
		args, err := p.marked()
		p.push(p.made(Global{module, name}, args))
		return err
	case 'o': // OBJ
		args, err := p.marked()
		if err != nil || len(args) == 0 {
			return fmt.Errorf("an object without a class")
		}
		p.push(p.made(args[0], args[1:]))
		return nil
	case 'b':
		state, err := p.pop()
		if err != nil {
			return err
		}
		target, err := p.top()
		if o, ok := target.(*Object); ok {
			o.State = state
		}
		return err
	}
	if op == 0x92 { // NEWOBJ_EX: the keywords are of no use
		if _, err := p.pop(); err != nil {
			return err
		}
	}
	args, err := p.pop()
	if err != nil {
		return err
	}
	f, err := p.pop()
	if err != nil {
		return err
	}
	var items []any
	if t, ok := args.(*Tuple); ok {
		items = t.Items
	}
	p.push(p.made(f, items))
	return nil
}

// made is what a call gives.
func (p *pickler) made(f any, args []any) any {
	g, ok := f.(Global)
	if !ok {
		return &Object{Args: args}
	}
	if g == (Global{"collections", "OrderedDict"}) {
		return &Dict{}
	}
	if p.call != nil {
		if v, ok := p.call(g, args); ok {
			return v
		}
	}
	return &Object{class: g, Args: args}
}
