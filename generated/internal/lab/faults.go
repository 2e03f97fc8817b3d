package lab

import (
	"fmt"
	"time"
)

// The faults of this file are rules of the packet filter at the server's end
// of the cable. There is one at a time; [Network.Deliver] ends it. Nothing is
// refused: what is dropped is never heard of.

// Swallow drops everything, both ways.
func (n *Network) Swallow() { n.filter("", "policy drop;", "policy drop;") }

// SwallowToServer drops what the client sends; the server's still arrives.
func (n *Network) SwallowToServer() { n.filter("", "policy drop;", "") }

// SwallowToClient drops what the server sends; the client's still arrives.
func (n *Network) SwallowToClient() { n.filter("", "", "policy drop;") }

// Lose drops every nth packet of each direction: as much as random loss does on
// average, but never the same segment several times in a row, so that what TCP
// makes of it does not depend on luck.
func (n *Network) Lose(nth int) {
	rule := fmt.Sprintf("numgen inc mod %d 0 drop", nth)
	n.filter("", rule, rule)
}

// SwallowLonger drops packets of more bytes than that, of IP and all above it:
// a path whose MTU is smaller than both ends believe, and which does not say so.
func (n *Network) SwallowLonger(bytes int) {
	rule := fmt.Sprintf("meta length > %d drop", bytes)
	n.filter("", rule, rule)
}

// ExpireIdle forgets a connection that was idle for so long, and drops what it
// sends from then on, as stateful firewalls and address translators do.
// Connections that were made before the rule are unknown to it.
func (n *Network) ExpireIdle(after time.Duration) {
	flows := fmt.Sprintf(
		"set flows { type ipv4_addr . inet_service; flags dynamic,timeout; timeout %dms; }", after.Milliseconds())
	const learn = "tcp flags & (syn|ack) == syn add @flows { ip saddr . tcp sport }"
	known := func(client string) string {
		return fmt.Sprintf("%s @flows update @flows { %s } accept; meta l4proto tcp drop", client, client)
	}
	n.filter(flows, learn+"; "+known("ip saddr . tcp sport"), known("ip daddr . tcp dport"))
}

// Deliver ends the fault.
func (n *Network) Deliver() { n.rules("delete table inet lab\n") }

// filter sets what happens to packets to the server and from it.
func (n *Network) filter(sets, toServer, toClient string) {
	n.t.Helper()
	n.rules(fmt.Sprintf(`
table inet lab {
	%s
	chain input { type filter hook input priority 0; %s; }
	chain output { type filter hook output priority 0; %s; }
}
`, sets, toServer, toClient))
}

// Pull takes the cable out at the server's end: the client's kernel sees its
// carrier go, but no connection is told.
func (n *Network) Pull() { n.run(n.ip, "-n", n.server, "link", "set", cable, "down") }

// Plug puts it back.
func (n *Network) Plug() { n.run(n.ip, "-n", n.server, "link", "set", cable, "up") }

// MoveClient gives the client's machine another address, as a new lease does.
// Its connections keep the old one, which exists no more.
func (n *Network) MoveClient(address string) {
	n.run(n.ip, "-n", n.client, "address", "flush", "dev", cable)
	n.run(n.ip, "-n", n.client, "address", "add", address+mask, "dev", cable)
}
