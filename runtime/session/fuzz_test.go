package session_test

import (
	"math/rand/v2"
	"testing"
)

// tape is a source of chance that says what it was told, a byte a draw, so that
// a fuzzer decides; what comes behind its end is chance again.
type tape struct {
	left []byte
	then rand.Source
}

func (t *tape) Uint64() uint64 {
	if len(t.left) == 0 {
		return t.then.Uint64()
	}
	b := t.left[0]
	t.left = t.left[1:]
	return uint64(b) * 0x0101_0101_0101_0101 // whichever bits are looked at
}

// FuzzSession steps a session with whatever can happen, in any order, and lets
// the device say anything: what chaos checks holds after each step.
func FuzzSession(f *testing.F) {
	plans := chaosPlans()
	talk := map[string]string{
		"acme":    "OK\nREADING 1 2 C\nHEARTBEAT_ACK\n",
		"order":   "+OK\r\n+PONG\r\n$3\r\nabc\r\n",
		"modal":   "OK\n\x01a\x02v\x01\x01sVALUE 1\n",
		"lasting": "INFO {}\r\nPONG\r\nMSG a 1 2\r\nxy\r\n",
	}
	for i, plan := range plans {
		// Connect, hear, (shake hands,) submit, hear, wait, hear, cancel, the end of the stream.
		steps := "\x00\x02\x0b\x00\x80\x05\x40\x00\xff\x02\x0f\x08\xff\x02\x0f\x05\x80\x01\xff\x07\x00\x0b\x00\x08\xff"
		f.Add(uint8(i), uint8(0), []byte(steps), talk[plan().Vendor])
		f.Add(uint8(i), uint8(1), []byte(steps+steps), talk[plan().Vendor])
	}
	f.Fuzz(func(t *testing.T, plan, seed uint8, steps []byte, said string) {
		const many = 1000
		source := &tape{left: steps, then: rand.NewPCG(uint64(seed), 1)}
		c := newChaos(t, plans[int(plan)%len(plans)](), uint64(seed), source)
		c.said = said
		for n := 0; len(source.left) > 0 && n < many; n++ {
			c.step()
			c.check()
		}
		c.end()
	})
}
