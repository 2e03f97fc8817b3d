package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/decode"
)

// decodedText prints records for people.
type decodedText struct {
	out   *bufio.Writer
	brief bool
	some  bool // records are above the summary
}

func (t *decodedText) record(r decode.Record) error {
	if t.brief && r.Kind != decode.Unknown {
		return nil
	}
	t.some = true
	at := ""
	if r.At >= 0 {
		at = fmt.Sprintf("%10.3f ", r.At.Seconds())
	}
	mark := " "
	switch {
	case r.Kind == decode.Connection:
	case r.From == decode.Sent:
		mark = ">"
	default:
		mark = "<"
	}
	_, err := fmt.Fprintf(t.out, "%s%2d %s %s\n", at, r.Conn, mark, printable.Short(printable.Line(described(&r))))
	return err
}

// described is what became of a piece of a connection.
func described(r *decode.Record) string {
	switch r.Kind {
	case decode.Frame:
		return printable.Named(r.Name, r.Values)
	case decode.Unknown:
		return unknown(r)
	case decode.Echo:
		return "(the echo of what was sent)"
	case decode.Cut:
		return fmt.Sprintf(".. %s of a frame, the rest of which was not captured", count(r.Size, "byte"))
	case decode.Gap:
		if r.Size == 0 {
			return ".. bytes may be missing"
		}
		return fmt.Sprintf(".. %s missing", count(r.Size, "byte"))
	case decode.Encrypted:
		return "?? TLS begins: what follows cannot be read"
	}
	text := "connection from " + r.Client + " to " + r.Server
	if r.Client == "" {
		text = "connection"
	}
	if r.Midway {
		text += ", which had begun before the capture"
	}
	return text
}

// unknown is what was not understood, and why.
func unknown(r *decode.Record) string {
	shown := fmt.Sprintf("%q", r.Bytes)
	switch {
	case r.Hidden:
		shown = count(r.Size, "byte") + ", hidden"
	case int64(len(r.Bytes)) < r.Size:
		shown += " …"
	}
	return fmt.Sprintf("?? %s (from byte %d): %s", shown, r.Offset, trouble(r.Trouble))
}

func trouble(t *decode.Trouble) string {
	if t == nil {
		return "no frame begins here"
	}
	if t.Nearest == "" {
		return t.Reason
	}
	place := fmt.Sprintf(" at byte %d", t.Offset)
	if t.Offset == 0 && t.Due == "" {
		place = "" // of a JSON object, where names tell
	}
	switch {
	case t.Field == "":
		return fmt.Sprintf("%s; nearest is %s", t.Reason, t.Nearest)
	case t.Due != "":
		return fmt.Sprintf("nearest is %s, which has %q%s", t.Nearest, t.Due, place)
	case t.Field == wire.PartLiteral, t.Field == wire.PartLength, t.Field == wire.PartEnd:
		return fmt.Sprintf("nearest is %s, but %s%s", t.Nearest, t.Reason, place)
	}
	return fmt.Sprintf("nearest is %s, but %s: %s%s", t.Nearest, t.Field, t.Reason, place)
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// summary prints what there was, and what of the document was seen.
func (t *decodedText) summary(s decode.Summary) error {
	if t.some {
		fmt.Fprintln(t.out)
	}
	totals(t.out, &s.Totals)
	fmt.Fprintln(t.out)
	unsent := items(t.out, "command", s.Coverage.Commands)
	unreceived := items(t.out, "message", s.Coverage.Messages)
	never(t.out, "never sent", unsent)
	never(t.out, "never received", unreceived)
	fmt.Fprintf(t.out, "\n%s seen (%.1f %%): %s, %s, %s, %s, %s\n", of(s.Shares.All()), s.Percent,
		share("messages", s.Shares.Messages), share("commands", s.Shares.Commands), share("fields", s.Shares.Fields),
		share("optional fields absent", s.Shares.Absent), share("values of enums", s.Shares.Values))
	return nil // the writer keeps its error
}

func totals(out *bufio.Writer, t *decode.Totals) {
	fmt.Fprintf(out, "%s, %s: %s understood", count(int64(t.Connections), "connection"), count(t.Bytes, "byte"), count(t.Frames, "frame"))
	for _, rest := range []struct {
		n    int64
		what string
	}{
		{t.BytesBad, "not understood"}, {t.BytesTLS, "encrypted"}, {t.BytesCut, "of frames that were not captured as a whole"}, {t.BytesLost, "missing"},
	} {
		if rest.n > 0 {
			fmt.Fprintf(out, ", %s %s", count(rest.n, "byte"), rest.what)
		}
	}
	fmt.Fprintln(out)
}

// items prints those that were seen, and gives the names of the others.
func items(out *bufio.Writer, kind string, list []*decode.Item) (unseen []string) {
	for _, item := range list {
		if item.Count == 0 {
			unseen = append(unseen, item.Name)
			continue
		}
		fmt.Fprintf(out, "%7d %s %s%s\n", item.Count, kind, item.Name, fields(item.Parts()))
	}
	return unseen
}

// fields are those that were seen, and then what was not.
func fields(parts []decode.Part) string {
	var seen, missing []string
	for _, p := range parts {
		if p.Seen == 0 {
			missing = append(missing, p.Name)
			continue
		}
		text := p.Name
		var values []string
		for _, v := range p.Values {
			if v.Seen > 0 {
				values = append(values, fmt.Sprintf("%s %d", v.Name, v.Seen))
			} else {
				missing = append(missing, p.Name+"="+v.Name)
			}
		}
		if p.Others > 0 {
			values = append(values, fmt.Sprintf("others %d", p.Others))
		}
		if len(values) > 0 {
			text += " (" + strings.Join(values, ", ") + ")"
		}
		if p.Optional && !p.Form && p.Absent == 0 {
			missing = append(missing, "without "+p.Name)
		}
		seen = append(seen, text)
	}
	text := ""
	if len(seen) > 0 {
		text = ": " + strings.Join(seen, ", ")
	}
	if len(missing) > 0 {
		text += "; never " + strings.Join(missing, ", ")
	}
	return text
}

func never(out *bufio.Writer, what string, names []string) {
	if len(names) > 0 {
		fmt.Fprintf(out, "%s: %s\n", what, strings.Join(names, ", "))
	}
}

func of(s decode.Share) string { return fmt.Sprintf("%d of %d", s.Seen, s.Of) }

func share(what string, s decode.Share) string { return what + " " + of(s) }
