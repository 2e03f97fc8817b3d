package runtime

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzRing compares a ring with a slice of slices.
func FuzzRing(f *testing.F) {
	f.Add([]byte{10, 200, 0, 10, 0, 0, 255, 255, 255, 0, 1, 1})
	f.Add(bytes.Repeat([]byte{100, 90, 0}, 100))
	f.Fuzz(func(t *testing.T, ops []byte) {
		r := ring{limit: 2000}
		var model [][]byte
		held := 0
		for i, op := range ops {
			switch {
			case op == 0 && len(model) > 0:
				message, frame := r.pop([]byte("kept"))
				require.Equal(t, len(model[0])-1, message)
				require.Equal(t, "kept"+string(model[0]), string(frame))
				held -= len(model[0]) + ringHeader
				model = model[1:]
			case op == 1 && len(model) > 0:
				r.drop()
				held -= len(model[0]) + ringHeader
				model = model[1:]
			case op > 1:
				frame := bytes.Repeat([]byte{byte(i)}, int(op)*int(op)/16)
				fits := len(model) == 0 || held+len(frame)+ringHeader <= r.limit
				require.Equal(t, fits, r.fits(len(frame), 0))
				if fits {
					r.push(len(frame)-1, frame)
					model = append(model, frame)
					held += len(frame) + ringHeader
				}
			}
			require.Equal(t, len(model), r.count)
			require.Equal(t, held, r.used)
			require.LessOrEqual(t, len(r.buf), 8192)
		}
	})
}

func TestRingGivesBackAnOversizedFrame(t *testing.T) {
	r := ring{limit: 100}
	require.True(t, r.fits(1<<20, 0), "an empty ring takes any frame")
	r.push(1, make([]byte, 1<<20))
	require.False(t, r.fits(0, 0))
	_, frame := r.pop(nil)
	require.Len(t, frame, 1<<20)
	require.Nil(t, r.buf)
	require.True(t, r.fits(1, 0))
}
