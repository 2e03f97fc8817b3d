// Package dynamictest compares a generated package with the dynamic form of its
// spec: both must hold the same session data, accept and refuse the same frames
// and values, write the same bytes, and find the same keys, counts and classes.
//
// A test inside the generated package calls [Compare] with what only it can
// reach:
//
//	func TestDifferential(t *testing.T) {
//		dynamictest.Compare(t, protocol, dynamictest.Generated{
//			Plan:     &plan,
//			Params:   func() any { return new(Params) },
//			Messages: []func() dynamictest.Frame{dynamictest.New[OK], …},
//			Commands: []func() dynamictest.Frame{dynamictest.New[ReadRequest], …},
//		})
//	}
//
// Values reach the generated structs by reflection, field by field in the order
// of the spec, so no test names them. A fuzz target gives [Codecs] any bytes.
// [Open] is for tests of what runs documents.
package dynamictest
