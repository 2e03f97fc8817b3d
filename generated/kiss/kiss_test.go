package kiss_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/kiss"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// station is an address as people write it.
type station struct {
	name string
	ssid uint8
	flag uint8
}

// shifted is the name as it is on the air.
func (s station) shifted() []byte {
	b := []byte(fmt.Sprintf("%-6s", s.name))
	for i := range b {
		b[i] <<= 1
	}
	return b
}

func (s station) more() kiss.Address {
	return kiss.Address{Call: s.shifted(), Flag: s.flag, SSID: s.ssid}
}

func (s station) last() kiss.LastAddress { return kiss.LastAddress(s.more()) }

var (
	aprs  = station{"APRS", 0, 1}
	here  = station{"N0CALL", 5, 0}
	wide1 = station{"WIDE1", 1, 1}
	wide2 = station{"WIDE2", 1, 0}
)

// inbox collects what comes from now on.
func inbox(t *testing.T, c *kiss.Client) *kiss.Subscription {
	sub := c.Subscribe()
	t.Cleanup(sub.Close)
	return sub
}

// next waits for one event, which must be a T.
func next[T kiss.Event](t *testing.T, sub *kiss.Subscription) T {
	t.Helper()
	for e := range sub.Events(lab.Within(t, 20*time.Second)) {
		require.IsType(t, *new(T), e)
		return e.(T)
	}
	t.Fatal("nothing came")
	return *new(T)
}

// TestHeard: packets that the modem hears are events, whatever their way was.
func TestHeard(t *testing.T) {
	t.Parallel()
	m := startModem(t)
	events := inbox(t, m.dial())
	m.hears("N0CALL-5>APRS:>direct", "N0CALL-5>APRS,WIDE1-1*:>one", "N0CALL-5>APRS,WIDE1-1*,WIDE2-1:>two", "N0CALL-5>APRS,WIDE1-1*,WIDE2-1,WIDE3-3:>more")

	direct := next[*kiss.Direct](t, events)
	require.Equal(t, aprs.shifted(), direct.Destination.Call)
	require.Equal(t, here.shifted(), direct.Source.Call)
	require.EqualValues(t, 5, direct.Source.SSID)
	require.Zero(t, direct.Channel)
	require.Equal(t, kiss.ControlUI, direct.Control)
	require.Equal(t, kiss.ProtocolNone, direct.Protocol.Value)
	require.Equal(t, ">direct\n", string(direct.Information.Value))

	one := next[*kiss.ViaOne](t, events)
	require.Equal(t, wide1.last(), one.First)
	require.Equal(t, ">one\n", string(one.Information.Value))

	two := next[*kiss.ViaTwo](t, events)
	require.Equal(t, wide1.more(), two.First)
	require.Equal(t, wide2.last(), two.Second)
	require.Equal(t, ">two\n", string(two.Information.Value))

	more := next[*kiss.ViaMore](t, events)
	require.Equal(t, wide2.more(), more.Second)
	require.Equal(t, station{"WIDE3", 0, 0}.shifted(), more.Rest[:6])
	require.True(t, strings.HasSuffix(string(more.Rest), "\x03\xf0>more\n"))
}

// TestTransmitted: what one client transmits the other one is shown.
func TestTransmitted(t *testing.T) {
	t.Parallel()
	m := startModem(t)
	c, events := m.dial(), inbox(t, m.dial())
	ctx := lab.Within(t, 20*time.Second)
	none, information := kiss.Some(kiss.ProtocolNone), kiss.Some([]byte("\xc0\xdb\xdc\xdd\x00\xc0\xc0"))

	require.NoError(t, c.Transmit(ctx, 0, aprs.more(), here.last(), kiss.ControlUI, none, information))
	direct := next[*kiss.Direct](t, events)
	require.Equal(t, kiss.Direct{Destination: aprs.more(), Source: here.last(), Control: kiss.ControlUI, Protocol: none, Information: information}, *direct)

	require.NoError(t, c.TransmitViaOne(ctx, 0, aprs.more(), here.more(), wide2.last(), kiss.ControlUI, none, information))
	one := next[*kiss.ViaOne](t, events)
	require.Equal(t, wide2.last(), one.First)
	require.Equal(t, information, one.Information)

	require.NoError(t, c.TransmitViaTwo(ctx, 0, aprs.more(), here.more(), wide1.more(), wide2.last(), kiss.ControlUI, none, information))
	two := next[*kiss.ViaTwo](t, events)
	require.Equal(t, wide1.more(), two.First)
	require.Equal(t, wide2.last(), two.Second)

	rest := append(wide2.shifted(), 0xe3, 0x03, 0xf0, 'x')
	require.NoError(t, c.TransmitViaMore(ctx, 0, aprs.more(), here.more(), wide1.more(), wide2.more(), rest))
	require.Equal(t, rest, next[*kiss.ViaMore](t, events).Rest)

	disc := kiss.Control(0x53)
	require.NoError(t, c.Transmit(ctx, 0, aprs.more(), here.last(), disc, kiss.Optional[kiss.Protocol]{}, kiss.Optional[[]byte]{}))
	direct = next[*kiss.Direct](t, events)
	require.Equal(t, disc, direct.Control)
	require.False(t, direct.Protocol.Set, "it has no information")
}

