package report

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// The severities of findings, the worst first.
const (
	Error   = "error"   // there is no client of such a document
	Warning = "warning" // there is one, and it will give trouble
	Info    = "info"    // it could be better
)

// Complete fills in what only programs read: the severity of findings that have none,
// which are errors, and fingerprints. They stay the same where lines are added above,
// or a message is worded anew; of several alike in one file each has its own.
func Complete(findings []Finding) []Finding {
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		if f.Severity == "" {
			f.Severity = Error
		}
		key := strings.Join([]string{f.File, f.Rule, f.Path}, "\x00")
		sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.Path + "\x00" + strconv.Itoa(seen[key])))
		seen[key]++
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
	return findings
}
