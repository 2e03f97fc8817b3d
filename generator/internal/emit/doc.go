// Package emit writes Go source. It is the only importer of jennifer: package
// generator decides what is declared and how everything is called, and hands
// over descriptors; each descriptor here knows the Go that it becomes, and its
// doc comment shows it.
//
// Start with [File], a list of declarations. The declarations are in decl_*.go;
// how one value is written to a frame and read from it is a [Value], what stands
// between values is an [Op].
package emit
