// Package generator turns a spec's model into the source of Go packages: a
// typed client over package runtime, and a typed fake of the device over package
// runtime/device, for tests.
//
//	p, findings := spec.Load("acme.yaml", data)
//	files, problems := generator.Generate(p, generator.Options{
//		Source: "acme.yaml", ImportPath: "example.com/plant/acme",
//	})
//	done, err := generator.Write("generated/acme", files)
//
// [Generate] is pure: the same model gives the same bytes on every run, machine
// and version of Go. [Compare], [Stage] and [Write] are all that touches files.
//
// # How to read it
//
// The stages, each in files of its own:
//
//   - names.go resolves every Go name, once; casing.go and reserved.go help.
//     Two things that want one name are a [Problem], never a renaming.
//   - lower*.go turn the model into declarations: types, messages, commands,
//     events, the session plan and the functions that it names; lower_fake*.go
//     make those of the fake.
//   - internal/emit writes declarations as Go, and alone knows jennifer.
//
// # What is generated
//
// One struct and a straight-line pair of functions a message (AppendFrame,
// ParseFrame), one method a command, and the session as data. Whatever branches
// is in the runtime. Commands and session scripts read and write by the same
// functions, so that there is one form of each frame in a package. The fake has
// none of its own: it sends and reads with the client's types.
package generator
