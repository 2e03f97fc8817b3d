package format

import "testing"

func BenchmarkSource(b *testing.B) {
	data := vendors(b)["yamaha.yaml"]
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, _, _ = Source("yamaha.yaml", data)
	}
}
