package expr

import "fmt"

// digests and the like: text in, text out.
var unary = map[string]func(string) string{
	"md5": MD5, "sha1": SHA1, "sha256": SHA256,
	"hex": Hex, "base64": Base64, "upper": Upper, "lower": Lower,
}

var binary = map[string]func(key, s string) string{
	"hmac_md5": HMACMD5, "hmac_sha1": HMACSHA1, "hmac_sha256": HMACSHA256,
}

// Call calls a function of texts by its name in the spec language. It knows
// md5, sha1, sha256, hex, base64, upper, lower (one argument) and hmac_md5,
// hmac_sha1, hmac_sha256 (key and text).
func Call(name string, args ...string) (string, error) {
	if f, ok := unary[name]; ok && len(args) == 1 {
		return f(args[0]), nil
	}
	if f, ok := binary[name]; ok && len(args) == 2 {
		return f(args[0], args[1]), nil
	}
	return "", fmt.Errorf("no function %s of %d texts", name, len(args))
}
