package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTelnet(t *testing.T) {
	for _, test := range []struct{ name, in, data, answer string }{
		{"nothing", "", "", ""},
		{"data", "login: \r\nx", "login: \r\nx", ""},
		{"a request", "a\xff\xfd\x18b", "ab", "\xff\xfc\x18"},
		{"an offer", "a\xff\xfb\x01b", "ab", "\xff\xfe\x01"},
		{"refusals", "\xff\xfc\x01\xff\xfe\x01", "", ""},
		{"a doubled IAC", "a\xff\xffb", "a\xffb", ""},
		{"a subnegotiation", "a\xff\xfa\x18\x01\xff\xffx\xff\xf0b", "ab", ""},
		{"an option that is IAC", "\xff\xfd\xffb", "b", "\xff\xfc\xff"},
		{"other commands", "a\xff\xf1b\xff\xf9c", "abc", ""},
		{"CR NUL", "a\r\x00b\x00\r\r\x00", "a\rb\x00\r\r", ""},
		{"many", "\xff\xfd\x01\xff\xfb\x03", "", "\xff\xfc\x01\xff\xfe\x03"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for split := range len(test.in) + 1 {
				var f Telnet
				data, answer := f.Filter(nil, nil, []byte(test.in[:split]))
				data, answer = f.Filter(data, answer, []byte(test.in[split:]))
				require.Equal(t, test.data, string(data))
				require.Equal(t, test.answer, string(answer))
			}
		})
	}
}

// FuzzTelnet: what telnet sends is read as it was, however it is split, and data
// alone is never answered.
func FuzzTelnet(f *testing.F) {
	f.Add([]byte("a\xff\xff\xffb"), uint8(2))
	f.Add([]byte("\r\x00\xfd\x01"), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, split uint8) {
		var back Telnet
		sent := AppendTelnet(nil, data)
		at := min(int(split), len(sent))
		got, answer := back.Filter(nil, nil, sent[:at])
		got, answer = back.Filter(got, answer, sent[at:])
		require.Empty(t, answer)
		var want []byte
		for i, b := range data {
			if b == 0 && i > 0 && data[i-1] == '\r' {
				continue
			}
			want = append(want, b)
		}
		require.Equal(t, want, got)

		// As it is, it may be anything, and each answer is a refusal.
		var raw Telnet
		_, answer = raw.Filter(nil, nil, data)
		require.Zero(t, len(answer)%3)
		for i := 0; i < len(answer); i += 3 {
			require.Equal(t, byte(255), answer[i])
			require.Contains(t, []byte{252, 254}, answer[i+1])
		}
	})
}
