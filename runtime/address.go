package runtime

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// address is where a client dials.
type address struct {
	host string // as given
	full string // host:port, as for net.Dial
}

// parseAddress takes "host", "host:port", "10.0.0.7", "[::1]:1234" and "::1".
func parseAddress(s string, port uint16) (address, error) {
	host, service := s, ""
	if h, p, err := net.SplitHostPort(s); err == nil {
		host, service = h, p
	} else if a, err := netip.ParseAddr(unbracket(s)); err == nil {
		host = a.String()
	} else if strings.ContainsAny(s, ":[]") {
		return address{}, fmt.Errorf("address %q: want host or host:port", s)
	}
	if host == "" || strings.ContainsAny(host, " \t\r\n\x00") {
		return address{}, fmt.Errorf("address %q has no usable host", s)
	}
	if service == "" {
		if port == 0 {
			return address{}, fmt.Errorf("address %q has no port, and the spec has no default", s)
		}
		service = strconv.Itoa(int(port))
	}
	if n, err := strconv.ParseUint(service, 10, 16); err != nil || n == 0 {
		return address{}, fmt.Errorf("address %q: port %q is not a number from 1 to 65535", s, service)
	}
	full := net.JoinHostPort(host, service)
	if full == s {
		full = s // which many clients may share
	}
	return address{host: host, full: full}, nil
}

// parseAddresses takes all of a client's.
func (c *Client) parseAddresses(first string) error {
	a, err := parseAddress(first, c.plan.Port)
	if err != nil {
		return err
	}
	c.addr = a.full
	for i, s := range c.cfg.failover {
		if a, err = parseAddress(s, c.plan.Port); err != nil {
			return err
		}
		c.cfg.failover[i] = a.full
	}
	return nil
}

// address is one of them, host:port.
func (c *Client) address(i int) string {
	if i == 0 {
		return c.addr
	}
	return c.cfg.failover[i-1]
}

// host is an address's, as it was given: for TLS server names.
func (c *Client) host(i int) string {
	host, _, _ := net.SplitHostPort(c.address(i)) // cannot fail: we joined them
	return host
}

func unbracket(s string) string {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok {
			return inner
		}
	}
	return s
}
