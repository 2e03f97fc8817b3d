package breaking

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
)

// Locate gives changes of settings their places, of which a protocol knows nothing:
// where the new document has them or would have them, and where the old one had what is
// no longer written.
func Locate(changes []Change, old, now []byte) {
	was, is := document.Load(old, report.NewList("", old)), document.Load(now, report.NewList("", now))
	for i := range changes {
		c := &changes[i]
		path, ofDocument := strings.CutPrefix(c.Path, "$.")
		if !ofDocument {
			continue
		}
		path, _, _ = strings.Cut(path, "#")
		keys := strings.Split(path, ".")
		here, found := is.Nearest(keys...)
		if c.Line == 0 && found > 0 {
			c.Line, c.Col = here.Pos.Line, here.Pos.Col
		}
		if there, all := was.Nearest(keys...); all == len(keys) && found < all {
			c.OldLine = there.Pos.Line
		}
	}
}
