// Package codecs compares what generated clients make of bytes with what other
// people's clients make of them: gomodule/redigo for Redis, nats.go for NATS.
// Both codecs of this repository stand on one package, runtime/wire, so that
// they would agree on its mistakes; these do not.
//
// It holds nothing but fuzz targets, which read a stream frame by frame on all
// sides: what ours accept, the other must accept, and find the same in it; what
// the other accepts and ours do not, must not be what the specification says.
// The package is run by go test -C benchmarks ./..., which replays the committed
// corpora, and by make fuzz.
package codecs
