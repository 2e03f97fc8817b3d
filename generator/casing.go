package generator

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialisms are the words that Go writes in capitals. The list is closed:
// adding one renames what was generated before.
var initialisms = map[string]bool{
	"acl": true, "api": true, "ascii": true, "cpu": true, "crc": true, "css": true,
	"dns": true, "eof": true, "gps": true, "guid": true, "html": true, "http": true,
	"https": true, "id": true, "io": true, "ip": true, "json": true, "mac": true,
	"ntp": true, "ok": true, "qos": true, "ram": true, "rpc": true, "rtt": true,
	"sql": true, "ssh": true, "tcp": true, "tls": true, "ttl": true, "udp": true,
	"ui": true, "uid": true, "uri": true, "url": true, "utc": true, "utf8": true,
	"uuid": true, "vm": true, "xml": true,
}

// exported turns a snake_case name into a Go name: user_id becomes UserID. A
// PascalCase name stays as it is.
func exported(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if initialisms[word] {
			b.WriteString(strings.ToUpper(word))
			continue
		}
		first, size := utf8.DecodeRuneInString(word)
		if size > 0 {
			b.WriteRune(unicode.ToUpper(first))
			b.WriteString(word[size:])
		}
	}
	return b.String()
}

// unexported lowers the first word of a Go name: UserID becomes userID, URL
// becomes url, HTTPPort becomes httpPort.
func unexported(name string) string {
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsUpper(r) {
			break
		}
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break // the capital that begins the next word
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}
