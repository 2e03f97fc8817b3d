package expr_test

import (
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/expr"
	"github.com/stretchr/testify/require"
)

func TestCall(t *testing.T) {
	tests := []struct {
		name string
		args []string
		hex  string // of the result
	}{
		{"md5", []string{"<1896.697170952@dbc.mtview.ca.us>tanstaaf"}, "c4c9334bac560ecc979e58001b3e22fb"}, // RFC 1939, APOP
		{"sha1", []string{"abc"}, "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"sha256", []string{"abc"}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"hmac_md5", []string{"Jefe", "what do ya want for nothing?"}, "750c783e6ab0b503eaa86e310a5db738"}, // RFC 2202
		{"hmac_sha1", []string{"Jefe", "what do ya want for nothing?"}, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
		{"hmac_sha256", []string{"Jefe", "what do ya want for nothing?"}, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{"base64", []string{"f\x00o"}, expr.Hex("ZgBv")},
		{"upper", []string{"aZ\xe4ß"}, expr.Hex("AZ\xe4ß")},
		{"lower", []string{"aZ9"}, expr.Hex("az9")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := expr.Call(tt.name, tt.args...)
			require.NoError(t, err)
			require.Equal(t, tt.hex, expr.Hex(got))
		})
	}
}

func TestCallRefuses(t *testing.T) {
	for _, args := range [][]string{nil, {"a", "b"}} {
		_, err := expr.Call("md5", args...)
		require.ErrorContains(t, err, "no function md5")
	}
	_, err := expr.Call("hmac_md5", "only a key")
	require.Error(t, err)
	_, err = expr.Call("rot13", "a")
	require.Error(t, err)
}

func TestRandom(t *testing.T) {
	require.Len(t, expr.Random(16), 16)
	require.NotEqual(t, expr.Random(16), expr.Random(16))
	require.Len(t, expr.Random(1<<40), 1024)
	require.Empty(t, expr.Random(0))
}

func TestNow(t *testing.T) {
	require.InDelta(t, time.Now().Unix(), expr.Now(), 1)
}
