package box

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// paste is what somebody pastes, and what it is to be taken for. Bytes are a string with a
// character each.
type paste struct {
	doc, direction, as, text string
	took, bytes, note, wrong string
}

var pastes = map[string]paste{
	"a line lacks its end": {
		doc: "acme", text: "ALARM 17 WARNING ON", took: "text", bytes: "ALARM 17 WARNING ON\n", note: `\n was added at its end`,
	},
	"a line has its end":               {doc: "acme", text: "OK\n", took: "text", bytes: "OK\n"},
	"blanks belong to a line":          {doc: "acme", text: " OK \n", took: "text", bytes: " OK \n"},
	"nothing":                          {doc: "acme", took: "text"},
	"lines of a protocol with CRLF":    {doc: "nats", text: "PING\nPONG\r\nMSG a 1 5\nhello", took: "text", bytes: "PING\r\nPONG\r\nMSG a 1 5\r\nhello\r\n", note: `\r\n was added at its end`},
	"an escape says how a line ends":   {doc: "nats", text: `PING\r\n` + "\n" + `PONG\r\n`, took: "escapes", bytes: "PING\r\nPONG\r\n"},
	"escapes":                          {doc: "acme", text: `NAME "\x41\u00fc\101\t"`, took: "escapes", bytes: "NAME \"A\u00c3\u00bcA\t\"\n", note: `\n was added at its end`},
	"quoted, as a program shows it":    {doc: "acme", text: `"OK\r\n"`, took: "escapes", bytes: "OK\r\n"},
	"no escape of ours":                {doc: "acme", text: `OK \q`, took: "text", bytes: "OK \\q\n", note: `\n was added at its end`},
	"it must be escapes, and is not":   {doc: "acme", as: "escapes", text: `OK \q`, took: "escapes", wrong: "an escape that stands for nothing"},
	"it must be text":                  {doc: "acme", as: "text", text: `OK\n`, took: "text", bytes: `OK\n` + "\n", note: `\n was added at its end`},
	"escapes in JSON are its own":      {doc: "qmp", text: `{"error": {"class": "GenericError", "desc": "a\nb"}}`, took: "text", bytes: `{"error": {"class": "GenericError", "desc": "a\nb"}}` + "\r\n", note: `\r\n was added at its end`},
	"hex of a line":                    {doc: "acme", text: "4f 4b 0a", took: "hex", bytes: "OK\n"},
	"hex of a line without its end":    {doc: "acme", text: "4f 4b", took: "hex", bytes: "OK\n", note: `\n was added at its end`},
	"hex in one piece":                 {doc: "acme", text: "4f4b0a", took: "hex", bytes: "OK\n"},
	"hex with prefixes":                {doc: "acme", text: "0x4f, 0x4b, 0x0a", took: "hex", bytes: "OK\n"},
	"hex in lines":                     {doc: "acme", text: "4f 4b\n0a", took: "hex", bytes: "OK\n"},
	"digits are text where it is text": {doc: "acme", text: "1234", took: "text", bytes: "1234\n", note: `\n was added at its end`},
	"… and hex where it must be":       {doc: "acme", as: "hex", text: "1234", took: "hex", bytes: "\x124\n", note: `\n was added at its end`},
	"… and where nothing is text":      {doc: "modbus", text: "0001 0000 0006 01 03 0000 0001", took: "hex", bytes: "\x00\x01\x00\x00\x00\x06\x01\x03\x00\x00\x00\x01"},
	"hex that is cut off":              {doc: "modbus", text: "00 01 00 00 00 06 01", took: "hex", bytes: "\x00\x01\x00\x00\x00\x06\x01"},
	"many lines":                       {doc: "acme", text: strings.Repeat("OK\n", 40) + "OK", took: "text", bytes: strings.Repeat("OK\n", 41), note: `\n was added at its end`},
	"it must be hex, and is not":       {doc: "acme", as: "hex", text: "OK", took: "hex", wrong: "not pairs of hex digits"},
	"a marker is missing":              {doc: "kiss", text: "c0 00 41", took: "hex", bytes: "\u00c0\x00A\u00c0", note: `\xc0 was added at its end`},
	"xxd":                              {doc: "acme", text: "00000000: 4f4b 0a4f 4b                             OK.OK\n00000005: 0a   .\n", took: "hexdump", bytes: "OK\nOK\n"},
	"hexdump -C":                       {doc: "acme", text: "00000000  4f 4b 0a                                          |OK.|\n00000003\n", took: "hexdump", bytes: "OK\n"},
	"a star is rows like the last": {
		doc: "acme", text: "0000  41 41 41 41\n*\n000c  0a\n", took: "hexdump", bytes: "AAAAAAAAAAAA\n",
	},
	"it must be a dump, and is not": {doc: "acme", as: "hexdump", text: "4f 4b", took: "hexdump", wrong: "no rows of a dump"},
	"what clients send":             {doc: "nats", direction: "sent", text: "PING", took: "text", bytes: "PING\r\n", note: `\r\n was added at its end`},
	"too much":                      {doc: "acme", text: strings.Repeat("x", 1<<16+1), took: "text", wrong: "more than 65536 characters"},
	"a line that is too long":       {doc: "acme", text: strings.Repeat("x", 5000), took: "text", bytes: strings.Repeat("x", 5000)},
}

// pasted says what parsePaste does, and how much of a paste is read.
const pasted = `
globalThis.many = ({ plan, text }) => {
  const frames = splitFrames(new Plan(plan), bytesOf(text), "received");
  return frames.length + " " + frames.find((f) => f.unread).from;
};
globalThis.paste = ({ plan, direction, as, text }) => {
  const { bytes, took, notes, error } = parsePaste(text, new Plan(plan), direction || "received", as || "auto");
  return { took, bytes: latin(bytes), note: notes.join("; "), wrong: error ? error.reason : "" };
};
`

func TestWhatIsPasted(t *testing.T) {
	alone.Skip(t)
	page := framesPage(t)
	all := documents(t)
	for name, c := range pastes {
		plan, err := Plan(all[c.doc+".yaml"], nil)
		require.NoError(t, err)
		data, err := json.Marshal(map[string]any{"plan": json.RawMessage(plan), "direction": c.direction, "as": c.as, "text": c.text})
		require.NoError(t, err)
		got := browser.Eval[map[string]string](page, "paste("+string(data)+")")
		assert.Equal(t, map[string]string{"took": c.took, "bytes": c.bytes, "note": c.note, "wrong": c.wrong}, got, name)
	}
}

// TestMoreThanAnybodyLooksAt is left unread, be it frames or bytes that are none.
func TestMoreThanAnybodyLooksAt(t *testing.T) {
	alone.Skip(t)
	page := framesPage(t)
	for doc, c := range map[string]struct{ text, want string }{
		"acme":      {strings.Repeat("OK\n", 300), "201 600"},
		"netstring": {strings.Repeat("x", 65536), "2 2000"}, // nothing says where it goes on
		"mpd":       {strings.Repeat("\n", 65536), "3 2"},   // each line could begin a block
	} {
		plan, err := Plan(documents(t)[doc+".yaml"], nil)
		require.NoError(t, err)
		data, err := json.Marshal(map[string]any{"plan": json.RawMessage(plan), "text": c.text})
		require.NoError(t, err)
		require.Equal(t, c.want, browser.Eval[string](page, "many("+string(data)+")"), doc)
	}
}
