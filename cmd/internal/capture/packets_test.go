package capture

import (
	"bytes"
	"net"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/decode"
)

// serverPort is that of the servers in written captures.
const serverPort = 7000

// sentPacket is a packet to be written.
type sentPacket struct {
	conn     int
	from     decode.Direction
	seq      uint32
	syn, fin bool
	rst      bool
	ack      bool
	payload  []byte
	snap     int // bytes of the payload that are captured; 0: all
	at       time.Duration
}

// first is the first sequence number of a side: far enough from the end to pass it.
const first = 0xffffff00

// packetsOf makes connections out of events, each piece of data a segment.
func packetsOf(events []decode.Event) (packets []sentPacket) {
	next := map[[2]int]uint32{}
	at := time.Duration(0)
	add := func(p sentPacket) {
		at += time.Millisecond
		p.at = at
		packets = append(packets, p)
	}
	for _, e := range events {
		key := [2]int{e.Conn, int(e.From)}
		if _, open := next[key]; !open && e.Kind != decode.Closed {
			for _, from := range [...]decode.Direction{decode.Sent, decode.Received} {
				next[[2]int{e.Conn, int(from)}] = first + 1
				add(sentPacket{conn: e.Conn, from: from, seq: first, syn: true, ack: from == decode.Received})
			}
		}
		if _, open := next[key]; !open {
			continue
		}
		switch e.Kind {
		case decode.Data:
			add(sentPacket{conn: e.Conn, from: e.From, seq: next[key], ack: true, payload: e.Bytes})
			next[key] += uint32(len(e.Bytes))
		case decode.Closed:
			add(sentPacket{conn: e.Conn, from: e.From, seq: next[key], ack: true, fin: true})
		}
	}
	return packets
}

// link is what is below TCP.
type linkLayer struct {
	link   layers.LinkType
	layers func(from decode.Direction) []gopacket.SerializableLayer
	cooked []byte // in front of everything, written by hand
}

var plainly = linkLayer{link: layers.LinkTypeRaw, layers: ip4}

func ip4(from decode.Direction) []gopacket.SerializableLayer {
	ip := &layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolTCP, SrcIP: net.IP{10, 0, 0, 1}, DstIP: net.IP{10, 0, 0, 2}}
	if from == decode.Received {
		ip.SrcIP, ip.DstIP = ip.DstIP, ip.SrcIP
	}
	return []gopacket.SerializableLayer{ip}
}

func ip6(from decode.Direction) []gopacket.SerializableLayer {
	ip := &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: layers.IPProtocolTCP, SrcIP: net.ParseIP("fd00::1"), DstIP: net.ParseIP("fd00::2")}
	if from == decode.Received {
		ip.SrcIP, ip.DstIP = ip.DstIP, ip.SrcIP
	}
	return []gopacket.SerializableLayer{ip}
}

// frames are Ethernet, in a VLAN or not.
func frames(vlan bool, inside func(decode.Direction) []gopacket.SerializableLayer, kind layers.EthernetType) func(decode.Direction) []gopacket.SerializableLayer {
	return func(from decode.Direction) []gopacket.SerializableLayer {
		ether := &layers.Ethernet{SrcMAC: make(net.HardwareAddr, 6), DstMAC: make(net.HardwareAddr, 6), EthernetType: kind}
		out := []gopacket.SerializableLayer{ether}
		if vlan {
			ether.EthernetType = layers.EthernetTypeDot1Q
			out = append(out, &layers.Dot1Q{VLANIdentifier: 7, Type: kind})
		}
		return append(out, inside(from)...)
	}
}

// bytesOf is a packet as it is captured.
func (p *sentPacket) bytesOf(t testing.TB, link linkLayer) (data []byte, ci gopacket.CaptureInfo) {
	t.Helper()
	tcp := &layers.TCP{SrcPort: layers.TCPPort(10000 + p.conn%50000), DstPort: serverPort, Seq: p.seq, SYN: p.syn, ACK: p.ack, FIN: p.fin, RST: p.rst, Window: 1000}
	if p.from == decode.Received {
		tcp.SrcPort, tcp.DstPort = tcp.DstPort, tcp.SrcPort
	}
	below := link.layers(p.from)
	if network, ok := below[len(below)-1].(gopacket.NetworkLayer); ok {
		require.NoError(t, tcp.SetNetworkLayerForChecksum(network))
	}
	b := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
		append(below, tcp, gopacket.Payload(p.payload))...))
	data = append(bytes.Clone(link.cooked), b.Bytes()...)
	ci = gopacket.CaptureInfo{Timestamp: time.Unix(1_700_000_000, 0).Add(p.at), Length: len(data), CaptureLength: len(data)}
	if p.snap > 0 && p.snap < len(p.payload) {
		ci.CaptureLength -= len(p.payload) - p.snap
		data = data[:ci.CaptureLength]
	}
	return data, ci
}

// write writes packets as pcap.
func write(t testing.TB, packets []sentPacket, link linkLayer) []byte {
	t.Helper()
	var b bytes.Buffer
	w := pcapgo.NewWriter(&b)
	require.NoError(t, w.WriteFileHeader(1<<18, link.link))
	for i := range packets {
		data, ci := packets[i].bytesOf(t, link)
		require.NoError(t, w.WritePacket(ci, data))
	}
	return b.Bytes()
}

// writeNg writes packets as pcapng.
func writeNg(t testing.TB, packets []sentPacket, link linkLayer) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := pcapgo.NewNgWriter(&b, link.link)
	require.NoError(t, err)
	for i := range packets {
		data, ci := packets[i].bytesOf(t, link)
		require.NoError(t, w.WritePacket(ci, data))
	}
	require.NoError(t, w.Flush())
	return b.Bytes()
}

func asPcap(t testing.TB, events []decode.Event, link linkLayer) []byte {
	t.Helper()
	return write(t, packetsOf(events), link)
}
