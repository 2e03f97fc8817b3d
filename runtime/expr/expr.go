// Package expr has the functions that a spec's values (`with`, `set`) can use:
// generated code calls them, and package dynamic evaluates by them, so that
// both mean the same.
//
// Digests and random values are raw bytes in a string; [Hex] and [Base64] make
// text of them: hex(md5('<' + stamp + '>' + password)).
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
	"strings"
	"time"
)

// MD5 is the digest of s (RFC 1321), 16 raw bytes.
func MD5(s string) string { d := md5.Sum([]byte(s)); return string(d[:]) }

// SHA1 is the digest of s (FIPS 180-4), 20 raw bytes.
func SHA1(s string) string { d := sha1.Sum([]byte(s)); return string(d[:]) }

// SHA256 is the digest of s (FIPS 180-4), 32 raw bytes.
func SHA256(s string) string { d := sha256.Sum256([]byte(s)); return string(d[:]) }

// HMACMD5 authenticates s by key (RFC 2104), 16 raw bytes.
func HMACMD5(key, s string) string { return keyed(md5.New, key, s) }

// HMACSHA1 authenticates s by key (RFC 2104), 20 raw bytes.
func HMACSHA1(key, s string) string { return keyed(sha1.New, key, s) }

// HMACSHA256 authenticates s by key (RFC 2104), 32 raw bytes.
func HMACSHA256(key, s string) string { return keyed(sha256.New, key, s) }

func keyed(h func() hash.Hash, key, s string) string {
	m := hmac.New(h, []byte(key))
	m.Write([]byte(s)) // never fails
	return string(m.Sum(nil))
}

// Hex writes each byte as two hexadecimal digits, in lower case.
func Hex(s string) string { return hex.EncodeToString([]byte(s)) }

// Base64 is the standard alphabet, padded (RFC 4648, section 4).
func Base64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// Upper makes ASCII letters capitals; other bytes stay.
func Upper(s string) string { return shift(s, 'a', 'z', -0x20) }

// Lower makes ASCII letters small; other bytes stay.
func Lower(s string) string { return shift(s, 'A', 'Z', 0x20) }

func shift(s string, from, to byte, by int) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		c := s[i]
		if from <= c && c <= to {
			c = byte(int(c) + by)
		}
		b.WriteByte(c)
	}
	return b.String()
}

// MaxRandom bounds what [Random] gives, in bytes.
const MaxRandom = 1024

// Random gives n bytes from the system's cryptographic source; n above
// [MaxRandom] is MaxRandom.
func Random(n uint64) string {
	b := make([]byte, min(n, MaxRandom))
	rand.Read(b) // never fails, see crypto/rand
	return string(b)
}

// Now is the wall clock in whole seconds since 1970, UTC.
func Now() uint64 { return uint64(max(time.Now().Unix(), 0)) }

// Choose is on where v is true, else off.
func Choose(v bool, on, off string) string {
	if v {
		return on
	}
	return off
}
