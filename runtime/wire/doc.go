// Package wire turns bytes into frames and fields, and back. It does no I/O and
// knows no clock; all of it works on memory that the caller owns.
//
// Read it in this order:
//
//   - [Framing] is what a vendor's line looks like, [Shape] what must be known of
//     a message to find its end. Both are plain data of a resolved spec. [Packet]
//     is what frames have that are more than lines: a length, markers, escapes, a
//     [Checksum]; Framing.Others are other kinds of frames on the same link.
//   - [Decoder] cuts a stream into frames: push bytes in, take frames out, resume
//     where it stopped. [Dispatch] tells it which messages a first line can be,
//     or a JSON object, by its [Mark]s.
//   - [Reader] reads the fields of one frame, [Writer] writes one. Generated code
//     is straight-line calls of their methods.
//   - [Object] and [ObjectWriter] do the same for the members of JSON objects.
//     A received one is checked and indexed in one pass.
//   - [Decimal] and [Optional] are the types of fields that Go lacks.
//   - [KeyUint] and its likes make bytes of field values that are equal exactly
//     where the values are.
//
// Memory: frames alias the buffer that was decoded, and strings and slices of a
// Reader alias the frame. They are valid until that buffer is used again; what
// is to last must be cloned. In return nothing here allocates on the way of a
// frame that is well, but for the index of a JSON object's members.
//
// Safety: whatever a peer sends gives a value or an error, in time linear in
// the bytes and in memory bounded by Framing.Max. Whatever the caller sends is
// refused before a byte is written where it does not fit its type or could be
// taken for the end of its field, line or frame. No error holds a field's value,
// as that may be a secret.
//
// Nothing is safe for concurrent use, except what is never changed: Framing,
// Shape and Dispatch.
package wire
