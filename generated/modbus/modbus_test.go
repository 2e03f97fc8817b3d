package modbus_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/modbus"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// unit is the device itself, as most are asked.
const unit = 1

// TestServer asks one server for everything: starting Python takes longer than
// all of it.
func TestServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial(modbus.Params{})
	for name, test := range map[string]func(*testing.T, *modbus.Client){
		"bits":             bits,
		"registers":        registers,
		"masked register":  masked,
		"read after write": readAfterWrite,
		"diagnostics":      diagnostics,
		"identification":   identification,
		"exceptions":       exceptions,
		"many callers":     manyCallers,
		"not sent":         notSent,
	} {
		t.Run(name, func(t *testing.T) { test(t, c) })
	}
	require.EqualValues(t, 1, c.Stats().Links, "no exception ended the link")
	t.Run("units", func(t *testing.T) { units(t, c) })
}

func bits(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	written, err := c.WriteCoil(ctx, unit, 3, modbus.SwitchOn)
	require.NoError(t, err)
	require.Equal(t, modbus.SwitchOn, written.Value)
	several, err := c.WriteCoils(ctx, unit, 8, 10, []byte{0xcd, 0x01})
	require.NoError(t, err)
	require.EqualValues(t, 10, several.Count)

	coils, err := c.ReadCoils(ctx, unit, 0, 18)
	require.NoError(t, err)
	require.Equal(t, []byte{0x08, 0xcd, 0x01}, coils.Bits, "the first coil is the lowest bit")

	_, err = c.WriteCoil(ctx, unit, 3, modbus.SwitchOff)
	require.NoError(t, err)
	coils, err = c.ReadCoils(ctx, unit, 3, 1)
	require.NoError(t, err)
	require.Equal(t, []byte{0}, coils.Bits)

	inputs, err := c.ReadDiscreteInputs(ctx, unit, 90, 10)
	require.NoError(t, err)
	require.Equal(t, []byte{0xff, 0x03}, inputs.Bits)
}

func registers(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	held, err := c.ReadHoldingRegisters(ctx, unit, 97, 3)
	require.NoError(t, err)
	require.Equal(t, []uint16{197, 198, 199}, held.Values)

	written, err := c.WriteRegister(ctx, unit, 10, 0xfffe)
	require.NoError(t, err)
	require.EqualValues(t, 0xfffe, written.Value)
	several, err := c.WriteRegisters(ctx, unit, 11, []uint16{1, 0x0102})
	require.NoError(t, err)
	require.EqualValues(t, 2, several.Count)
	held, err = c.ReadHoldingRegisters(ctx, unit, 10, 3)
	require.NoError(t, err)
	require.Equal(t, []uint16{0xfffe, 1, 0x0102}, held.Values)

	inputs, err := c.ReadInputRegisters(ctx, unit, 0, 2)
	require.NoError(t, err)
	require.Equal(t, []uint16{7, 7}, inputs.Values)

	waiting, err := c.ReadFifoQueue(ctx, unit, 5)
	require.NoError(t, err)
	require.Empty(t, waiting.Values, "this server's queues are empty")
}

func masked(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.WriteRegister(ctx, unit, 20, 0x12)
	require.NoError(t, err)
	_, err = c.MaskWriteRegister(ctx, unit, 20, 0xf2, 0x25)
	require.NoError(t, err)
	held, err := c.ReadHoldingRegisters(ctx, unit, 20, 1)
	require.NoError(t, err)
	require.Equal(t, []uint16{0x17}, held.Values, "the specification's example")
}

func readAfterWrite(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	held, err := c.ReadWriteRegisters(ctx, unit, 30, 3, 31, []uint16{500, 501})
	require.NoError(t, err)
	require.Equal(t, []uint16{130, 500, 501}, held.Values, "what was written is read")
}

func diagnostics(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	data, err := c.ReturnQueryData(ctx, unit, 0xa537)
	require.NoError(t, err)
	require.EqualValues(t, 0xa537, data.Data)
	_, err = c.ClearCounters(ctx, unit)
	require.NoError(t, err)
	register, err := c.ReadDiagnosticRegister(ctx, unit)
	require.NoError(t, err)
	require.Zero(t, register.Value, "it was cleared")
	for counter := modbus.CounterBusMessages; counter <= modbus.CounterBusCharacterOverruns; counter++ {
		counted, err := c.ReadCounter(ctx, unit, counter)
		require.NoError(t, err, counter)
		require.Equal(t, counter, counted.Counter)
	}
	_, err = c.ReadExceptionStatus(ctx, unit)
	require.NoError(t, err)
	events, err := c.GetEventCounter(ctx, unit)
	require.NoError(t, err)
	log, err := c.GetEventLog(ctx, unit)
	require.NoError(t, err)
	require.Equal(t, events.Events, log.Events, "both count the same")
}

func identification(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	id, err := c.ReadDeviceIdentification(ctx, unit, modbus.CategoryBasic, modbus.ObjectIDVendorName)
	require.NoError(t, err)
	require.Equal(t, []modbus.Object{
		{ID: modbus.ObjectIDVendorName, Value: []byte("Plant")},
		{ID: modbus.ObjectIDProductCode, Value: []byte("P1")},
		{ID: modbus.ObjectIDMajorMinorRevision, Value: []byte("2.5")},
	}, id.Objects)
	require.Zero(t, id.More)

	one, err := c.ReadDeviceIdentification(ctx, unit, modbus.CategoryOneObject, modbus.ObjectIDProductCode)
	require.NoError(t, err)
	require.Equal(t, []modbus.Object{{ID: modbus.ObjectIDProductCode, Value: []byte("P1")}}, one.Objects)

	server, err := c.ReportServerID(ctx, unit)
	require.NoError(t, err)
	require.Equal(t, "Plant-P1-2.5\xff", string(server.ID), "and it runs")
}

