package kiss_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/kiss"
)

// modem is a real Dire Wolf that can be killed and started again at the same
// address. What it hears is given to its standard input; what it transmits,
// nobody hears, but what one client transmits it shows to the others.
type modem struct {
	t       *testing.T
	address string
	config  string
	clients int
	*lab.Process
}

// rate is that of the sound, in samples a second.
const rate = "22050"

func startModem(t *testing.T) *modem {
	t.Helper()
	m := &modem{t: t, address: lab.Address(t), config: filepath.Join(t.TempDir(), "direwolf.conf")}
	text := fmt.Sprintf("ADEVICE stdin null\nCHANNEL 0\nMYCALL N0CALL\nMODEM 1200\nAGWPORT 0\nKISSPORT %s\nKISSCOPY\n", lab.Port(t, m.address))
	require.NoError(t, os.WriteFile(m.config, []byte(text), 0o600))
	m.start()
	return m
}

func (m *modem) start() {
	m.t.Helper()
	m.Process = lab.Start(m.t, exec.Command(lab.Tool(m.t, "direwolf"), "-r", rate, "-t", "0", "-c", m.config, "-"))
	m.clients = 0
	m.accepts()
}

// accepts waits until the modem can take one more client. It forgets what the last
// one has sent when that has just been taken, and not after that.
func (m *modem) accepts() {
	m.t.Helper()
	m.says(fmt.Sprintf("Ready to accept KISS TCP client application %d", m.clients))
	m.clients++
}

// dial connects, and waits until the modem listens.
func (m *modem) dial(opts ...kiss.Option) *kiss.Client {
	m.t.Helper()
	c, err := kiss.Dial(lab.Within(m.t, 20*time.Second), m.address, opts...)
	require.NoError(m.t, err)
	m.t.Cleanup(func() { _ = c.Close() })
	m.accepts()
	return c
}

// says waits for a line of what the modem shows.
func (m *modem) says(text string) {
	m.t.Helper()
	ctx := lab.Within(m.t, 20*time.Second)
	for {
		line, err := m.Line(ctx)
		require.NoError(m.t, err, text)
		if strings.Contains(line, text) {
			return
		}
	}
}

// hears lets the modem hear packets, in the form in which monitors print them.
func (m *modem) hears(packets ...string) {
	m.t.Helper()
	text, sound := filepath.Join(m.t.TempDir(), "packets"), filepath.Join(m.t.TempDir(), "sound.wav")
	require.NoError(m.t, os.WriteFile(text, []byte(strings.Join(packets, "\n")+"\n"), 0o600))
	out, err := exec.Command(lab.Tool(m.t, "gen_packets"), "-r", rate, "-o", sound, text).CombinedOutput()
	require.NoError(m.t, err, "%s", out)
	wav, err := os.ReadFile(sound)
	require.NoError(m.t, err)
	const header = 44
	silence := make([]byte, len(wav)-1) // what is told ends with one more byte: half a sample
	m.Tell(string(wav[header:]) + string(silence))
}
