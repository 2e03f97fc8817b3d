package document

import (
	"fmt"
	"regexp"
	"strings"
)

// path is where in the tree the parser is, from the root.
type path []crumb

// crumb is a key, or the number of a list's item.
type crumb struct {
	key   string
	index int // -1: a key
}

func (p *path) push(key string, index int) { *p = append(*p, crumb{key, index}) }

func (p *path) pop() { *p = (*p)[:len(*p)-1] }

// String is as in $.commands.read.reply[1].
func (p path) String() string {
	var b strings.Builder
	b.WriteString("$")
	for _, c := range p {
		if c.index >= 0 {
			fmt.Fprintf(&b, "[%d]", c.index)
		} else {
			b.WriteString(Step(c.key))
		}
	}
	return b.String()
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// Step is a key as part of a path: .key, or ["any text"].
func Step(key string) string {
	if plainKey.MatchString(key) {
		return "." + key
	}
	return fmt.Sprintf("[%q]", key)
}
