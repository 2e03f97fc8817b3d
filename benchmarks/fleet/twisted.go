package fleet

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/python"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

//go:embed beats.py
var script string

// twisted is a process of Python's that tells what it uses.
type twistedFleet struct {
	ask io.Writer
	say *bufio.Reader
}

func twisted(n int) (r trial.Result, err error) {
	srv, err := start()
	if err != nil {
		return r, err
	}
	defer srv.stop()
	host, port, _ := net.SplitHostPort(srv.address)
	cmd, err := python.Script(script, host, port, strconv.Itoa(n))
	if err != nil {
		return r, err
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return r, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return r, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return r, err
	}
	defer func() {
		_ = in.Close()
		_ = cmd.Wait()
	}()
	f := &twistedFleet{in, bufio.NewReader(out)}
	before, _, err := f.usage()
	if err != nil {
		return r, err
	}
	if line, err := f.say.ReadString('\n'); err != nil || line != "ready\n" {
		return r, fmt.Errorf("%q instead of ready: %w", line, err)
	}
	cpu := func() time.Duration { _, used, _ := f.usage(); return used }
	resident := func() (uint64, error) { bytes, _, err := f.usage(); return bytes, err }
	if r, err = measure(srv, n, before, cpu, resident); err != nil {
		return r, err
	}
	return r, srv.measureWatchdog(&r)
}

func (f *twistedFleet) usage() (bytes uint64, cpu time.Duration, err error) {
	if _, err := io.WriteString(f.ask, "?\n"); err != nil {
		return 0, 0, err
	}
	kib, seconds := uint64(0), 0.0
	_, err = fmt.Fscanln(f.say, &kib, &seconds)
	return kib << 10, time.Duration(seconds * float64(time.Second)), err
}
