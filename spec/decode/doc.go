// Package decode reads what a client and a server have said to each other, both
// directions, by a document: every frame becomes the message or command that it is, with
// typed fields, and what is neither is said with what it is nearest to.
//
//	d := decode.New(protocol, func(r decode.Record) error { … })
//	err := d.Take(decode.Event{Conn: 1, From: decode.Sent, Bytes: data}) // and so on
//	err = d.End()
//	d.Coverage() // what of the document was seen
//
// It does no I/O: pieces of a capture come in as an [Event] each, in their order, and a
// [Record] goes out for each frame. Memory is bounded by the frames that are not complete
// and by the connections that are open.
//
// A connection is only listened to, so what the client knows has to be found out:
// which commands wait for a reply (waiting.go), and which mode the link is in, or may be in
// (modes.go). What is not understood by that is tried once more as anything at all,
// at any time (stream.go). Behind a piece that the capture lacks, frames are looked for
// again, and what may be the rest of one is not taken for a frame (seek.go).
//
// Secrets are in no record: fields that are secret are hidden, and what was sent and not
// understood is hidden where it may hold one (secrecy.go).
package decode
