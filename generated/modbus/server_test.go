package modbus_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/modbus"
	"github.com/linewright/linewright/runtime"
)

// script runs pymodbus: units 1 and 255, each with 100 coils that are off, 100
// discrete inputs that are on, 100 holding registers from 100 up and 100 input
// registers of 7. What is for another unit is answered as by a gateway. What it
// imports for serial lines need not be installed.
const script = `
import sys, types
for name in "serial", "serial_asyncio":
    sys.modules[name] = types.ModuleType(name)
sys.modules["serial_asyncio"].create_serial_connection = None

from pymodbus.datastore import ModbusSequentialDataBlock as Block, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartTcpServer

def unit():
    return ModbusSlaveContext(co=Block(0, [0] * 100), di=Block(0, [1] * 100),
                              hr=Block(0, list(range(100, 200))), ir=Block(0, [7] * 100), zero_mode=True)

identity = ModbusDeviceIdentification(info_name={"VendorName": "Plant", "ProductCode": "P1", "MajorMinorRevision": "2.5"})
StartTcpServer(context=ModbusServerContext(slaves={1: unit(), 255: unit()}, single=False), identity=identity,
               address=("127.0.0.1", int(sys.argv[1])))
`

// server is a real Modbus server that can be killed and started again at the
// same address.
type server struct {
	t       *testing.T
	address string
	*lab.Process
}

func startServer(t *testing.T) *server {
	t.Helper()
	lab.Installed(t, "/usr/lib/python3/dist-packages/pymodbus")
	s := &server{t: t, address: lab.Address(t)}
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	// Debian's own Python: another one does not have its packages.
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "/usr/bin/python3"), "-c", script, lab.Port(s.t, s.address)))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(params modbus.Params, opts ...modbus.Option) *modbus.Client {
	s.t.Helper()
	c, err := modbus.Dial(lab.Within(s.t, 30*time.Second), s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for; what
// comes is told to received.
func (s *server) quick(params modbus.Params, received func(message string)) *runtime.Client {
	s.t.Helper()
	plan := *modbus.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 500*time.Millisecond, 500*time.Millisecond
	plan.Liveness.Probe = &probe
	observer := runtime.Observer{Received: func(message string, _ int) { received(message) }}
	c, err := runtime.Dial(lab.Within(s.t, 30*time.Second), &plan, s.address, &params, runtime.WithObserver(observer))
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}
