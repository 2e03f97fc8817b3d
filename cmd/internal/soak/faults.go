package main

import (
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// fault is one thing that goes wrong.
type fault struct {
	name   string
	begin  func(s *device.Scope, t *injector)
	once   bool // it is over at once
	device bool // of the whole device only
	// scars: something was lost on a connection that stays open, which no
	// client can know where replies carry no number; the device ends with a
	// reset, as one that restarts does.
	scars bool
	// lingers: what was sent meanwhile comes late even after it has ended.
	lingers bool
	// mutes: nothing comes of the device.
	mutes bool
	// refuses: no dial leads anywhere, and no connection is open.
	refuses bool
	// doubles: replies come twice, and most do not say whose they are.
	doubles bool
}

var faults = []fault{
	{name: "reset", once: true, begin: func(s *device.Scope, _ *injector) { s.Reset() }},
	{name: "close", once: true, begin: func(s *device.Scope, _ *injector) { s.Hangup() }},
	{name: "silence", scars: true, mutes: true, begin: func(s *device.Scope, _ *injector) { s.Silence() }},
	{name: "black hole", mutes: true, begin: func(s *device.Scope, _ *injector) { s.BlackHole() }},
	{name: "stall mid frame", begin: func(s *device.Scope, t *injector) { s.StallMidFrame(1 + t.random.IntN(8)) }},
	{name: "drip", begin: func(s *device.Scope, t *injector) {
		s.Drip(time.Millisecond * time.Duration(1+t.random.IntN(30)))
	}},
	{name: "split", begin: func(s *device.Scope, t *injector) { s.SplitEvery(1 + t.random.IntN(7)) }},
	{name: "late replies", lingers: true, begin: func(s *device.Scope, t *injector) {
		s.LateReplies(time.Duration(t.random.Int64N(int64(t.moment(latest)))))
	}},
	{name: "delay", lingers: true, begin: func(s *device.Scope, t *injector) {
		s.Delay(time.Duration(t.random.Int64N(int64(t.moment(latest)))))
	}},
	{name: "garbage", once: true, begin: func(s *device.Scope, _ *injector) { s.Garbage([]byte("\x00?!\r\n")) }},
	{name: "dropped acks", scars: true, begin: func(s *device.Scope, t *injector) {
		s.DropReplies(t.stand.vendor.probe, 1+t.random.IntN(3))
	}},
	{name: "accept, then close", device: true, refuses: true, begin: func(s *device.Scope, _ *injector) {
		s.AcceptAndClose()
		s.Hangup()
	}},
	{name: "refuse dial", device: true, refuses: true, begin: func(s *device.Scope, _ *injector) {
		s.RefuseDial()
		s.Reset()
	}},
	{name: "hang dial", device: true, begin: func(s *device.Scope, _ *injector) { s.HangDial() }},
	{name: "stop reading", begin: func(s *device.Scope, _ *injector) { s.StopReading() }},
	{name: "half close", once: true, begin: func(s *device.Scope, _ *injector) { s.HalfClose() }},
	{name: "duplicate replies", scars: true, doubles: true, begin: func(s *device.Scope, _ *injector) { s.DuplicateReplies() }},
	{name: "client closed and another opened", once: true, begin: func(_ *device.Scope, t *injector) { t.reopen() }},
}

// latest is how late anything comes at most.
const latest = 8 * time.Second
