package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithin(t *testing.T) {
	f := &Framing{Max: 100, Packet: &Packet{Extent: ExtentSelf}}
	read := func(frame string, items int) (got []uint64, err error) {
		r := NewReader([]byte(frame), f)
		within := r.Within("xs", r.Big("xs", 1))
		for n := 0; n != items && r.Left(0) > 0; n++ {
			got = append(got, r.Varint("xs", 16))
		}
		r.EndWithin("xs", within)
		got = append(got, r.Big("end", 1))
		return got, r.Done()
	}
	got, err := read("\x03\x01\x80\x01\x07", -1)
	require.NoError(t, err)
	require.Equal(t, []uint64{1, 128, 7}, got)
	got, err = read("\x00\x07", -1)
	require.NoError(t, err)
	require.Equal(t, []uint64{7}, got)

	_, err = read("\x03\x01\x80\x01\x07", 1)
	require.ErrorContains(t, err, "xs: more bytes than its items have")
	_, err = read("\x02\x01\x80\x01\x07", -1)
	require.ErrorContains(t, err, "xs: fewer bytes than it needs")
	_, err = read("\x05\x01\x80\x01\x07", -1)
	require.ErrorContains(t, err, "xs has fewer bytes than were counted")
}

func TestApart(t *testing.T) {
	f := &Framing{Max: 100, Packet: &Packet{Extent: ExtentSelf}}
	w := NewWriter([]byte("before"), f)
	apart := w.Apart(func(w *Writer) { w.Varint("xs", 300, 16) })
	w.Big("xs", uint64(len(apart)), 1)
	w.Bytes("xs", apart)
	b, err := w.End()
	require.NoError(t, err)
	require.Equal(t, "before\x02\xac\x02", string(b))

	w = NewWriter(nil, f)
	w.Apart(func(w *Writer) { w.Fail("xs", "is wrong") })
	w.Apart(func(w *Writer) { w.Fail("xs", "is wrong, too") })
	_, err = w.End()
	require.EqualError(t, err, "xs: is wrong")
}
