package decode

import (
	"encoding/hex"
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/dynamic"
)

// jsonRecord is a record as a line of JSON.
type jsonRecord struct {
	Kind      Kind           `json:"kind"`
	Conn      int            `json:"conn"`
	At        *float64       `json:"at,omitempty"`   // in seconds, since the capture began
	Time      *time.Time     `json:"time,omitempty"` // of packets
	Direction *Direction     `json:"direction,omitempty"`
	Offset    *int64         `json:"offset,omitempty"`
	Size      int64          `json:"size,omitempty"`
	Message   string         `json:"message,omitempty"`
	Command   string         `json:"command,omitempty"`
	Fields    dynamic.Values `json:"fields,omitempty"`
	Trouble   *Trouble       `json:"trouble,omitempty"`
	Bytes     any            `json:"bytes,omitempty"` // text, or {"hex": "00ff"}
	Hidden    bool           `json:"hidden,omitempty"`
	Client    string         `json:"client,omitempty"`
	Server    string         `json:"server,omitempty"`
	Midway    bool           `json:"midway,omitempty"`
}

// JSON is the record as an object; start is when the capture began, or zero.
func (r *Record) JSON(start time.Time) ([]byte, error) {
	out := jsonRecord{
		Kind: r.Kind, Conn: r.Conn, Size: r.Size, Fields: r.Values, Trouble: r.Trouble, Bytes: textOrHex(r.Bytes), Hidden: r.Hidden,
		Client: r.Client, Server: r.Server, Midway: r.Midway,
	}
	if r.At >= 0 {
		seconds := r.At.Seconds()
		out.At = &seconds
		if !start.IsZero() {
			at := start.Add(r.At)
			out.Time = &at
		}
	}
	if r.Kind != Connection {
		out.Direction, out.Offset = &r.From, &r.Offset
	}
	if r.From == Sent {
		out.Command = r.Name
	} else {
		out.Message = r.Name
	}
	return json.Marshal(out)
}

// textOrHex is what JSON has for bytes, as in the examples of documents.
func textOrHex(b []byte) any {
	switch {
	case len(b) == 0:
		return nil
	case utf8.Valid(b):
		return string(b)
	}
	return map[string]string{"hex": hex.EncodeToString(b)}
}

// Summary is what a whole capture was.
type Summary struct {
	Kind     string    `json:"kind"` // summary
	Totals   Totals    `json:"totals"`
	Shares   Shares    `json:"seen"`
	Percent  float64   `json:"percent"` // of all that could be seen
	Coverage *Coverage `json:"coverage"`
}

// Summary adds up what came so far.
func (d *Decoder) Summary() Summary {
	shares := d.coverage.Shares()
	return Summary{Kind: "summary", Totals: d.totals, Shares: shares, Percent: shares.All().Percent(), Coverage: d.coverage}
}
