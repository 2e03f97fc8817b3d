package generator

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialisms are the words that Go writes in capitals: those that linters know
// (staticcheck's ST1003), and those that manuals of devices are full of. The list
// is closed: adding one renames what was generated before.
var initialisms = map[string]bool{
	"acl": true, "am": true, "amqp": true, "api": true, "ascii": true, "cd": true, "cpu": true, "crc": true, "css": true,
	"db": true, "dns": true, "dvd": true, "eof": true, "eq": true, "fm": true, "gid": true,
	"gps": true, "guid": true, "hdmi": true, "html": true, "http": true, "https": true, "id": true,
	"io": true, "ip": true, "json": true, "lan": true, "led": true, "lfe": true, "mac": true,
	"mtu": true, "nmea": true, "ntp": true, "ok": true, "pid": true, "qos": true, "qps": true,
	"ram": true, "rpc": true, "rtp": true, "rtt": true, "sip": true, "sla": true, "smtp": true,
	"sql": true, "ssh": true, "ssid": true, "tcp": true, "tls": true, "ts": true, "ttl": true,
	"tv": true, "udp": true, "ui": true, "uid": true, "uri": true, "url": true, "usb": true,
	"utc": true, "utf8": true, "uuid": true, "vlan": true, "vm": true, "xml": true, "xmpp": true,
	"xsrf": true, "xss": true,
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
