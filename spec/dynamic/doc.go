// Package dynamic runs a model without generating code: the same session, the
// same bytes, with values by name in place of Go types. Tools that meet a spec
// for the first time use it (a console, a decoder, a fake device), and tests
// compare generated code with it.
//
//	model, findings := spec.Load("acme.yaml", data)
//	…
//	acme, err := dynamic.Open(model)
//	c, err := acme.Dial(ctx, "10.0.0.7:1234", dynamic.Map{"user": "u", "secret": "s"})
//	name, reading, err := c.Call(ctx, "read", dynamic.Map{"channel": 3})
//	for ev := range c.Events(ctx) { fmt.Println(ev.Name, ev.Values) }
//
// [Protocol.Device] is the other side: a fake device that answers each command
// from the document's examples. The rule is [Protocol.Answer].
//
// Values come in as [Map], whose entries may be Go's own types (see [Record]),
// and out as [Values], typed and in the order of the wire. Values print
// themselves without secrets. A Protocol and a Client may be used from several
// goroutines at once.
package dynamic
