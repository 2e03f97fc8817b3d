package modbus_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/linewright/linewright/generated/modbus"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/modbus.yaml", dynamictest.Generated{
		Plan: modbus.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[modbus.Coils], dynamictest.New[modbus.DiscreteInputs], dynamictest.New[modbus.HoldingRegisters],
			dynamictest.New[modbus.InputRegisters], dynamictest.New[modbus.CoilWritten], dynamictest.New[modbus.RegisterWritten],
			dynamictest.New[modbus.ExceptionStatus], dynamictest.New[modbus.QueryData], dynamictest.New[modbus.DiagnosticRegister],
			dynamictest.New[modbus.CountersCleared], dynamictest.New[modbus.Counted], dynamictest.New[modbus.EventCounter],
			dynamictest.New[modbus.EventLog], dynamictest.New[modbus.CoilsWritten], dynamictest.New[modbus.RegistersWritten],
			dynamictest.New[modbus.ServerID], dynamictest.New[modbus.Masked], dynamictest.New[modbus.ReadAfterWrite],
			dynamictest.New[modbus.Fifo], dynamictest.New[modbus.DeviceIdentification], dynamictest.New[modbus.Exception],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[modbus.ReadCoilsRequest], dynamictest.New[modbus.ReadDiscreteInputsRequest],
			dynamictest.New[modbus.ReadHoldingRegistersRequest], dynamictest.New[modbus.ReadInputRegistersRequest],
			dynamictest.New[modbus.WriteCoilRequest], dynamictest.New[modbus.WriteRegisterRequest],
			dynamictest.New[modbus.ReadExceptionStatusRequest], dynamictest.New[modbus.ReturnQueryDataRequest],
			dynamictest.New[modbus.ReadDiagnosticRegisterRequest], dynamictest.New[modbus.ClearCountersRequest],
			dynamictest.New[modbus.ReadCounterRequest], dynamictest.New[modbus.GetEventCounterRequest],
			dynamictest.New[modbus.GetEventLogRequest], dynamictest.New[modbus.WriteCoilsRequest],
			dynamictest.New[modbus.WriteRegistersRequest], dynamictest.New[modbus.ReportServerIDRequest],
			dynamictest.New[modbus.MaskWriteRegisterRequest], dynamictest.New[modbus.ReadWriteRegistersRequest],
			dynamictest.New[modbus.ReadFifoQueueRequest], dynamictest.New[modbus.ReadDeviceIdentificationRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"0001 0000 0009 01 03 06 0065 0066 0067", "0004 0000 0003 01 83 02", "0005 0000 0003 01 e3 01", "0007 0000 0004 01 01 01 00",
		"0001 0000 0009 01 03 08 0065 0066 0067", "0001 0001 0006 01 06 0001 0063", "0001 0000 0006 01 08 000c 0000",
		"0001 0000 0002 01 80", "0001 0000 0001 01", "0001 0000 000a 01 2b 0e 01 01 00 00 02 00 03", "0001 0000 0005 01 18 0004 0001 00",
	} {
		b, err := hex.DecodeString(strings.ReplaceAll(frame, " ", ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
