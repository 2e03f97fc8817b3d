package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSkip: what failed can be told from the frame behind it, however the bytes come.
func TestSkip(t *testing.T) {
	marked := &Packet{Starts: "<", Ends: []string{">"}}
	for _, test := range []struct {
		name          string
		f             Framing
		stream        string
		drop          bool
		failed, after string
	}{
		{"lines", Framing{Ends: []string{"\n"}, Max: 8}, "much too long\nok\n", false, "much too long\n", "ok"},
		{"packets", Framing{Packet: marked, Max: 8}, "junk<ok>", false, "junk", "ok"},
		{"extents", besideLines.alone(), "$\x03$AX$\x02AA", true, "$\x03$AX", "$\x02AA"},
		{"kinds", Framing{Ends: []string{"\n"}, Max: 8, Others: []Framing{{Packet: marked, Max: 8, Prefix: "<"}}}, "much too long\n<ok>", false, "much too long\n", "ok"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for chunk := 1; chunk <= len(test.stream); chunk++ {
				d := NewDecoder(&test.f, NewDispatch([]Shape{{Check: func([]byte) error { return nil }}}))
				failed, after := skipped(t, d, test.stream, chunk, test.drop)
				require.Equal(t, test.failed, failed, "in pieces of %d", chunk)
				require.Equal(t, test.after, after, "in pieces of %d", chunk)
			}
		})
	}
}

// skipped is what was discarded of a stream, and the frame behind it.
func skipped(t *testing.T, d *Decoder, stream string, chunk int, drop bool) (failed, after string) {
	t.Helper()
	skipping := false
	var buf []byte
	for at := 0; ; {
		if skipping {
			n, need := d.Skip(buf, nil)
			failed, buf = failed+string(buf[:n]), buf[n:]
			skipping = need > 0
		}
		if !skipping {
			f, n, need, err := d.Next(buf, nil)
			switch {
			case err != nil && drop:
				d.Drop()
				skipping = true
				continue
			case err != nil:
				d.Resync()
				skipping = true
				continue
			case need == 0:
				return failed, string(f.Bytes)
			}
			buf = buf[n:]
		}
		require.Less(t, at, len(stream), "no frame came")
		end := min(at+chunk, len(stream))
		buf, at = append(buf, stream[at:end]...), end
	}
}

// alone is the first kind of frames.
func (f *Framing) alone() Framing {
	own := *f
	own.Others = nil
	return own
}
