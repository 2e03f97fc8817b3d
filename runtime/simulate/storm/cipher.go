package storm

// cipher follows a stream of TLS records.
type cipher struct {
	head []byte // of the record that comes, as far as it is there
	left int    // of its body, in bytes
}

// The kinds of records, and the size of their header: RFC 8446, section 5.1.
const (
	handshakeRecord = 22
	dataRecord      = 23
	recordHeader    = 5
)

// feed reports whether a record of data has become whole.
func (c *cipher) feed(b []byte) (whole bool) {
	for len(b) > 0 {
		if n := min(recordHeader-len(c.head), len(b)); n > 0 {
			c.head, b = append(c.head, b[:n]...), b[n:]
			if len(c.head) < recordHeader {
				return whole
			}
			c.left = int(c.head[3])<<8 + int(c.head[4])
		}
		n := min(c.left, len(b))
		c.left, b = c.left-n, b[n:]
		if c.left == 0 {
			whole = whole || c.head[0] == dataRecord
			c.head = c.head[:0]
		}
	}
	return whole
}
