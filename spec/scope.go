package spec

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// scope is what the values of a step, a probe, an answer or a set may use.
type scope struct {
	w *lowering
	// came holds the messages that have certainly been received by then.
	came map[*messageDecl]bool
	// when guards the step: what it names is there.
	when []*model.Cond
	// request is the message that an answer answers; it need not be kept.
	request *messageDecl
	// set: the value is a command's own, of its set: what has come by then is
	// known where the command is sent.
	set bool
	// hidden: the value is inside a digest, which does not tell it.
	hidden bool
}

// value reads a value for field f; nil after a complaint.
func (s *scope) value(v value, f *model.Field) *model.Expr {
	t := scalarOf(f.Type)
	if t == nil || t.Kind == model.JSONRaw {
		v.fail("type-mismatch", "", "%s cannot be given as one value", f.Name)
		return nil
	}
	if !v.expression("a value") {
		return nil
	}
	parsed, errs := template.ParseValue(v.Value)
	if s.w.syntax(v, errs); len(errs) > 0 {
		return nil
	}
	if len(parsed.Parts) == 0 || len(parsed.Parts) == 1 && parsed.Parts[0].Expr == nil {
		lit := ""
		if len(parsed.Parts) == 1 {
			lit = parsed.Parts[0].Lit
		}
		return s.constant(v, t, f, lit)
	}
	e := s.parts(v, parsed.Parts, f)
	if e == nil {
		return nil
	}
	if !assignable(e.Type, t) {
		v.fail("type-mismatch", mismatchHint(e.Type, t), "%s does not fit %s, which is %s", kindName(e.Type), f.Name, kindName(t))
		return nil
	}
	return e
}

// constant is a value that is written out, in wire form.
func (s *scope) constant(v value, t *model.Type, f *model.Field, lit string) *model.Expr {
	if !v.constant("a value", t) {
		return nil
	}
	wire, err := s.w.constant(t, lit)
	if err != nil {
		v.fail("bad-value", s.w.constantHint(err, lit), "%s for %s: %v", v.describe(), f.Name, err)
		return nil
	}
	return &model.Expr{Kind: model.ExprConst, Const: wire, Type: t, Pos: v.Pos}
}

// parts joins literals and expressions.
func (s *scope) parts(v value, parts []template.Part, f *model.Field) *model.Expr {
	var args []*model.Expr
	for _, p := range parts {
		if p.Expr == nil {
			args = append(args, textConst(p.Lit, v.At(p.Offset)))
		} else {
			args = append(args, s.expr(v, p.Expr, f, len(parts) == 1))
		}
	}
	return joined(args, v.At(parts[0].Offset))
}

func textConst(text string, pos model.Pos) *model.Expr {
	return &model.Expr{Kind: model.ExprConst, Const: text, Type: &model.Type{Kind: model.Text}, Pos: pos}
}

// joined is one expression of several; nil where one of them is.
func joined(args []*model.Expr, pos model.Pos) *model.Expr {
	if slices.Contains(args, nil) {
		return nil
	}
	if len(args) == 1 {
		return args[0]
	}
	t := &model.Type{Kind: model.Text}
	for _, a := range args {
		if a.Type.Kind == model.Bytes {
			t.Kind = model.Bytes
		}
	}
	return &model.Expr{Kind: model.ExprConcat, Args: args, Type: t, Pos: pos}
}

// expr resolves an expression. whole: it is all of f's value, so that where it
// is an absent parameter, an optional field is left out.
func (s *scope) expr(v value, e template.Expr, f *model.Field, whole bool) *model.Expr {
	pos := v.At(e.At().Offset)
	switch e := e.(type) {
	case *template.Text:
		return textConst(e.Text, pos)
	case *template.Number:
		return &model.Expr{Kind: model.ExprConst, Const: strconv.FormatInt(e.N, 10), Type: uint64Type(), Pos: pos}
	case *template.Join:
		var args []*model.Expr
		for _, term := range e.Terms {
			args = append(args, s.expr(v, term, f, false))
		}
		return joined(args, pos)
	case *template.Call:
		return s.call(v, e, f)
	case *template.Ref:
		return s.ref(v, e, f, whole)
	}
	return nil
}

func uint64Type() *model.Type { return &model.Type{Kind: model.Uint, Bits: 64} }

// duration is a bound of liveness, for seconds(): the longest, where modes have
// their own.
func (s *scope) duration(path string) (d time.Duration, ok bool) {
	life := &s.w.p.Liveness
	switch path {
	case "liveness.detect_within":
		return life.DetectWithin, true
	case "liveness.silence":
		return life.Silence, true
	case "liveness.probe.every":
		for _, p := range life.Probes() {
			d = max(d, p.Every)
		}
	case "liveness.probe.timeout":
		for _, p := range life.Probes() {
			d = max(d, p.Timeout)
		}
	case "liveness.beat.every":
		for _, b := range life.Beats() {
			d = max(d, b.Every)
		}
	}
	return d, d > 0
}

// seconds resolves seconds(liveness.…) to a number, rounded up.
func (s *scope) seconds(v value, e *template.Call) *model.Expr {
	ref, ok := oneRef(e)
	if !ok {
		v.failAt(v.At(e.Offset), "bad-value", "as in seconds(liveness.detect_within)", "seconds takes a duration of liveness")
		return nil
	}
	d, ok := s.duration(dotted(ref))
	if !ok {
		v.failAt(v.At(ref.Offset), "unknown-name", didYouMean(dotted(ref), []string{
			"liveness.detect_within", "liveness.silence", "liveness.probe.every", "liveness.probe.timeout", "liveness.beat.every",
		}), "the document has no duration %s", quoteName(dotted(ref)))
		return nil
	}
	n := uint64(math.Ceil(d.Seconds()))
	return &model.Expr{Kind: model.ExprConst, Const: strconv.FormatUint(n, 10), Type: uint64Type(), Pos: v.At(e.Offset)}
}

func oneRef(e *template.Call) (*template.Ref, bool) {
	if len(e.Args) != 1 {
		return nil, false
	}
	ref, ok := e.Args[0].(*template.Ref)
	return ref, ok
}
