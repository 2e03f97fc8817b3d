package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// acmeVendor: one command at a time, most replies carry nothing; alarms are
// the events.
var acmeVendor = &vendor{
	name:   "acme",
	plan:   acme.Plan(),
	probe:  "heartbeat",
	number: acmeNumber,
	events: true,
	event:  "read",
	device: func(w *witness, opts ...device.Option) fake {
		f := &acmeFake{Device: acmetest.New(opts...), w: w}
		f.HandleLogin(f.login)
		f.HandleRead(f.read)
		f.HandleGetLimits(f.getLimits)
		f.HandleSetInterval(f.setInterval)
		f.HandleSetLimits(f.setLimits)
		f.HandleAcknowledge(f.acknowledge)
		f.HandleSetName(f.setName)
		return f
	},
}

type acmeFake struct {
	*acmetest.Device
	w *witness
}

func (f *acmeFake) plain() *device.Device { return f.Device.Device }

func (f *acmeFake) emit(l link, n int) {
	f.Conn(l.conn).EmitAlarm(acme.Alarm{
		ID: uint32(n), Severity: acme.SeverityNotice, Active: n%2 == 0, Text: acme.Some(strconv.Itoa(l.conn)),
	})
}

func acmeNumber(frame []byte) int {
	var m acme.Alarm
	if m.ParseFrame(frame) != nil {
		return 0
	}
	return int(m.ID)
}

func (f *acmeFake) login(r *acmetest.LoginRequest) {
	f.w.login(r.Conn, r.User)
	r.Default()
	f.w.subscribed(r.Conn, "alarms", "")
}

// came notes a command that does not say whose it is; nil: there is nobody to
// answer.
func (f *acmeFake) came(conn int, k ledger.Key) *member {
	m := f.w.client(conn)
	if m != nil {
		f.w.executed(conn, m, k, true)
	}
	return m
}

func (f *acmeFake) read(r *acmetest.ReadRequest) {
	if m := f.came(r.Conn, channel('r', r.Channel)); m != nil {
		r.ReplyReading(acme.Reading{Channel: r.Channel, Value: measured(m, r.Channel), Unit: acme.UnitCelsius})
	}
}

func (f *acmeFake) getLimits(r *acmetest.GetLimitsRequest) {
	k := channel('l', r.Channel)
	m := f.came(r.Conn, k)
	switch {
	case m == nil:
	case refuses(k):
		r.ReplyFault(busy(m, k))
	case absent(k):
		r.ReplyNoLimits(acme.NoLimits{Channel: r.Channel})
	default:
		high := measured(m, r.Channel)
		r.ReplyLimits(acme.Limits{Channel: r.Channel, Low: acme.Decimal{Coef: -high.Coef, Scale: high.Scale}, High: high})
	}
}

func (f *acmeFake) setInterval(r *acmetest.SetIntervalRequest) {
	k := ledger.Key{Kind: 'v', N: uint64(r.Channel)*3600 + uint64(r.Interval) - 1}
	if m := f.came(r.Conn, k); m != nil {
		r.ReplyOK()
	}
}

func (f *acmeFake) setLimits(r *acmetest.SetLimitsRequest) {
	k := ledger.Key{Kind: 'L', N: uint64(r.High.Coef)}
	if m := f.came(r.Conn, k); m == nil {
		return
	} else if refuses(k) {
		r.ReplyFault(busy(m, k))
		return
	}
	r.ReplyOK()
}

func (f *acmeFake) acknowledge(r *acmetest.AcknowledgeRequest) {
	owner, k := f.w.read(r.Note.Value)
	if f.w.executed(r.Conn, owner, k, k.N == uint64(r.ID)) {
		r.ReplyOK()
	}
}

func (f *acmeFake) setName(r *acmetest.SetNameRequest) {
	k, ok := f.w.labelled(r.Conn, r.Name, nil)
	switch {
	case !ok:
	case refuses(k):
		r.ReplyFault(acme.Fault{Code: acme.FaultCodeBusy, Text: r.Name})
	default:
		r.ReplyOK()
	}
}

