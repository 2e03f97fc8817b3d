package wire

// Quote is a way to write text between double quotes.
type Quote uint8

// The flavours of quoted text. Where there are escapes, text may hold anything
// of the charset, line breaks and NUL included.
const (
	// QuoteC escapes with a backslash as C does: \" \\ \n \r \t, \xHH for
	// other control characters; reading takes the other C escapes too.
	QuoteC Quote = iota
	// QuoteJSON is a JSON string. Outside of UTF8 only ASCII is written, the
	// rest escaped; the characters of Latin1 text are \u0080 to \u00ff.
	QuoteJSON
	// QuoteDoubled writes a quote inside as two, and has no escapes.
	QuoteDoubled
	// QuoteBackslash writes a backslash before a quote and a backslash; reading
	// takes any character behind one as it is.
	QuoteBackslash
)

const (
	noQuote   = "does not begin with a quote"
	unquoted  = "has no closing quote"
	badEscape = "has an escape that is not allowed"
	control   = "holds a control character that is not escaped"
)

// Quoted writes s between double quotes; it refuses what the flavour and the
// charset cannot say.
func (w *Writer) Quoted(field, s string, flavour Quote) {
	if why := w.refusesQuoted(s, flavour); why != "" {
		w.Fail(field, why)
		return
	}
	if !w.room(len(s) + 2) {
		return
	}
	var b []byte
	switch flavour {
	case QuoteC:
		b = appendQuotedC(w.b, s)
	case QuoteJSON:
		b = appendQuotedJSON(w.b, s, w.f.Charset)
	case QuoteBackslash:
		b = appendQuotedBackslash(w.b, s)
	default:
		b = appendQuotedDoubled(w.b, s)
	}
	// Escapes keep CR and LF out, but a terminator may be anything.
	if w.f.breaks(alias(b[len(w.b):])) {
		w.Fail(field, holdsBreak)
		return
	}
	w.b = b
	w.room(0)
}

func (w *Writer) refusesQuoted(s string, flavour Quote) string {
	switch {
	case flavour == QuoteC:
		return w.f.Charset.leaves(s)
	case flavour == QuoteDoubled || flavour == QuoteBackslash:
		return w.refuses(s)
	case w.f.Charset == Latin1:
		return ""
	}
	return UTF8.leaves(s) // JSON says all of it in ASCII
}

// Quoted reads text between double quotes, which must be on the current line.
// The string aliases the frame where nothing is escaped in it, else it is new.
func (r *Reader) Quoted(field string, flavour Quote) string {
	line := alias(r.rest())
	if line == "" || line[0] != '"' {
		r.Fail(field, noQuote)
		return ""
	}
	n, escaped := quotedExtent(line, flavour)
	if n == 0 {
		r.Fail(field, unquoted)
		return ""
	}
	s, why := unquote(line[1:n-1], flavour, escaped, r.f.Charset)
	if why != "" {
		r.Fail(field, why)
		return ""
	}
	r.pos += n
	return s
}

// quotedExtent is the length of the quoted text that s begins with, both quotes
// included, or 0; and whether anything is escaped in it.
func quotedExtent(s string, flavour Quote) (n int, escaped bool) {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && flavour != QuoteDoubled:
			escaped = true
			i++
		case s[i] == '"' && flavour == QuoteDoubled && i+1 < len(s) && s[i+1] == '"':
			escaped = true
			i++
		case s[i] == '"':
			return i + 1, escaped
		}
	}
	return 0, false
}

// unquote gives what s, the text between the quotes, means, or says why it
// means nothing.
func unquote(s string, flavour Quote, escaped bool, c Charset) (value, why string) {
	if why := c.refuses(s); why != "" {
		return "", why
	}
	if flavour == QuoteJSON && hasControl(s) {
		return "", control
	}
	if !escaped {
		return s, ""
	}
	b, ok := make([]byte, 0, len(s)), true
	switch flavour {
	case QuoteC:
		b, ok = unescapeC(b, s)
	case QuoteJSON:
		b, ok = unescapeJSON(b, s, c)
	case QuoteBackslash:
		b = unescapeBackslash(b, s)
	default:
		b = undouble(b, s)
	}
	if !ok {
		return "", badEscape
	}
	if flavour == QuoteC {
		why = c.leaves(alias(b))
	}
	return alias(b), why
}

func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 {
			return true
		}
	}
	return false
}

func appendQuotedDoubled(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

func appendQuotedBackslash(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// unescapeBackslash takes s, in which no backslash is the last.
func unescapeBackslash(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		}
		b = append(b, s[i])
	}
	return b
}

// undouble takes s, in which all quotes are doubled.
func undouble(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		b = append(b, s[i])
		if s[i] == '"' {
			i++
		}
	}
	return b
}
