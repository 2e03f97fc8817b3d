package spec

import (
	"math"
	"strconv"

	"github.com/linewright/linewright/spec/model"
)

// maxTextID is the highest id that is written as text or as a JSON number: the
// highest that every JSON reader keeps.
const maxTextID = 1<<53 - 1

// lowerIDs finds the field by which replies find their commands: each command
// that has it gets its id when it is sent.
func (w *lowering) lowerIDs() {
	r := &w.p.Replies
	if r.Match != "id" || r.ID == "" {
		return
	}
	r.IDs = math.MaxUint64
	found := false
	w.commands.all(func(d *commandDecl) {
		if f := fieldOf(d.c.Template.Fields, r.ID); f != nil {
			found = true
			w.commandID(d, f)
		}
		for _, m := range d.awaited() {
			m.m.ID = fieldOf(m.m.Template.Fields, r.ID)
		}
	})
	v := w.root.find("replies").find("match")
	switch n := uint64(r.InFlight); {
	case !found && w.commandsWell():
		v.fail("id-missing", "", "no command has a field %s", r.ID)
	case found && n > r.IDs/2:
		v.fail("id-range", "", "%d commands may wait, and ids go from 1 to %d: those of late replies must stay free, half of them", n, r.IDs)
	}
}

// commandsWell reports whether every command's template could be read.
func (w *lowering) commandsWell() bool {
	well := true
	w.commands.all(func(d *commandDecl) { well = well && d.tmpl.ok })
	return well
}

func (w *lowering) commandID(d *commandDecl, f *model.Field) {
	n, why := highestID(f.Type)
	switch {
	case why != "":
		d.find("send").fail("id-range", "", "%s %s: ids are 1, 2, 3 and so on", f.Name, why)
		return
	case f.Set != nil:
		d.find("set").fail("id-set", "leave it out", "%s is set by itself: replies are matched by it", f.Name)
		return
	}
	w.p.Replies.IDs = min(w.p.Replies.IDs, n)
	d.c.ID = f
	f.Set = &model.Expr{Kind: model.ExprID, Type: uint64Type(), Pos: f.Pos}
}

// highestID is the highest id that a field of a type holds; why it holds none.
func highestID(t *model.Type) (n uint64, why string) {
	scalar := scalarOf(t)
	if scalar == nil {
		return 0, "holds several values"
	}
	if scalar.Scale != "" {
		return 0, "is a decimal"
	}
	switch scalar.Kind {
	case model.Uint:
		n = math.MaxUint64 >> (64 - scalar.Bits)
	case model.Int:
		n = math.MaxInt64 >> (64 - scalar.Bits)
	case model.Digits:
		n = power(10, scalar.Width)
	case model.Hex:
		n = power(16, scalar.Width)
	case model.JSONRaw:
		n = maxTextID
	case model.Text, model.Word, model.Quoted:
		if scalar.Width > 0 || scalar.Chars != "" {
			return 0, "does not hold every number"
		}
		n = maxTextID
		if scalar.Max > 0 {
			n = min(n, power(10, scalar.Max))
		}
	default:
		return 0, "is " + kindName(t)
	}
	if scalar.Range == nil {
		return n, ""
	}
	low, high := scalar.Range.Min, scalar.Range.Max
	if less("1", low) {
		return 0, "begins at " + low
	}
	most, err := strconv.ParseUint(high, 10, 64)
	if err != nil {
		return 0, "ends at " + high
	}
	return min(n, most), ""
}

// power is the highest number of so many digits.
func power(base uint64, digits int) uint64 {
	n := uint64(1)
	for range digits {
		if n > maxTextID {
			return maxTextID
		}
		n *= base
	}
	return n - 1
}
