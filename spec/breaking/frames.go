package breaking

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// frames compares how bytes become frames.
func (l *list) frames() {
	find := func(p *model.Protocol, name string) *model.Frame {
		for _, f := range p.Frames {
			if f.Name == name {
				return f
			}
		}
		return nil
	}
	for _, old := range l.old.Frames {
		now := find(l.now, old.Name)
		if now == nil && len(l.old.Frames) == 1 && len(l.now.Frames) == 1 {
			now = l.now.Frames[0] // renamed: only people see the name
		}
		if now == nil {
			l.add(Breaking, "frame-removed", "$.frames."+old.Name, model.Pos{}, old.Name, "", "frames of this kind are gone", Device)
			continue
		}
		l.frame(old, now)
	}
	for _, now := range l.now.Frames {
		if find(l.old, now.Name) == nil && len(l.now.Frames) > 1 {
			l.add(Compatible, "frame-added", "$.frames."+now.Name, now.Pos, "", now.Name, "frames of this kind are new")
		}
	}
}

func (l *list) frame(old, now *model.Frame) {
	path := "$.frames." + old.Name
	l.docs(path, old.Named, now.Named, now.Pos)
	for _, end := range old.Ends {
		if !has(now.Ends, end) {
			l.add(Breaking, "frame-end-removed", path+".ends", now.Pos, strconv.Quote(end), "", fmt.Sprintf("%q no longer ends a frame", end), Device)
		}
	}
	for _, end := range now.Ends {
		if !has(old.Ends, end) {
			l.add(Compatible, "frame-end-added", path+".ends", now.Pos, "", strconv.Quote(end), fmt.Sprintf("%q ends a frame, too", end))
		}
	}
	if old.SendEnd != now.SendEnd {
		l.add(Breaking, "frame-end-sent", path+".ends", now.Pos, strconv.Quote(old.SendEnd), strconv.Quote(now.SendEnd),
			fmt.Sprintf("what we send ends with %q, and ended with %q", now.SendEnd, old.SendEnd), Device)
	}
	l.limit(path+".max", old.Max, now.Max, now.Pos)
	if old.MaxLine != old.Max || now.MaxLine != now.Max { // else it only follows
		l.limit(path+".max_line", old.MaxLine, now.MaxLine, now.Pos)
	}
	rest := func(f *model.Frame) string {
		return canon([]any{f.Content, f.Charset, f.Empty, f.Use, f.In, f.Prefix, f.Packet})
	}
	if rest(old) != rest(now) {
		l.add(Breaking, "frame-form", path, now.Pos, form(old), form(now), "frames are of another form", Device)
	}
}

// form is what of a frame's form has a name.
func form(f *model.Frame) string {
	parts := []string{f.Content, f.Charset, "empty: " + f.Empty, "use: " + f.Use}
	if f.Packet != nil {
		parts = append(parts, "by "+string(f.Packet.Extent))
	}
	return strings.Join(parts, ", ")
}

func (l *list) limit(path string, old, now int, pos model.Pos) {
	switch {
	case now < old:
		l.add(Breaking, "frame-limit-lower", path, pos, quantity.Size(old), quantity.Size(now),
			fmt.Sprintf("a frame of more than %s is refused; it might have %s", size(now), size(old)), Device)
	case now > old:
		l.add(Compatible, "frame-limit-higher", path, pos, quantity.Size(old), quantity.Size(now),
			fmt.Sprintf("a frame may have %s, and might have %s", size(now), size(old)))
	}
}
