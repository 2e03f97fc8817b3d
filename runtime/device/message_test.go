package device_test

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// reading is a message as a generated package has it.
type reading struct{ channel int }

func (m *reading) AppendFrame(dst []byte) ([]byte, error) {
	if m.channel < 0 {
		return dst, errors.New("channel: is negative")
	}
	return fmt.Appendf(dst, "READING %d 21.5 C\n", m.channel), nil
}

func (m *reading) ParseFrame(frame []byte) error {
	_, err := fmt.Sscanf(string(frame), "READING %d 21.5 C", &m.channel)
	return err
}

// read is a command's request.
type read struct{ channel int }

func (m *read) ParseFrame(frame []byte) error {
	_, err := fmt.Sscanf(string(frame), "READ %d", &m.channel)
	return err
}

func TestMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New(plantest.Acme())
		defer d.Close()
		device.Greet(d, &reading{1}, device.Example[reading]("READING 2 21.5 C"))
		d.Handle("read", func(r *device.Request) {
			var request read
			device.Parse(r, &request)
			device.Reply(r, &reading{request.channel})
			device.Emit(r.Link(), &reading{5})
		})
		conn, err := d.Dialer()(t.Context(), "tcp", "unit:1")
		require.NoError(t, err)
		defer conn.Close()
		_, err = fmt.Fprint(conn, "READ 3\nREAD 4\n")
		require.NoError(t, err)
		lines := bufio.NewScanner(conn)
		var got []string
		for range 6 {
			require.True(t, lines.Scan())
			got = append(got, strings.Fields(lines.Text())[1])
		}
		require.Equal(t, []string{"1", "2", "3", "5", "4", "5"}, got)
		require.Equal(t, []read{{3}, {4}}, device.Requests[read](d, "read"))
		require.Empty(t, device.Requests[read](d, "login"))
	})
}

func TestRefuseLoginWithAMessage(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		device.RefuseLogin(r.Next(), &reading{7})
		c := r.dial()
		c.send("LOGIN u s", "LOGIN u s")
		c.expect("READING 7 21.5 C", "OK")
	})
}

// TestMessagesThatCannotBe are mistakes of the test, told where it makes them.
func TestMessagesThatCannotBe(t *testing.T) {
	d := device.New(plantest.Acme())
	defer d.Close()
	for want, do := range map[string]func(){
		"device: cannot emit *device_test.reading: channel: is negative":                func() { device.Emit(&d.Scope, &reading{-1}) },
		"device: cannot refuse a login with *device_test.reading: channel: is negative": func() { device.RefuseLogin(&d.Scope, &reading{-1}) },
		"device: cannot greet with *device_test.reading: channel: is negative":          func() { device.Greet(d, &reading{-1}) },
		`device: "READ x" is no *device_test.read: expected integer`:                    func() { device.Example[read]("READ x") },
		"device: the command read is no *device_test.reading: input does not match format": func() {
			device.Parse(&device.Request{Command: "read", Frame: []byte("READ 3")}, &reading{})
		},
	} {
		require.PanicsWithValue(t, want, do)
	}
}

func TestSelfSigned(t *testing.T) {
	require.Nil(t, device.New(plantest.Acme()).ClientTLS())
	require.Nil(t, device.New(plantest.Acme(), device.WithSelfSigned(), device.WithTLS(nil)).ClientTLS())
	config := device.New(plantest.Acme(), device.WithSelfSigned()).ClientTLS()
	require.NotEmpty(t, config.ServerName)
	require.NotNil(t, config.RootCAs)
}
