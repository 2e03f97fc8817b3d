package serve_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFaultsByControl(t *testing.T) {
	r := start(t, "acme")
	first, got1 := r.dial()
	send(t, first, "HEARTBEAT")
	got1.next("HEARTBEAT_ACK")
	second, got2 := r.dial()
	send(t, second, "HEARTBEAT")
	got2.next("HEARTBEAT_ACK")

	r.say("conn 1 duplicate-replies")
	r.log.next("fault duplicate-replies")
	send(t, first, "HEARTBEAT")
	got1.next("HEARTBEAT_ACK")
	got1.next("HEARTBEAT_ACK")
	r.say("drop=read")
	r.say("split-every=1+1h")
	r.log.next("fault split-every=1+1h begins")
	r.say("faults")
	require.Equal(t, "on       drop=read", r.out.next(""))
	require.Equal(t, "on       split-every=1+1h", r.out.next(""))
	require.Equal(t, "conn 1   duplicate-replies", r.out.next(""))
	send(t, second, "READ 1")
	send(t, second, "HEARTBEAT")
	require.Equal(t, "HEARTBEAT_ACK", got2.next(""), "the reading was lost")
	r.log.next("conn 2 x reading")
	r.say("heal")
	r.log.next("healed")
	r.say("faults")
	require.Equal(t, "no faults", r.out.next(""))
	send(t, second, "READ 1")
	got2.next("READING 1")

	r.say("conn 1 reset")
	r.log.next("conn 1 ended: reset by the device")
	r.say("refuse-dial")
	r.log.next("fault refuse-dial begins")
	_, err := net.Dial("tcp", r.addr)
	require.Error(t, err)
	r.say("close")
	got2.ends()
	r.say("conns")
	require.Equal(t, "no connections", r.out.next(""))
}

// The faults of single connections are listed until they end with them, or are
// healed.
func TestFaultsOfConnections(t *testing.T) {
	r := start(t, "acme")
	faults := func(want ...string) {
		t.Helper()
		r.say("faults")
		for _, line := range want {
			require.Equal(t, line, r.out.next(""))
		}
	}
	first, got := r.dial()
	r.log.next("conn 1 connected")
	r.say("conn 1 silence")
	r.say("next delay=1ms")
	r.say("next emit reading channel=4")
	faults("conn 1   silence", "next     delay=1ms")
	send(t, first, "READ 1")
	r.log.next("conn 1 x reading")
	_, second := r.dial()
	require.Equal(t, "READING 4 21.50 C", second.next(""))
	faults("conn 1   silence", "conn 2   delay=1ms")
	r.say("conn 1 heal")
	r.log.next("healed")
	faults("conn 2   delay=1ms")
	send(t, first, "READ 1")
	got.next("READING 1")
	r.say("next refuse-dial")
	faults("conn 2   delay=1ms", "next     refuse-dial")
	r.say("next heal")
	faults("conn 2   delay=1ms")
	r.say("conn 2 reset")
	r.log.next("conn 2 ended")
	faults("no faults")
}

// A fault by count counts from where it was asked for; chance tells its seed.
func TestFaultsCountFromTheirLine(t *testing.T) {
	r := start(t, "acme")
	conn, got := r.dial()
	send(t, conn, "READ 1")
	got.next("READING 1")
	r.say("duplicate-replies#2")
	r.say("faults")
	require.Equal(t, "to come  duplicate-replies#2", r.out.next(""))
	send(t, conn, "READ 2")
	require.Equal(t, "READING 2 21.50 C", got.next(""))
	send(t, conn, "READ 3")
	require.Equal(t, "READING 3 21.50 C", got.next(""))
	require.Equal(t, "READING 3 21.50 C", got.next(""))
	r.say("reset~1000h")
	r.log.next("at random, with seed 1")
}

func TestControlRefuses(t *testing.T) {
	r := start(t, "acme")
	_, _ = r.dial()
	r.log.next("connected")
	for _, tt := range []struct{ line, why string }{
		{"blackhole", `there is no fault "blackhole"`},
		{"conn 7 reset", `there is no open connection "7"`},
		{"conn x reset", `there is no open connection "x"`},
		{"conn 1 refuse-dial", "concerns connections that are being opened"},
		{"conn 1 silence@1s", "comes at once, and stays until heal"},
		{"next nothing", "there is no fault"},
		{"conn 1", "there is no fault"},
		{"conn 1 emit", "a message is missing"},
		{"emit", "a message is missing; there are heartbeat_ack"},
		{"emit nothing", `the spec has no message "nothing"`},
		{"emit reading chanel=3", "chanel: is not a field"},
		{"emit reading 'open", "does not end"},
		{"every reading", `"reading" is no time`},
		{"history x", "no number"},
	} {
		r.say(tt.line)
		require.Contains(t, r.log.next("not done: "), tt.why, tt.line)
	}
	r.say("delay=2x")
	require.Regexp(t, `not done: "2x" is no time, such as 500ms or 10s$`, r.log.next("not done: "))
	r.say("help")
	r.out.next("emit MESSAGE")
	r.out.next("black-hole")
}

// A fault by count comes before the reply; the next connection is well again.
func TestFaultByCount(t *testing.T) {
	r := start(t, "acme", "reset#2", "delay=1ms#3+1h")
	conn, got := r.dial()
	send(t, conn, "HEARTBEAT")
	got.next("HEARTBEAT_ACK")
	send(t, conn, "READ 1")
	got.ends()
	r.log.next("fault reset#2")
	conn, got = r.dial()
	send(t, conn, "READ 1")
	got.next("READING 1")
	r.log.next("fault delay=1ms#3+1h begins")
}

// A fault that ends leaves the others in force.
func TestFaultEnds(t *testing.T) {
	r := start(t, "acme", "duplicate-replies")
	conn, got := r.dial()
	r.log.next("connected")
	r.say("silence+10ms")
	r.log.next("fault silence+10ms begins")
	r.log.next("fault silence+10ms ends")
	send(t, conn, "READ 1")
	got.next("READING 1")
	require.Equal(t, "READING 1 21.50 C", got.next(""), "it comes twice, as before")
}
