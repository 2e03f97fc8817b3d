package spec

import (
	"math"
	"strconv"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// replyTimeout reads a duration, none, or how a field of the command tells it,
// which is resolved later (wait).
func replyTimeout(into *time.Duration, wait *value) reader {
	return func(v value) {
		switch {
		case v.Kind == document.Map:
			*wait = v
		case v.Kind == document.Scalar && v.Style == document.Plain && v.Value == "none":
			*into = -1
		default:
			duration(into)(v)
		}
	}
}

// wait reads the time that a call itself asks for. The longest, by the type of
// its field, is what the probe may have to wait for.
func (w *lowering) wait(d *commandDecl, v value) {
	out, unit := &model.Wait{}, ""
	v.mapping("a time that the call asks for, as in {field: seconds, unit: s, plus: 5s}",
		need("field", func(v value) {
			if v.nameScalar("the name of a field") {
				out.Field = findField(v, v.Pos, d.tmpl.Fields, "command "+d.name, v.Value)
			}
		}),
		need("unit", word(&unit, "ms", "s", "m")),
		need("plus", duration(&out.Plus)),
	)
	if out.Field == nil || unit == "" || out.Plus == 0 {
		return
	}
	most, ok := mostOf(out.Field)
	if !ok {
		v.find("field").fail("bad-type", "", "%s cannot tell how long to wait: it is no whole number, or may be absent", out.Field.Name)
		return
	}
	out.Unit = units[unit]
	longest := maxDuration
	if most < uint64((maxDuration-out.Plus)/out.Unit) {
		longest = time.Duration(most)*out.Unit + out.Plus
	}
	d.c.Timeout, d.c.Wait = longest, out
}

// mostOf is the largest value of a field that always has a whole number.
func mostOf(f *model.Field) (most uint64, ok bool) {
	t := scalarOf(f.Type)
	if f.Optional || t == nil || t.Kind != model.Uint || t.Scale != "" {
		return 0, false
	}
	if t.Range != nil {
		most, err := strconv.ParseUint(t.Range.Max, 10, 64)
		return most, err == nil
	}
	return math.MaxUint64 >> (64 - t.Bits), true
}
