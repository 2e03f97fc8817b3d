package modbus_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/modbus"
	"github.com/linewright/linewright/generated/modbus/modbustest"
)

// connect makes a fake and a client of it; both end with the test.
func connect(t *testing.T) (*modbustest.Device, *modbus.Client) {
	device := modbustest.New()
	c, err := device.Dial(t.Context(), modbus.Params{})
	require.NoError(t, err)
	t.Cleanup(func() { c.Close(); device.Close() })
	return device, c
}

// TestAnyOrder: replies find their requests, whichever the device gives first.
func TestAnyOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		held := make(chan *modbustest.ReadHoldingRegistersRequest, 4)
		device.HandleReadHoldingRegisters(func(r *modbustest.ReadHoldingRegistersRequest) { held <- r })
		values := make(chan uint16, 4)
		for address := range uint16(4) {
			go func() {
				reply, err := c.ReadHoldingRegisters(t.Context(), unit, address, 1)
				if err != nil || reply.Values[0] != 100+address {
					t.Errorf("%v of register %d: %v", reply.Values, address, err)
				}
				values <- address
			}()
		}
		var requests []*modbustest.ReadHoldingRegistersRequest
		for range 4 {
			requests = append(requests, <-held)
		}
		for i := range requests {
			r := requests[len(requests)-1-i]
			r.ReplyHoldingRegisters(modbus.HoldingRegisters{Unit: unit, Values: []uint16{100 + r.Address}})
			require.Equal(t, r.Address, <-values, "the last is answered first")
		}
	})
}

// TestAnotherUnitsReply: a gateway that confuses its units is not believed.
func TestAnotherUnitsReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		device.HandleWriteRegister(func(r *modbustest.WriteRegisterRequest) {
			r.ReplyRegisterWritten(modbus.RegisterWritten{Unit: r.Unit + 1, Address: r.Address, Value: r.Value})
		})
		_, err := c.WriteRegister(t.Context(), unit, 1, 2)
		var e *modbus.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, modbus.Unknown, e.Fate)
	})
}

// TestSlowUnit: a reply that comes too late is nobody's, and the link stays.
func TestSlowUnit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		device.HandleReadInputRegisters(func(r *modbustest.ReadInputRegistersRequest) {
			time.AfterFunc(6*time.Second, func() {
				r.ReplyInputRegisters(modbus.InputRegisters{Unit: unit, Values: []uint16{1}})
			})
		})
		start := time.Now()
		_, err := c.ReadInputRegisters(t.Context(), unit, 0, 1)
		require.Error(t, err)
		require.Equal(t, 5*time.Second, time.Since(start))
		<-time.After(2 * time.Second) // the reply comes in between
		_, err = c.ReadHoldingRegisters(t.Context(), unit, 0, 1)
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestForeignFrames: what has another protocol's id, or a length that cannot be,
// ends the link.
func TestForeignFrames(t *testing.T) {
	for name, reply := range map[string]string{
		"another protocol": "\x00\x01\x00\x01\x00\x05\x01\x03\x02\x00\x65",
		"a long frame":     "\x00\x01\x00\x00\x01\x00\x01\x03\xff",
		"no function":      "\x00\x01\x00\x00\x00\x01\x01",
		"half a register":  "\x00\x01\x00\x00\x00\x04\x01\x03\x01\x00",
	} {
		synctest.Test(t, func(t *testing.T) {
			device, c := connect(t)
			device.HandleWriteRegister(func(r *modbustest.WriteRegisterRequest) { r.Link().Garbage([]byte(reply)) })
			_, err := c.WriteRegister(t.Context(), unit, 1, 2)
			var e *modbus.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, modbus.Unknown, e.Fate, name)
			require.ErrorIs(t, err, modbus.ErrProtocol, name)
		})
	}
}
