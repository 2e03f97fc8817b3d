package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// maxModes bounds the modes that a document names.
const maxModes = 30

// declareModes enters the modes that messages, commands and steps name by `enters`, so that
// `in` may name them anywhere.
func (l *loader) declareModes() {
	l.modes = []string{"login", "ready"}
	for _, section := range []string{"messages", "commands"} {
		e := l.root.Get(section)
		if e == nil || e.Value.Kind != document.Map {
			continue
		}
		for _, thing := range e.Value.Keys {
			enters := thing.Value.Get("enters")
			if enters == nil || enters.Value.Kind != document.Scalar || !snake.form.MatchString(enters.Value.Value) {
				continue
			}
			l.declareMode(enters.Value.Value)
		}
	}
	for _, script := range []string{"login", "ready"} {
		for _, step := range l.root.find("session", script).Items {
			if enters := step.Get("enters"); enters != nil && enters.Value.Kind == document.Scalar && snake.form.MatchString(enters.Value.Value) {
				l.declareMode(enters.Value.Value)
			}
		}
	}
	l.p.Modes = append([]string(nil), l.modes[model.ModeReady+1:]...)
}

func (l *loader) declareMode(name string) {
	if !slices.Contains(l.modes, name) && len(l.modes) < maxModes {
		l.modes = append(l.modes, name)
	}
}

// inModes reads the modes that something is there in, in their order.
func (l *loader) inModes(into *[]int) reader {
	return func(v value) {
		if v.Kind == document.List && len(v.Items) == 0 {
			v.fail("empty", "leave in out where it is there in all modes", "a list without modes")
		}
		v.oneOrEach(func(v value) {
			if !v.nameScalar("the name of a mode") {
				return
			}
			switch mode := slices.Index(l.modes, v.Value); {
			case mode < 0:
				v.fail("unknown-name", "modes are login, ready, and what enters names: "+strings.Join(l.modes, ", "),
					"nothing enters a mode %s", quoteName(v.Value))
			case slices.Contains(*into, mode):
				v.fail("duplicate-name", "", "mode %s is named twice", v.Value)
			default:
				*into = append(*into, mode)
			}
		})
		slices.Sort(*into)
	}
}

// enters reads the mode that something leads to.
func (l *loader) enters(into *int) reader {
	return func(v value) {
		name := ""
		switch identifier(&name, snake)(v); {
		case name == "":
		case name == "login":
			v.fail("mode-login", "enter ready, or a mode with another name", "a link begins in login, and does not come back to it")
		case !slices.Contains(l.modes, name):
			v.fail("too-much", "", "at most %d modes are read", maxModes)
		default:
			*into = slices.Index(l.modes, name)
		}
	}
}

// modesOf are the modes that something in a frame is there in: its own or, where it
// says nothing, the frame's.
func (w *lowering) modesOf(v value, frame *frameDecl, own []int) []int {
	if frame == nil || len(frame.f.In) == 0 {
		return own
	}
	if len(own) == 0 {
		return frame.f.In
	}
	for _, mode := range own {
		if !slices.Contains(frame.f.In, mode) {
			v.find("in").fail("mode-frame", "name the mode in the frame, too, or another frame",
				"frame %s is not there in mode %s", frame.f.Name, w.modes[mode])
		}
	}
	return own
}

// usualIn is the frame of what says nothing about it, and is there in some modes:
// the first of that direction that is there in all of them.
func (w *lowering) usualIn(not string, in []int) *frameDecl {
	for _, d := range w.frameDecls {
		if d.f.Use != not && len(in) > 0 && within(in, d.f.In) {
			return d
		}
	}
	return w.usual(not)
}

// within reports whether all of the modes are among others; none stands for all.
func within(modes, others []int) bool {
	if len(modes) == 0 || len(others) == 0 {
		return len(others) == 0
	}
	return !slices.ContainsFunc(modes, func(m int) bool { return !slices.Contains(others, m) })
}

// modesMeet reports whether there is a mode that both lists have.
func modesMeet(a, b []int) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(m int) bool { return slices.Contains(b, m) })
}
