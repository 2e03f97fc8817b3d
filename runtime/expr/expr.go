// Package expr holds the functions that a spec's value expressions may call,
// in `with` and `set`. Generated code calls them by name, package dynamic
// through [Call]; both so give the same values.
//
// All work on text, which here is any bytes. Digests are the raw bytes: write
// hex(md5(…)) where a manual shows hex digits.
package expr

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"time"
)

// MD5 is the digest of s, 16 bytes.
func MD5(s string) string {
	d := md5.Sum([]byte(s))
	return string(d[:])
}

// SHA1 is the digest of s, 20 bytes.
func SHA1(s string) string {
	d := sha1.Sum([]byte(s))
	return string(d[:])
}

// SHA256 is the digest of s, 32 bytes.
func SHA256(s string) string {
	d := sha256.Sum256([]byte(s))
	return string(d[:])
}

// HMACMD5 is the keyed digest of s (RFC 2104), 16 bytes.
func HMACMD5(key, s string) string { return keyed(md5.New, key, s) }

// HMACSHA1 is the keyed digest of s (RFC 2104), 20 bytes.
func HMACSHA1(key, s string) string { return keyed(sha1.New, key, s) }

// HMACSHA256 is the keyed digest of s (RFC 2104), 32 bytes.
func HMACSHA256(key, s string) string { return keyed(sha256.New, key, s) }

func keyed(h func() hash.Hash, key, s string) string {
	m := hmac.New(h, []byte(key))
	m.Write([]byte(s))
	return string(m.Sum(nil))
}

// Hex is s in lower-case hexadecimal digits.
func Hex(s string) string { return hex.EncodeToString([]byte(s)) }

// Base64 is s in the standard alphabet, padded (RFC 4648, section 4).
func Base64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// Upper is s with the letters a to z in upper case; other bytes stay.
func Upper(s string) string { return shift(s, 'a', 'z') }

// Lower is s with the letters A to Z in lower case; other bytes stay.
func Lower(s string) string { return shift(s, 'A', 'Z') }

// shift turns the letters from first to last to the other case.
func shift(s string, first, last byte) string {
	b := []byte(s)
	for i, c := range b {
		if first <= c && c <= last {
			b[i] = c ^ 0x20
		}
	}
	return string(b)
}

// Random gives n random bytes, 0 to 1024, from the system's secure source.
func Random(n uint64) string {
	b := make([]byte, min(n, 1024))
	_, _ = rand.Read(b) // never fails: it would end the program
	return string(b)
}

// Now is the time in whole seconds since 1970, UTC.
func Now() uint64 { return uint64(max(time.Now().Unix(), 0)) }
