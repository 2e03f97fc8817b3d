package serve

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzControl gives a device lines to obey, and a client's bytes in between.
// Whatever they are, only glyphs reach the terminal, and heal ends every fault.
func FuzzControl(f *testing.F) {
	f.Add("silence\nconn 1 delay=1s\nnext hang-dial\nfaults\nheal", "READ 3\n")
	f.Add("emit alarm id=9 text=\"\\x07bell\"\nconn 1 emit reading channel=3\nhistory 3\nconns", "LOGIN eve s3cret\nNONSENSE \x1b[2J\n")
	f.Add("drop=read,2+1s\nreset@1h\nrefuse-login=\x1b[2J\ngarbage=\"\\x1b\"#1\nhelp\nhistory -1", "READ 1\nREAD 2\n")
	protocol := dynamictest.Open(f, "../../../spec/vendors/acme.yaml")
	f.Fuzz(func(t *testing.T, control, said string) {
		var out, log bytes.Buffer
		s := newServer(Config{Protocol: protocol, Out: &out, Log: &log, Seed: 1})
		peer := s.device.Open(0, func(bool) {})
		const most = 100
		for i, line := range strings.Split(control, "\n") {
			if i == most || strings.HasPrefix(strings.TrimSpace(line), "every") { // which goes on by itself
				break
			}
			if err := s.line(t.Context(), strings.TrimSpace(line)); err != nil {
				s.log.note("not done: %v", err)
			}
			peer.Input(0, []byte(said))
		}
		require.NoError(t, s.line(t.Context(), "heal"))
		on, _ := s.injector.list()
		require.Empty(t, on)
		s.log.close()
		for _, r := range out.String() + log.String() {
			require.True(t, unicode.IsPrint(r) || r == '\n', "%q", r)
		}
	})
}

// FuzzRepeated: an event that is understood is one whole message of the spec.
func FuzzRepeated(f *testing.F) {
	f.Add("1s reading channel=3")
	f.Add("10ms alarm id=9 severity=CRITICAL active=true text=\"a\\nb\"")
	f.Add("-1s reading")
	protocol := dynamictest.Open(f, "../../../spec/vendors/acme.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRepeated(protocol, text)
		if err != nil {
			return
		}
		require.Positive(t, r.Every)
		require.NotContains(t, r.frame, "\n")
		_, _, ok := protocol.Recognise([]byte(r.frame + "\n"))
		require.True(t, ok, "%q", r.frame)
	})
}
