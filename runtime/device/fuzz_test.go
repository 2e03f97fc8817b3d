package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// FuzzInput: whatever comes, and however it is split, the device does not
// panic, and does the same.
func FuzzInput(f *testing.F) {
	f.Add([]byte("LOGIN u s\nREAD 3\r\nHEARTBEAT\nBYE\n"), byte(1), false)
	f.Add([]byte("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\r\n\r\n*1\r\n$4\r\nPING\r\n"), byte(3), true)
	f.Add([]byte("*2\r\n$3\r\nGET\r\n$99999999999999999999\r\n\x00\xff\n*9"), byte(2), true)
	f.Fuzz(func(t *testing.T, data []byte, size byte, order bool) {
		whole, pieces := feed(data, len(data), order), feed(data, int(size), order)
		require.Equal(t, len(whole), len(pieces))
		for i := range whole {
			require.Equal(t, whole[i].String(), pieces[i].String())
		}
	})
}

// feed steps a peer by hand, so many bytes at a time.
func feed(data []byte, size int, order bool) device.History {
	plan := plantest.Acme()
	if order {
		plan = plantest.Order()
	}
	d := device.New(plan)
	d.Otherwise(func(r *device.Request) { r.Reply("GOT " + r.Command) })
	p := d.Open(0, func(bool) {})
	size = max(size, 1)
	for len(data) > 0 {
		n := min(size, len(data))
		p.Input(0, data[:n])
		data = data[n:]
	}
	for {
		out, _ := p.Next(0)
		if len(out.Bytes) == 0 && out.End == device.Stay {
			return d.History()
		}
	}
}
