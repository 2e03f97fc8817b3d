package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/expr"
)

func TestCall(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"md5", []string{"abc"}, expr.MD5("abc")},
		{"sha1", []string{"abc"}, expr.SHA1("abc")},
		{"sha256", []string{"abc"}, expr.SHA256("abc")},
		{"hmac_md5", []string{"key", "abc"}, expr.HMACMD5("key", "abc")},
		{"hmac_sha1", []string{"key", "abc"}, expr.HMACSHA1("key", "abc")},
		{"hmac_sha256", []string{"key", "abc"}, expr.HMACSHA256("key", "abc")},
		{"hex", []string{"\x0f"}, "0f"},
		{"base64", []string{"f\x00o"}, "ZgBv"},
		{"upper", []string{"aB"}, "AB"},
		{"lower", []string{"aB"}, "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := expr.Call(tt.name, tt.args...)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
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
