package fault

import (
	"fmt"
	"strings"
)

// Help explains the language and lists the faults.
func Help() string {
	var b strings.Builder
	b.WriteString("Faults are written NAME[=ARGUMENT][WHEN][+HOWLONG]:\n\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "  %-22s %s\n", k.name+k.args, k.doc)
	}
	b.WriteString(`
WHEN is one of these, from the start on, or from the line at the prompt;
without it, at once:

  @10s                   after ten seconds
  #3                     when the third command comes, before its reply
  ~1m                    at random, once a minute on average

+5s ends it after five seconds; without it, it stays. An argument with one of
,@#~+ in it is quoted: refuse-login="ERR 1 a+b"@10s.
`)
	return b.String()
}
