package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/expr"
)

// The vectors are those of RFC 1321, RFC 2202, RFC 4231 and FIPS 180-4, and of
// APOP in RFC 1939.
func TestDigests(t *testing.T) {
	for _, tt := range []struct{ name, got, want string }{
		{"md5", expr.MD5("abc"), "900150983cd24fb0d6963f7d28e17f72"},
		{"apop", expr.MD5("<1896.697170952@dbc.mtview.ca.us>tanstaaf"), "c4c9334bac560ecc979e58001b3e22fb"},
		{"sha1", expr.SHA1("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"sha256", expr.SHA256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"hmac md5", expr.HMACMD5("Jefe", "what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738"},
		{"hmac sha1", expr.HMACSHA1("Jefe", "what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
		{"hmac sha256", expr.HMACSHA256("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, expr.Hex(tt.got)) })
	}
}

func TestText(t *testing.T) {
	require.Equal(t, "AZ09-\xe4", expr.Upper("az09-\xe4"))
	require.Equal(t, "az09-\xc4", expr.Lower("AZ09-\xc4"))
	require.Equal(t, "AP8=", expr.Base64("\x00\xff"))
}

func TestRandom(t *testing.T) {
	require.Len(t, expr.Random(16), 16)
	require.NotEqual(t, expr.Random(16), expr.Random(16))
	require.Len(t, expr.Random(1<<62), expr.MaxRandom)
	require.Empty(t, expr.Random(0))
}
