package lab

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Relay is a cable that is slow: each packet takes its own time, so that later
// ones overtake earlier ones.
type Relay struct {
	delay, jitter atomic.Int64 // nanoseconds
	overtaken     atomic.Int64
}

// Slow makes each packet take delay, and up to jitter more at random. Slow(0, 0)
// is how a relay begins.
func (r *Relay) Slow(delay, jitter time.Duration) {
	r.delay.Store(int64(delay))
	r.jitter.Store(int64(jitter))
}

// Overtaken counts the packets that arrived after one that was sent later.
func (r *Relay) Overtaken() int { return int(r.overtaken.Load()) }

// NewRelayedNetwork is a [NewNetwork] whose cable is a relay: a TUN device at
// each end, and this process between them.
func NewRelayedNetwork(t testing.TB) (*Network, *Relay) {
	t.Helper()
	n, r := newNamespaces(t), &Relay{}
	client, server := n.tun(n.client), n.tun(n.server)
	var running sync.WaitGroup
	running.Go(func() { r.forward(server, client) })
	running.Go(func() { r.forward(client, server) })
	t.Cleanup(func() {
		_ = client.Close()
		_ = server.Close()
		running.Wait()
	})
	n.up()
	return n, r
}

// tun makes a TUN device, and moves it into a namespace.
func (n *Network) tun(namespace string) *os.File {
	n.t.Helper()
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		leaveOut(n.t, fmt.Sprintf("no TUN devices: %v", err))
	}
	ask, err := unix.NewIfreq("lw%d") // the kernel puts a free number there
	if err != nil {
		n.t.Fatal(err)
	}
	ask.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI)
	if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, ask); err != nil {
		_ = unix.Close(fd)
		leaveOut(n.t, fmt.Sprintf("no TUN devices: %v", err))
	}
	n.run(n.ip, "link", "set", ask.Name(), "netns", namespace, "name", cable)
	return os.NewFile(uintptr(fd), "tun")
}

// forward moves packets one way until a device is closed.
func (r *Relay) forward(to, from *os.File) {
	var pending sync.WaitGroup
	defer pending.Wait()
	var latest atomic.Int64
	packet := make([]byte, 64<<10)
	for number := int64(1); ; number++ {
		n, err := from.Read(packet)
		if err != nil {
			return
		}
		copied := append([]byte(nil), packet[:n]...)
		pending.Add(1)
		time.AfterFunc(r.takes(), func() {
			defer pending.Done()
			_, _ = to.Write(copied) // a packet that finds no room is lost, as on any cable
			r.arrived(&latest, number)
		})
	}
}

func (r *Relay) takes() time.Duration {
	return time.Duration(r.delay.Load() + rand.Int64N(r.jitter.Load()+1))
}

// arrived counts a packet that came too late to be in order.
func (r *Relay) arrived(latest *atomic.Int64, number int64) {
	for {
		last := latest.Load()
		if number < last {
			r.overtaken.Add(1)
			return
		}
		if latest.CompareAndSwap(last, number) {
			return
		}
	}
}
