package acme_test

import (
	"bytes"
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// line has three fields; with its end it is nearly 40 bytes long.
var line = []byte("READING 16 1234567890123456.123 BAR")

// TestFramesAgain reads into one struct again and again: nothing of an earlier
// frame stays.
func TestFramesAgain(t *testing.T) {
	var m acme.Alarm
	require.NoError(t, m.ParseFrame([]byte(`ALARM 17 CRITICAL ON "Boiler"`)))
	require.Equal(t, acme.Some("Boiler"), m.Text)
	require.NoError(t, m.ParseFrame([]byte("ALARM 18 NOTICE OFF")))
	require.Equal(t, acme.Alarm{ID: 18, Severity: acme.SeverityNotice}, m)

	var c acme.Channels
	require.NoError(t, c.ParseFrame([]byte("CHANNELS 1,2,3")))
	require.NoError(t, c.ParseFrame([]byte("CHANNELS ")))
	require.Empty(t, c.Channels)
	require.Error(t, c.ParseFrame([]byte("CHANNELS 1,,2")))
}

// TestCloneStandsAlone changes the frame below a message and its clone.
func TestCloneStandsAlone(t *testing.T) {
	frame := []byte(`ALARM 17 CRITICAL ON "Boiler"`)
	var m acme.Alarm
	require.NoError(t, m.ParseFrame(frame))
	clone := m.Clone()
	copy(frame[bytes.IndexByte(frame, 'B'):], "XXXXXX")
	require.Equal(t, "XXXXXX", m.Text.Value, "a message aliases its frame")
	require.Equal(t, "Boiler", clone.Text.Value)
}

// TestNoAllocations reads and writes the frames that come all day.
func TestNoAllocations(t *testing.T) {
	var m acme.Reading
	reading := []byte("READING 3 21.50 C")
	check := acme.Plan().Messages[4].Shape.Check
	dst := make([]byte, 0, 64)
	for name, f := range map[string]func() error{
		"parse": func() error { return m.ParseFrame(reading) },
		"check": func() error { return check(reading) },
		"append": func() (err error) {
			dst, err = m.AppendFrame(dst[:0])
			return err
		},
	} {
		require.NoError(t, f())
		require.Zero(t, testing.AllocsPerRun(100, func() { _ = f() }), name)
	}
}

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/acme.yaml", dynamictest.Generated{
		Plan: acme.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[acme.HeartbeatAck], dynamictest.New[acme.OK], dynamictest.New[acme.Denied],
			dynamictest.New[acme.Fault], dynamictest.New[acme.Reading], dynamictest.New[acme.Alarm],
			dynamictest.New[acme.Channels], dynamictest.New[acme.Limits], dynamictest.New[acme.NoLimits],
			dynamictest.New[acme.Label],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[acme.HeartbeatRequest], dynamictest.New[acme.LoginRequest], dynamictest.New[acme.ByeRequest],
			dynamictest.New[acme.ReadRequest], dynamictest.New[acme.ListChannelsRequest],
			dynamictest.New[acme.SetIntervalRequest], dynamictest.New[acme.GetLimitsRequest],
			dynamictest.New[acme.SetLimitsRequest], dynamictest.New[acme.AcknowledgeRequest],
			dynamictest.New[acme.GetNameRequest], dynamictest.New[acme.SetNameRequest], dynamictest.New[acme.ResetRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"READING 3 21.50 C", `ALARM 17 CRITICAL ON "Boiler \"north\""`, "CHANNELS 1,2", "LIMITS 3 -1.0 2", "LIMITS 3 NONE",
		`NAME ""`, "ERR 3 no such channel", "OK", "READING 3 21.50 ", "CHANNELS ,",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}

// byHand is what a person would write for the same line, with the same checks.
type byHand struct {
	channel uint8
	coef    int64
	scale   uint8
	unit    string
}

var errLine = errors.New("not a reading")

func (m *byHand) parse(b []byte) error {
	const head = "READING "
	if len(b) < len(head) || string(b[:len(head)]) != head {
		return errLine
	}
	b = b[len(head):]
	i := bytes.IndexByte(b, ' ')
	if i < 0 {
		return errLine
	}
	channel, err := strconv.ParseUint(string(b[:i]), 10, 8)
	if err != nil {
		return err
	}
	b = b[i+1:]
	if i = bytes.IndexByte(b, ' '); i <= 0 {
		return errLine
	}
	m.channel, m.coef, m.scale = uint8(channel), 0, 0
	point := false
	for _, c := range b[:i] {
		switch {
		case c == '.' && !point:
			point = true
		case c-'0' <= 9:
			m.coef = m.coef*10 + int64(c-'0')
			if point {
				m.scale++
			}
		default:
			return errLine
		}
	}
	switch string(b[i+1:]) {
	case "C":
		m.unit = "C"
	case "%":
		m.unit = "%"
	case "V":
		m.unit = "V"
	case "BAR":
		m.unit = "BAR"
	default:
		m.unit = string(b[i+1:])
	}
	return nil
}

// BenchmarkParse compares the generated code with a person's, in one run.
func BenchmarkParse(b *testing.B) {
	b.Run("generated", func(b *testing.B) {
		var m acme.Reading
		b.ReportAllocs()
		for b.Loop() {
			if err := m.ParseFrame(line); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("by hand", func(b *testing.B) {
		var m byHand
		b.ReportAllocs()
		for b.Loop() {
			if err := m.parse(line); err != nil {
				b.Fatal(err)
			}
		}
	})
}
