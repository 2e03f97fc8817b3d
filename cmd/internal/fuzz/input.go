package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// input is a file of a corpus.
type input struct {
	name string
	data []byte
}

// nameOf is what the go command calls such a file that it writes.
func nameOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data))[:16] }

// chosen reports whether somebody gave the input its name.
func (i input) chosen() bool { return i.name != nameOf(i.data) }

// readCorpus reads a folder's inputs, in the order of their names; a folder that
// is not there has none.
func readCorpus(dir string) ([]input, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	var inputs []input
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, input{entry.Name(), data})
	}
	return inputs, err
}

// encoding is the first line of a file: the version of its format.
const encoding = "go test fuzz v1"

// fits finds what is wrong with an input for a target: it is a line for each
// argument, as in
//
//	[]byte("OK\n")
//	byte('\x03')
func (i input) fits(t target) error {
	lines := strings.Split(strings.TrimRight(string(i.data), "\n"), "\n")
	if lines[0] != encoding {
		return fmt.Errorf("%v: %s does not begin with %q", t, i.name, encoding)
	}
	if lines = lines[1:]; len(lines) != len(t.takes) {
		return fmt.Errorf("%v: %s has %d values, the target takes %d", t, i.name, len(lines), len(t.takes))
	}
	for n, line := range lines {
		if err := value(line, t.takes[n]); err != nil {
			return fmt.Errorf("%v: %s, value %d: %w", t, i.name, n+1, err)
		}
	}
	return nil
}

// value finds what is wrong with one value, such as uint16(512).
func value(line, want string) error {
	name, rest, ok := strings.Cut(line, "(")
	text, closed := strings.CutSuffix(rest, ")")
	if bits, isBits := strings.CutPrefix(name, "math.Float"); ok && closed && isBits {
		name, text = "float"+strings.TrimSuffix(bits, "frombits"), "0"
	}
	if name == "uint8" {
		name = "byte"
	}
	if !ok || !closed || name != want {
		return fmt.Errorf("%.40q is no %s", line, want)
	}
	if err := literal(text, want); err != nil {
		return fmt.Errorf("%.40q: %w", line, err)
	}
	return nil
}

// sizes are the bits of the types that have a size in their names.
var sizes = map[string]int{
	"int": 64, "int8": 8, "int16": 16, "rune": 32, "int64": 64,
	"uint": 64, "byte": 8, "uint16": 16, "uint32": 32, "uint64": 64, "float32": 32, "float64": 64,
}

func literal(text, kind string) (err error) {
	switch bits := sizes[kind]; {
	case kind == "string" || kind == "[]byte":
		_, err = strconv.Unquote(text)
	case kind == "bool":
		_, err = strconv.ParseBool(text)
	case slices.Contains([]string{"byte", "rune"}, kind) && strings.HasPrefix(text, "'"):
		_, err = strconv.Unquote(text)
	case strings.HasPrefix(kind, "float"):
		_, err = strconv.ParseFloat(text, bits)
	case strings.HasPrefix(kind, "u") || kind == "byte":
		_, err = strconv.ParseUint(text, 0, bits)
	default:
		_, err = strconv.ParseInt(text, 0, bits)
	}
	return err
}
