package capture

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
)

// conversation is one with an acme unit.
const conversation = `C connect
C > LOGIN al s3cret
C < OK
C > READ 3
C < READING 3 21.50 C
C < READING 4 17 %
C > HEARTBEAT
C < HEARTBEAT_ACK
C > READ 99
C < ERR 3 no such channel
C < READING 3 22.00 C
C > BYE
C < OK
C close
`

func TestLinkTypes(t *testing.T) {
	p := open(t, "acme")
	want, totals := records(t, p, []byte(conversation), Options{})
	require.EqualValues(t, 12, totals.Frames)
	packets := packetsOf(eventsOf(t, p, []byte(conversation)))
	ethernet := layers.LinkTypeEthernet
	sll2 := append([]byte{8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6}, make([]byte, 8)...)
	sll := append([]byte{0, 0, 0, 1, 0, 6}, append(make([]byte, 8), 8, 0)...)
	for name, link := range map[string]linkLayer{
		"ethernet":     {ethernet, frames(false, ip4, layers.EthernetTypeIPv4), nil},
		"ethernet ip6": {ethernet, frames(false, ip6, layers.EthernetTypeIPv6), nil},
		"vlan":         {ethernet, frames(true, ip4, layers.EthernetTypeIPv4), nil},
		"raw":          plainly,
		"raw ip6":      {layers.LinkTypeRaw, ip6, nil},
		"loopback":     {layers.LinkTypeNull, ip4, []byte{2, 0, 0, 0}},
		"loop":         {layers.LinkTypeLoop, ip4, []byte{0, 0, 0, 2}},
		"cooked":       {layers.LinkTypeLinuxSLL, ip4, sll},
		"cooked 2":     {layers.LinkTypeLinuxSLL2, ip4, sll2},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := records(t, p, write(t, packets, link), Options{Port: serverPort})
			require.Equal(t, want, got)
			got, _ = records(t, p, writeNg(t, packets, link), Options{Port: serverPort})
			require.Equal(t, want, got, "pcapng")
		})
	}
}

func TestGzip(t *testing.T) {
	p := open(t, "acme")
	want, _ := records(t, p, []byte(conversation), Options{})
	packets := packetsOf(eventsOf(t, p, []byte(conversation)))
	for _, plain := range [][]byte{write(t, packets, plainly), writeNg(t, packets, plainly)} {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(plain)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		got, _ := records(t, p, b.Bytes(), Options{})
		require.Equal(t, want, got)
	}
}

// TestAnySegments: however a conversation is cut, doubled and put in disorder, it is the same.
func TestAnySegments(t *testing.T) {
	p := open(t, "acme")
	want, totals := records(t, p, []byte(conversation), Options{})
	packets := packetsOf(eventsOf(t, p, []byte(conversation)))
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 1))
		shaken := disordered(random, segmented(random, packets))
		got, sums := records(t, p, write(t, shaken, plainly), Options{})
		require.Equal(t, perDirection(want), perDirection(got), "seed %d", seed)
		require.Equal(t, totals, sums, "seed %d", seed)
	}
}

// segmented cuts the packets of each direction at other places.
func segmented(random *rand.Rand, packets []sentPacket) (out []sentPacket) {
	for _, p := range packets {
		for len(p.payload) > 1 && random.IntN(3) > 0 {
			n := 1 + random.IntN(len(p.payload)-1)
			piece := p
			piece.payload = p.payload[:n]
			out = append(out, piece)
			p.payload, p.seq = p.payload[n:], p.seq+uint32(n)
		}
		out = append(out, p)
	}
	return out
}

// disordered moves and doubles segments a little, those that open connections left out.
func disordered(random *rand.Rand, packets []sentPacket) []sentPacket {
	for i := range packets {
		j := min(i+random.IntN(4), len(packets)-1)
		if !packets[i].syn && !packets[j].syn && random.IntN(2) == 0 {
			packets[i], packets[j] = packets[j], packets[i]
		}
		if random.IntN(5) == 0 {
			packets = slices.Insert(packets, j, packets[j])
		}
	}
	return packets
}

// perDirection are the records of each direction: those of both are in the order in which
// they were captured.
func perDirection(lines []string) map[string][]string {
	out := map[string][]string{}
	for _, line := range lines {
		key := strings.Join(strings.Fields(line)[:2], " ")
		out[key] = append(out[key], line)
	}
	return out
}

// TestLossyCaptures: where packets are missing, or their ends, no frame is found that was not
// sent, nothing else is said not to be understood, and what is missing is told.
func TestLossyCaptures(t *testing.T) {
	p := open(t, "acme")
	lines, _ := records(t, p, []byte(conversation), Options{})
	sent := map[string]bool{}
	for _, line := range lines {
		sent[frameOf(line)] = true
	}
	packets := packetsOf(eventsOf(t, p, []byte(conversation)))
	lost, found := int64(0), 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 2))
		var left []sentPacket
		for _, packet := range segmented(random, packets) {
			switch random.IntN(6) {
			case 0:
				continue
			case 1:
				packet.snap = random.IntN(len(packet.payload) + 1)
			}
			left = append(left, packet)
		}
		got, sums := records(t, p, write(t, left, plainly), Options{Port: serverPort})
		require.Zero(t, sums.Unknown, "seed %d: %s", seed, strings.Join(got, "\n"))
		for _, line := range got {
			if strings.Contains(line, " frame @") {
				require.True(t, sent[frameOf(line)], "seed %d: %s", seed, line)
				found++
			}
		}
		lost += sums.BytesLost
	}
	require.Positive(t, lost)
	require.Greater(t, found, 300, "what is whole is found again")
}