// TestSettings: the modem takes them, and gets them again when it was away, the
// newest for each channel.
func TestSettings(t *testing.T) {
	t.Parallel()
	m := startModem(t)
	c := m.dial()
	events := inbox(t, c)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.SetTxDelay(ctx, 0, ms(200)))
	require.NoError(t, c.SetTxDelay(ctx, 3, ms(500)))
	require.NoError(t, c.SetTxDelay(ctx, 0, ms(320)))
	require.NoError(t, c.SetPersistence(ctx, 0, 191))
	require.NoError(t, c.SetSlotTime(ctx, 0, ms(150)))
	require.NoError(t, c.SetTxTail(ctx, 0, ms(50)))
	require.NoError(t, c.SetFullDuplex(ctx, 0, 1))
	m.says("TXDELAY = 20 (*10mS units = 200 mS), port 0")
	m.says("TXDELAY = 50 (*10mS units = 500 mS), port 3")
	m.says("TXDELAY = 32 (*10mS units = 320 mS), port 0")
	m.says("Persistence = 191, port 0")
	m.says("SlotTime = 15 (*10mS units = 150 mS), port 0")
	m.says("TXtail = 5 (*10mS units = 50 mS), port 0")
	m.says("FullDuplex = 1, port 0")
	require.NoError(t, c.LeaveKISS(ctx))
	m.says("end KISS mode")
	require.NoError(t, c.SetHardware(ctx, 0, []byte("TNC:")))
	require.True(t, strings.HasPrefix(string(next[*kiss.Hardware](t, events).Text), "DIREWOLF "))
	require.Error(t, c.SetTxDelay(ctx, 0, ms(155)), "no multiple of ten milliseconds")

	link := lab.AwaitReady(t, c.States, 0).Link
	m.Kill()
	lab.AwaitLoss(t, c.States, link)
	m.start()
	lab.AwaitReady(t, c.States, link)
	m.says("TXDELAY = 32 (*10mS units = 320 mS), port 0")
	m.says("TXDELAY = 50 (*10mS units = 500 mS), port 3")
	m.says("Persistence = 191, port 0")
	m.says("SlotTime = 15")
	m.says("TXtail = 5")
	m.says("FullDuplex = 1")
	require.NoError(t, c.SetHardware(ctx, 0, []byte("TNC:")))
	next[*kiss.Hardware](t, events)
}

func ms(n int64) kiss.Decimal { return kiss.Decimal{Coef: n} }

// TestKernelWatches: there is no heartbeat, but the kernel has its keepalive timer
// on the link.
func TestKernelWatches(t *testing.T) {
	t.Parallel()
	m := startModem(t)
	lab.AwaitReady(t, m.dial().States, 0)
	plan := kiss.Plan()
	require.Nil(t, plan.Liveness.Probe)
	require.Positive(t, plan.Liveness.UserTimeout)
	var port int
	_, err := fmt.Sscan(lab.Port(t, m.address), &port)
	require.NoError(t, err)
	table, err := os.ReadFile("/proc/net/tcp")
	if os.IsNotExist(err) {
		t.Skip("no Linux")
	}
	require.NoError(t, err)
	const established, keepalive = "01", "02:"
	for line := range strings.Lines(string(table)) {
		f := strings.Fields(line) // number, local, remote, state, queues, timer
		if strings.HasSuffix(f[2], fmt.Sprintf(":%04X", port)) && f[3] == established {
			require.True(t, strings.HasPrefix(f[5], keepalive), line)
			return
		}
	}
	t.Fatal("the link is not there")
}
