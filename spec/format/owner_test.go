package format

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// owned is a document in which each name is there once.
var owned = map[string][]string{
	"endpoint":   {"port", "tls", "clients", "per_command"},
	"stream":     {"telnet", "echo", "write"},
	"liveness":   {"detect_within", "silence", "life", "user_timeout"},
	"timeouts":   {"connect", "greeting", "login", "ready"},
	"reconnect":  {"initial", "factor", "max", "jitter", "stable_after"},
	"replies":    {"match", "in_flight", "late", "gap"},
	"unexpected": {"frame", "message", "reply"},
	"sources":    {"one", "two", "three"},
}

// TestCommentsStayWithWhatTheyAreAbout: comments that name a key, above it or
// beside it, are above it or beside it, wherever that went.
func TestCommentsStayWithWhatTheyAreAbout(t *testing.T) {
	for seed := range uint64(500) {
		w := &owner{r: rand.New(rand.NewPCG(seed, 3))}
		doc := w.document()
		text := formatted(t, []byte(doc))
		require.Equal(t, w.comments, strings.Count(text, "#"))
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			for _, m := range regexp.MustCompile(`# of (\w+)`).FindAllStringSubmatch(line, -1) {
				require.Contains(t, subject(lines[i:]), m[1]+":", "seed %d\n%s\nbecame\n%s", seed, doc, text)
			}
		}
	}
}

// subject is the first line that is more than a comment, without its comment.
func subject(lines []string) string {
	for _, line := range lines {
		if code, _, _ := strings.Cut(line, "#"); strings.TrimSpace(code) != "" {
			return code
		}
	}
	return ""
}

// owner writes documents with comments that say what they are about.
type owner struct {
	strings.Builder
	r        *rand.Rand
	comments int
}

func (w *owner) one(in int) bool { return w.r.IntN(in) == 0 }

func (w *owner) comment(of string) {
	fmt.Fprintf(w, "# of %s", of)
	w.comments++
}

// above writes comments above a key, and perhaps blank lines; not above the very
// first one: what a blank line sets apart from that is about the document.
func (w *owner) above(key string, indent int) {
	first := w.comments == 1
	for w.one(4) {
		w.WriteString(strings.Repeat(" ", indent))
		w.comment(key)
		w.WriteString("\n")
		if w.one(2) && !first {
			w.WriteString("\n")
		}
	}
}

// beside ends a line, perhaps with a comment.
func (w *owner) beside(key string) {
	if w.one(4) {
		w.WriteString(" ")
		w.comment(key)
	}
	w.WriteString(strings.Repeat("\n", 1+w.r.IntN(2)))
}

func (w *owner) document() string {
	w.WriteString("# head\n\n")
	w.comments++
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range owned {
			if !yield(name) {
				return
			}
		}
	})
	w.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		keys := slices.Clone(owned[name])
		w.r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		w.above(name, 0)
		w.WriteString(name + ":")
		if w.one(2) {
			w.flow(name, keys)
		} else {
			w.block(name, keys)
		}
	}
	return w.String()
}

func (w *owner) block(name string, keys []string) {
	w.beside(name)
	for _, key := range keys {
		w.above(key, 3)
		w.WriteString("   " + key + ": v")
		w.beside(key)
	}
}

func (w *owner) flow(name string, keys []string) {
	w.WriteString(" {")
	if w.one(8) {
		w.beside(name)
	}
	for i, key := range keys {
		if w.one(8) {
			w.WriteString("\n")
			w.above(key, 2)
		}
		w.WriteString(" " + key + ": v")
		if i < len(keys)-1 {
			w.WriteString(",")
		}
		if w.one(8) {
			w.beside(key)
		}
	}
	w.WriteString("}")
	w.beside(name)
}
