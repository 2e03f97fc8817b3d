// Package codec interprets a model's templates: [Append] writes the frame of a
// message or command, [Parse] reads one. It is the twin of the generated codec
// and must accept and refuse the same bytes and the same values, so it does
// everything through package wire, in the order of the template's ops, and
// tries nothing twice (language rules G1 to G8).
//
// To read in order: value.go (what a field's value is in Go), parse.go and
// scalar_parse.go, append.go and scalar_append.go, then what both need:
// optional.go, count.go, list.go, lines.go, json_*.go. [Convert] and [FromText] make
// values out of what people and documents write, verify.go checks a spec's
// examples.
//
// What a template does not say by itself, and both codecs do alike:
//
//   - A layout with one field is that field: its value is not wrapped.
//   - A field "_" is parsed and dropped, and sent as its type's zero (zero.go).
//   - An optional part is sent where any field in it has a value; then each
//     field in it that is not optional itself must have one.
//   - A count of known parts only must agree with them. A count's result may
//     not be negative.
//   - "The same value again" is compared in the value's canonical form.
//   - A list with a separator is empty where the line or one of the field's
//     stops comes at once; a list whose only item is written as nothing cannot
//     be sent.
//   - A list of lines without a count ends before the line that its op says,
//     which is tested before each item; an item that looks like it is not sent.
//   - The stops of a list's item are the list's and its separator. Those of a
//     layout's last field are its own alone: they hold all that may follow the
//     layout wherever it is used.
//   - Padded text may not end, nor padded numbers begin, in what fills it up.
package codec
