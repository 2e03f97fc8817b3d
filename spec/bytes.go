package spec

import (
	"encoding/hex"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
)

// controls are the byte sequences that have a name.
var controls = map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r", "NUL": "\x00"}

// named are the bytes that names of control characters stand for, one behind the
// other: LF, CRLF, CR LF.
func named(names string) (bytes string, ok bool) {
	for _, name := range strings.Fields(names) {
		b, ok := controls[name]
		if !ok {
			b, ok = template.Control(name)
		}
		if !ok || strings.HasPrefix(name, "0x") || len(bytes)+len(b) > maxTerminator {
			return "", false
		}
		bytes += b
	}
	return bytes, bytes != ""
}

// wireBytes reads bytes: LF, CRLF, CR, NUL, another control character by its
// name, several of them, or hex digits as in 0x0d0a.
func wireBytes(into *string) reader {
	return func(v value) {
		const want = "LF, CRLF, CR, NUL or hex bytes, as in 0x0d0a"
		if !v.plainScalar(want) {
			return
		}
		if b, ok := named(v.Value); ok {
			*into = b
			return
		}
		digits, isHex := strings.CutPrefix(v.Value, "0x")
		b, err := hex.DecodeString(digits)
		switch {
		case !isHex:
			v.fail("bytes", didYouMean(strings.ToUpper(v.Value), []string{"LF", "CRLF", "CR", "NUL"}), "%s where %s is wanted", v.describe(), want)
		case err != nil || len(b) == 0:
			v.fail("bytes", "two hex digits a byte, as in 0x0d0a", "%s where %s is wanted", v.describe(), want)
		case len(b) > maxTerminator:
			v.fail("bytes", "", "%d bytes; at most %d are allowed", len(b), maxTerminator)
		default:
			*into = string(b)
		}
	}
}

// maxTerminator bounds a line's terminator in bytes.
const maxTerminator = 16
