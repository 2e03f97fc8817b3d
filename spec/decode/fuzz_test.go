package decode_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
	"github.com/linewright/linewright/spec/dynamic"
)

// listened are the documents of FuzzDecode.
var listened = []string{"acme", "redis", "modbus", "mpd", "gpsd", "dynamic/testdata/modes", "dynamic/testdata/prompts", "smtp"}

// FuzzDecode listens to whatever two sides say, at once and in pieces: the same becomes of it,
// every byte is in just one record, and no secret is.
func FuzzDecode(f *testing.F) {
	protocols := map[string]*dynamic.Protocol{}
	for _, name := range listened {
		protocols[name] = load(f, name)
	}
	f.Add(byte(0), byte(0), []byte("LOGIN al s3cret\nREAD 3\n"), []byte("OK\nREADING 3 21.50 C\nREADING x\n"))
	f.Add(byte(1), byte(3), []byte("*2\r\n$4\r\nAUTH\r\n$6\r\ns3cret\r\n*1\r\n$4\r\nPING\r\n"), []byte("+OK\r\n+PONG\r\n$3\r\nabc\r\n"))
	f.Add(byte(2), byte(0), []byte("\x00\x01\x00\x00\x00\x06\x01\x03\x00\x00\x00\x03"), []byte("\x00\x01\x00\x00\x00\x09\x01\x03\x06\x00e\x00f\x00g\xff"))
	f.Add(byte(3), byte(9), []byte("status\n"), []byte("OK MPD 0.23.5\nstate: stop\nOK\nfoo\n"))
	f.Add(byte(4), byte(1), []byte("?DEVICES;\n"), []byte(`{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14}`+"\r\n"))
	f.Add(byte(5), byte(0), []byte("LOGIN al\r\nRAW\r\n\x01\x02"), []byte("ANALYSER A2\r\nOK\r\nOK\r\n\x04\x01\x02\xfe\xd4"))
	f.Add(byte(6), byte(1), []byte("al\r\ns3cret\r\n"), []byte("\xff\xfb\x01login: al\r\npassword: \r\nGNET> "))
	f.Add(byte(7), byte(0), []byte("EHLO a\r\nSTARTTLS\r\n\x16\x03\x01\x00\x50\x01"), []byte("220 a ESMTP\r\n250 STARTTLS\r\n220 go on\r\n"))
	f.Fuzz(func(t *testing.T, which, piece byte, sent, received []byte) {
		if len(sent)+len(received) > 4<<10 {
			t.Skip()
		}
		name := listened[int(which)%len(listened)]
		whole, totals := heard(t, protocols[name], sent, received, 4<<10)
		split, sums := heard(t, protocols[name], sent, received, int(piece)+1)
		require.Equal(t, whole, split)
		require.Equal(t, totals, sums)
		require.EqualValues(t, len(sent)+len(received), totals.Bytes)
	})
}

// heard are the records of a connection whose sides speak in pieces, one after the other.
func heard(t *testing.T, p *dynamic.Protocol, sent, received []byte, piece int) (lines []string, totals decode.Totals) {
	t.Helper()
	next := map[decode.Direction]int64{}
	d := decode.New(p, func(r decode.Record) error {
		if r.Kind != decode.Encrypted {
			require.GreaterOrEqual(t, r.Offset, next[r.From], "a byte is in two records")
			next[r.From] = r.Offset + r.Size
		}
		line := fmt.Sprint(r.From, " ", r.Kind, " ", r.Offset, "+", r.Size, " ", r.Name, " ", r.Values)
		if r.Kind == decode.Encrypted {
			line = fmt.Sprint(r.From, " ", r.Kind, " ", r.Offset)
		}
		require.False(t, strings.Contains(line, "secret: s3cret"))
		lines = append(lines, line)
		_, err := r.JSON(time.Unix(1_700_000_000, 0))
		require.NoError(t, err)
		return nil
	})
	for _, side := range []struct {
		from decode.Direction
		data []byte
	}{{decode.Sent, sent}, {decode.Received, received}} {
		for piece := range slices.Chunk(side.data, piece) {
			require.NoError(t, d.Take(decode.Event{Conn: 1, From: side.from, Bytes: piece}))
		}
	}
	require.NoError(t, d.Take(decode.Event{Kind: decode.Closed, Conn: 1, From: decode.Sent}))
	require.NoError(t, d.End(0))
	return lines, d.Totals()
}
