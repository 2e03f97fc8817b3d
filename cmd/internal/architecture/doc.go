// Package architecture holds no code, only tests: of what may import what, of
// what must not be there, and of what must. They read the Go files as text, so
// that files for other systems count too.
//
// A new package needs a row in the table of layers, which is in imports_test.go
// and reads from the bottom up: a package may import the rows above its own
// that it names, and nothing else of this module.
package architecture