func exceptions(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.ReadHoldingRegisters(ctx, unit, 99, 2)
	requireException(t, err, modbus.FunctionReadHoldingRegisters, modbus.ExceptionCodeIllegalDataAddress)
	_, err = c.WriteRegister(ctx, unit, 1000, 1)
	requireException(t, err, modbus.FunctionWriteRegister, modbus.ExceptionCodeIllegalDataAddress)
	_, err = c.WriteCoils(ctx, unit, 0, 3, []byte{1, 2, 3})
	requireException(t, err, modbus.FunctionWriteCoils, modbus.ExceptionCodeIllegalDataValue)
	_, err = c.ReadCoils(ctx, 9, 0, 1)
	e := requireException(t, err, modbus.FunctionReadCoils, modbus.ExceptionCodeGatewayTargetFailedToRespond)
	require.True(t, e.Temporary(), "the unit may come back")
	require.EqualValues(t, 9, e.Unit)
}

func requireException(t *testing.T, err error, of modbus.Function, code modbus.ExceptionCode) *modbus.Exception {
	t.Helper()
	var e *modbus.Exception
	require.ErrorAs(t, err, &e)
	require.Equal(t, of, e.Function)
	require.Equal(t, code, e.Code, "%v", err)
	return e
}

// notSent are values that no device would take.
func notSent(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	for name, call := range map[string]func() error{
		"nothing to read":    func() error { _, err := c.ReadCoils(ctx, unit, 0, 0); return err },
		"too many bits":      func() error { _, err := c.ReadDiscreteInputs(ctx, unit, 0, 2001); return err },
		"too many registers": func() error { _, err := c.ReadInputRegisters(ctx, unit, 0, 126); return err },
		"no switch":          func() error { _, err := c.WriteCoil(ctx, unit, 0, 1); return err },
		"too much to write":  func() error { _, err := c.WriteRegisters(ctx, unit, 0, make([]uint16, 128)); return err },
	} {
		var e *modbus.Error
		require.ErrorAs(t, call(), &e, name)
		require.Equal(t, modbus.NotSent, e.Fate, name)
	}
}

// manyCallers share the link: each gets the reply to its own request.
func manyCallers(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 60*time.Second)
	const callers, each = 16, 20
	var wg sync.WaitGroup
	for caller := range uint16(callers) {
		wg.Go(func() {
			for n := range uint16(each) {
				data, err := c.ReturnQueryData(ctx, unit, caller<<8|n)
				if err != nil || data.Data != caller<<8|n {
					t.Errorf("%x instead of %x: %v", data.Data, caller<<8|n, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// units behind one address have registers of their own.
func units(t *testing.T, c *modbus.Client) {
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.WriteRegister(ctx, 255, 40, 9999)
	require.NoError(t, err)
	other, err := c.ReadHoldingRegisters(ctx, 255, 40, 1)
	require.NoError(t, err)
	require.Equal(t, []uint16{9999}, other.Values)
	own, err := c.ReadHoldingRegisters(ctx, unit, 40, 1)
	require.NoError(t, err)
	require.Equal(t, []uint16{140}, own.Values)
}

// TestHeartbeat watches an idle link over three intervals. A register that is
// not there is as good as one that is: the exception is an answer.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	present, absent := make(chan string, 100), make(chan string, 100)
	reading := s.quick(modbus.Params{Unit: unit, Register: 5}, func(message string) { present <- message })
	refused := s.quick(modbus.Params{Unit: unit, Register: 50_000}, func(message string) { absent <- message })
	links, start := reading.Stats().Links+refused.Stats().Links, time.Now()
	for range 3 {
		require.Equal(t, "holding_registers", next(t, present))
		require.Equal(t, "exception", next(t, absent))
	}
	took := time.Since(start)
	t.Logf("three heartbeats were answered in %v", took.Round(time.Millisecond))
	require.GreaterOrEqual(t, took, 1400*time.Millisecond)
	require.Equal(t, links, reading.Stats().Links+refused.Stats().Links, "the links stayed")
}

// next waits for the name of a message that came.
func next(t *testing.T, messages <-chan string) string {
	t.Helper()
	select {
	case message := <-messages:
		return message
	case <-lab.Within(t, 20*time.Second).Done():
		t.Fatal("nothing came")
		return ""
	}
}

// TestRestart kills the server: it is noticed, what was not sent says so, and
// the client is back after the restart.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c := s.dial(modbus.Params{})
	_, err := c.WriteRegister(lab.Within(t, 20*time.Second), unit, 0, 7)
	require.NoError(t, err)
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	_, err = c.WriteRegister(ctx, unit, 0, 8)
	cancel()
	var e *modbus.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, modbus.NotSent, e.Fate)

	s.start()
	lab.AwaitReady(t, c.States, link)
	held, err := c.ReadHoldingRegisters(lab.Within(t, 20*time.Second), unit, 0, 1)
	require.NoError(t, err)
	require.Equal(t, []uint16{100}, held.Values, "a new server: what was not sent stayed so")
}
