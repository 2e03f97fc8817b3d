package runtime

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseAddress(t *testing.T) {
	for _, test := range []struct {
		in         string
		host, full string
		err        string
	}{
		{in: "device", host: "device", full: "device:1234"},
		{in: "device:99", host: "device", full: "device:99"},
		{in: "10.0.0.7", host: "10.0.0.7", full: "10.0.0.7:1234"},
		{in: "10.0.0.7:99", host: "10.0.0.7", full: "10.0.0.7:99"},
		{in: "::1", host: "::1", full: "[::1]:1234"},
		{in: "[::1]", host: "::1", full: "[::1]:1234"},
		{in: "[fe80::1%eth0]:99", host: "fe80::1%eth0", full: "[fe80::1%eth0]:99"},
		{in: "", err: "no usable host"},
		{in: ":99", err: "no usable host"},
		{in: "a b", err: "no usable host"},
		{in: "a\r\nb", err: "no usable host"},
		{in: "device:", host: "device", full: "device:1234"},
		{in: "device:x", err: "not a number"},
		{in: "device:0", err: "not a number"},
		{in: "device:65536", err: "not a number"},
		{in: "a:b:c", err: "want host or host:port"},
		{in: "[::1", err: "want host or host:port"},
	} {
		t.Run(test.in, func(t *testing.T) {
			a, err := parseAddress(test.in, 1234)
			if test.err != "" {
				require.ErrorContains(t, err, test.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, address{host: test.host, full: test.full}, a)
		})
	}
	_, err := parseAddress("device", 0)
	require.ErrorContains(t, err, "no default")
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"device", "[::1]:99", "a:b:c", ":", "[]:1", "[[::1]]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := parseAddress(s, 1)
		if err != nil {
			return
		}
		again, err := parseAddress(a.full, 1)
		require.NoError(t, err)
		require.Equal(t, a, again)
	})
}
