// Package capture reads what was captured of connections, in whatever form, and gives
// it piece by piece to whoever decodes it:
//
//   - text: lines with a mark of their direction, or the bytes of one direction as they
//     are (text.go);
//   - hex: digits, or the dumps of xxd and hexdump -C, with or without marks (hex.go,
//     rows.go);
//   - pcap and pcapng: packets, of which the streams of TCP connections are made again
//     (pcap.go, flows.go).
//
// Which of them it is, the beginning tells (detect.go). A capture is read as a stream:
// what is kept of it is bounded, however large it is.
package capture
