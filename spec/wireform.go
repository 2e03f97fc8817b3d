package spec

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

var hexForm = regexp.MustCompile(`^(0x)?[0-9a-fA-F]+$`)

// wireForm is a constant of type t, as the document writes it, in the form
// that it has on the wire: true for a bool's first word, an enum's value by
// its name.
func (l *loader) wireForm(t *model.Type, s string) (string, error) {
	if digits, ok := strings.CutPrefix(s, "0x"); ok && t.Binary != "" && t.Kind == model.Uint {
		n, err := strconv.ParseUint(digits, 16, t.Bits)
		return strconv.FormatUint(n, 10), numberError(err, fmt.Sprintf("an unsigned integer of %d bits", t.Bits))
	}
	if t.Scale != "" {
		_, err := l.unscaled(t, s)
		return s, err
	}
	switch t.Kind {
	case model.Int:
		_, err := strconv.ParseInt(s, 10, t.Bits)
		return s, numberError(plain(s, decimalInt, err), fmt.Sprintf("an integer of %d bits", t.Bits))
	case model.Uint:
		_, err := strconv.ParseUint(s, 10, t.Bits)
		return s, numberError(plain(s, decimalInt, err), fmt.Sprintf("an unsigned integer of %d bits", t.Bits))
	case model.Digits:
		_, err := strconv.ParseUint(s, 10, 64)
		if len(s) != t.Width { // else they are all written out
			err = plain(s, decimalInt, err)
		}
		return wide(s, t.Width, numberError(err, "a number"))
	case model.Hex:
		if !hexForm.MatchString(s) {
			return "", errors.New("not a number in hex digits")
		}
		return wide(strings.TrimPrefix(s, "0x"), t.Width, nil)
	case model.Decimal:
		if !decimalForm.MatchString(s) {
			return "", errors.New("not a decimal number")
		}
		return s, nil
	case model.Float:
		_, err := strconv.ParseFloat(s, 64)
		return s, numberError(plain(s, floatForm, err), "a number")
	case model.Bool:
		return boolForm(t, s)
	case model.Enum:
		return l.enumForm(t, s)
	case model.Padded:
		return l.wireForm(t.Elem, s)
	case model.HexBytes:
		_, err := hex.DecodeString(s)
		return s, numberError(err, "pairs of hex digits")
	case model.Base64:
		_, err := base64.StdEncoding.DecodeString(s)
		return s, numberError(err, "base64")
	}
	return s, textError(t, s)
}

var (
	floatForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	errForm   = errors.New("in another form than numbers have here")
)

// plain leaves out what Go and other YAML loaders take for numbers, too: signs,
// leading zeros, other bases.
func plain(s string, form *regexp.Regexp, err error) error {
	if err == nil && !form.MatchString(s) {
		return errForm
	}
	return err
}

func numberError(err error, want string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, strconv.ErrRange):
		return fmt.Errorf("out of range for %s", want)
	}
	return fmt.Errorf("not %s", want)
}

// wide fills digits up to n with zeros.
func wide(digits string, n int, err error) (string, error) {
	if err == nil && len(digits) > n {
		err = fmt.Errorf("more than %d digits", n)
	}
	return strings.Repeat("0", max(0, n-len(digits))) + digits, err
}

func textError(t *model.Type, s string) error {
	switch {
	case t.Kind == model.Word && (s == "" || strings.ContainsAny(s, " \t\r\n")):
		return errors.New("a word is not empty and has no blanks")
	case t.Width > 0 && len(s) != t.Width:
		return fmt.Errorf("not %d bytes long", t.Width)
	case t.Kind == model.Layout || t.Kind == model.PairsOf || t.Kind == model.OneOf || t.Kind == model.List:
		return errors.New("a constant cannot have this type")
	}
	return nil
}

func boolForm(t *model.Type, s string) (string, error) {
	words := t.Words
	if words[0] == "" { // in JSON
		words = [2]string{"true", "false"}
	}
	switch s {
	case "true":
		return words[0], nil
	case "false":
		return words[1], nil
	}
	return "", errors.New("not true or false")
}

// carried is the wire form of a value that an enum has: one form for each, whatever a
// device may send.
func (l *loader) carried(base *model.Type, s string) (string, error) {
	wire, err := l.wireForm(base, s)
	if base.Kind == model.Hex {
		wire = strings.ToUpper(wire)
	}
	return wire, err
}

func (l *loader) enumForm(t *model.Type, s string) (string, error) {
	values := l.enumValues(t)
	if wire, ok := values.wires[s]; ok {
		return wire, nil
	}
	if t.Open {
		if wire, err := l.carried(t.Elem, s); err == nil && isNumber(t.Elem) {
			return wire, nil
		}
	}
	return "", &noValue{t}
}

// enumValues are an enum's values by their names.
type enumValues struct {
	names []string
	wires map[string]string
}

func (l *loader) enumValues(t *model.Type) *enumValues {
	known := l.enums[t]
	if known == nil {
		known = &enumValues{wires: make(map[string]string, len(t.Values))}
		for _, v := range t.Values {
			known.names = append(known.names, v.Name)
			known.wires[v.Name] = v.Wire
		}
		l.enums[t] = known
	}
	return known
}

// noValue says that an enum has no such value.
type noValue struct{ enum *model.Type }

func (e *noValue) Error() string { return "no value of " + e.enum.Name }

// constantHint says what was probably meant by a constant that err is about.
func (l *loader) constantHint(err error, written string) string {
	if e := (*noValue)(nil); errors.As(err, &e) {
		return l.guess(written, l.enumValues(e.enum).names)
	}
	return intHint(written)
}