// channel is the key of a command that carries no more than a channel.
func channel(kind byte, channel uint8) ledger.Key { return ledger.Key{Kind: kind, N: uint64(channel)} }

// measured is what a channel of a client's device shows: no other does.
func measured(m *member, channel uint8) acme.Decimal {
	return acme.Decimal{Coef: int64(m.id)*1000 + int64(channel), Scale: 2}
}

func busy(m *member, k ledger.Key) acme.Fault {
	return acme.Fault{Code: acme.FaultCodeBusy, Text: m.label(k)}
}

type acmeClient struct {
	*acme.Client
	m   *member
	sub *acme.Subscription
}

func (f *acmeFake) client(m *member, addr string, opts ...runtime.Option) (generated, error) {
	client, err := acme.New(addr, acme.Params{User: m.user(), Secret: "secret"}, opts...)
	if err != nil {
		return nil, err
	}
	return &acmeClient{client, m, client.Subscribe()}, nil
}

func (c *acmeClient) follow(ctx context.Context, saw func(conn, n int)) {
	for event := range c.sub.Events(ctx) {
		if alarm, ok := event.(*acme.Alarm); ok { // a reading that comes twice is one, too
			conn, _ := strconv.Atoi(alarm.Text.Value)
			saw(conn, int(alarm.ID))
		}
	}
}

func (c *acmeClient) dropped() uint64 { return c.sub.Dropped() }

func (c *acmeClient) order(r *rand.Rand) order {
	switch r.IntN(6) {
	case 0:
		return c.read(uint8(r.IntN(256)))
	case 1:
		return c.getLimits(uint8(r.IntN(256)))
	case 2:
		return c.setInterval(uint8(r.IntN(256)), uint16(1+r.IntN(3600)))
	case 3:
		return c.setLimits(c.m.next('L'))
	case 4:
		return c.acknowledge(c.m.next('a'))
	default:
		return c.setName(c.m.next('n'))
	}
}

func (c *acmeClient) read(ch uint8) order {
	return order{channel('r', ch), ledger.Idempotent, func(ctx context.Context) error {
		reading, err := c.Read(ctx, ch)
		if err != nil {
			return err
		}
		return same(measured(c.m, ch).String(), reading.Value.String())
	}}
}

func (c *acmeClient) getLimits(ch uint8) order {
	k := channel('l', ch)
	return order{k, ledger.Idempotent, func(ctx context.Context) error {
		limits, ok, err := c.GetLimits(ctx, ch)
		if err != nil {
			return c.fault(k, err)
		}
		if !ok {
			return same(fmt.Sprint(true), fmt.Sprint(absent(k)))
		}
		return same(measured(c.m, ch).String(), limits.High.String())
	}}
}

func (c *acmeClient) setInterval(ch uint8, seconds uint16) order {
	k := ledger.Key{Kind: 'v', N: uint64(ch)*3600 + uint64(seconds) - 1}
	return order{k, ledger.Idempotent, func(ctx context.Context) error { return c.SetInterval(ctx, ch, seconds) }}
}

func (c *acmeClient) setLimits(k ledger.Key) order {
	return order{k, ledger.Plain, func(ctx context.Context) error {
		high := acme.Decimal{Coef: int64(k.N), Scale: 1}
		return c.fault(k, c.SetLimits(ctx, uint8(k.N), acme.Decimal{}, high))
	}}
}

func (c *acmeClient) acknowledge(k ledger.Key) order {
	return order{k, ledger.Plain, func(ctx context.Context) error {
		return c.Acknowledge(ctx, uint32(k.N), acme.Some(c.m.label(k)))
	}}
}

func (c *acmeClient) setName(k ledger.Key) order {
	return order{k, ledger.Plain, func(ctx context.Context) error {
		return c.fault(k, c.SetName(ctx, c.m.label(k)))
	}}
}

// fault finds the device's own error, which carries the command's label.
func (c *acmeClient) fault(k ledger.Key, err error) error {
	var answer *acme.Fault
	if !errors.As(err, &answer) {
		return err
	}
	if err := same(c.m.label(k), answer.Text); err != nil {
		return err
	}
	return &refused{answer.Text}
}