// frameOf is what a frame says, wherever it was.
func frameOf(line string) string {
	fields := strings.SplitN(line, " ", 5)
	return fields[1] + " " + fields[4]
}

// TestMidway: a capture begins in the middle of a connection, and of a frame.
func TestMidway(t *testing.T) {
	p := open(t, "acme")
	packets := packetsOf(eventsOf(t, p, []byte("> READ 3\n< READING 3 21.50 C\n< READING 4 17 %\n")))
	require.True(t, packets[0].syn && packets[1].syn)
	packets = packets[2:]
	packets[1].payload, packets[1].seq = packets[1].payload[5:], packets[1].seq+5
	var midway bool
	var got []string
	d := decode.New(p, func(r decode.Record) error {
		midway = midway || r.Midway
		got = append(got, fmt.Sprint(r.From, " ", r.Kind, " ", r.Name, r.Values))
		return nil
	})
	var info Info
	require.NoError(t, Read(bytes.NewReader(write(t, packets, plainly)), Options{Port: serverPort}, &info, d.Take))
	require.NoError(t, d.End(info.Last))
	require.True(t, midway)
	require.Equal(t, []string{
		"received connection {}", "sent frame read{channel: 3}", "received cut {}", "received frame reading{channel: 4, value: 17, unit: percent}",
	}, got)
}

// TestPorts: other connections are left out, and counted.
func TestPorts(t *testing.T) {
	p := open(t, "acme")
	data := asPcap(t, eventsOf(t, p, []byte(conversation)), plainly)
	for _, test := range []struct {
		o      Options
		frames int64
		others map[uint16]int
	}{
		{Options{Port: serverPort}, 12, map[uint16]int{}},
		{Options{Port: 1234}, 0, map[uint16]int{serverPort: 1}},
		{Options{Default: 1234}, 12, map[uint16]int{}},
	} {
		d := decode.New(p, func(decode.Record) error { return nil })
		var info Info
		require.NoError(t, Read(bytes.NewReader(data), test.o, &info, d.Take))
		require.Equal(t, test.frames, d.Totals().Frames)
		require.Equal(t, test.others, info.Others)
		require.Zero(t, info.Unknown)
	}
}

// TestReset: a reset ends both directions; what is not complete then never will be.
func TestReset(t *testing.T) {
	p := open(t, "acme")
	packets := packetsOf(eventsOf(t, p, []byte(">> \"READ\"\n< OK\n")))
	last := packets[3]
	last.seq, last.payload, last.rst = last.seq+3, nil, true
	got, totals := records(t, p, write(t, append(packets[:4], last), plainly), Options{})
	require.EqualValues(t, 4, totals.BytesBad, got)
	require.Contains(t, strings.Join(got, "\n"), "the connection ends within a frame")
}

// TestBadPackets: what is no capture, or half of one, is one line; what came before is decoded.
func TestBadPackets(t *testing.T) {
	p := open(t, "acme")
	good := asPcap(t, eventsOf(t, p, []byte(conversation)), plainly)
	ng := writeNg(t, packetsOf(eventsOf(t, p, []byte(conversation))), plainly)
	huge := slices.Clone(good[:40])
	copy(huge[32:], "\xff\xff\xff\x7f\xff\xff\xff\x7f")
	for name, test := range map[string]struct {
		data   []byte
		frames bool
		want   string
	}{
		"half a head":      {good[:10], false, "no capture of packets"},
		"half a packet":    {good[:len(good)-150], true, "packet 1[0-9]: the capture ends within it"},
		"half a header":    {good[:24+16+40+8], false, "packet 2: the capture ends within it"},
		"half an ng head":  {ng[:10], false, "no capture of packets"},
		"half an ng block": {ng[:len(ng)-150], true, "packet 1[0-9]: "},
		"a huge packet":    {huge, false, "packet 1: "},
		"gzip of nothing":  {[]byte("\x1f\x8b\x08"), false, "no capture of packets"},
		"another version":  {append([]byte("\xd4\xc3\xb2\xa1\x09\x00"), make([]byte, 18)...), false, "no capture of packets: unknown major version 9"},
	} {
		t.Run(name, func(t *testing.T) {
			d := decode.New(p, func(decode.Record) error { return nil })
			err := Read(bytes.NewReader(test.data), Options{}, &Info{}, d.Take)
			require.Error(t, err)
			require.Regexp(t, test.want, err.Error())
			require.NotContains(t, err.Error(), "\n")
			require.Equal(t, test.frames, d.Totals().Frames > 0)
		})
	}
}
