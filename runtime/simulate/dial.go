package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// dialing is one attempt to connect; it is over once done is called.
type dialing struct {
	w    *World
	stop bool
	link *link // that is shaking hands; nil: there is no connection yet
}

func (d *dialing) abandon() {
	d.stop = true
	if d.link != nil {
		d.link.drop()
	}
}

// dial sends SYNs until one is answered: done gets nil or why not.
func (w *World) dial(address int, done func(error)) *dialing {
	d := &dialing{w: w}
	d.try(address, time.Second, done)
	return d
}

func (d *dialing) try(address int, again time.Duration, done func(error)) {
	there, lost := d.w.Network.journey(toDevice)
	back, lostToo := d.w.Network.journey(toClient)
	if lost || lostToo {
		d.retry(address, again, done)
		return
	}
	d.w.After(there+back, func() {
		switch {
		case d.stop:
		case d.w.Network.refused[address]:
			done(errRefused)
		default:
			d.knock(address, again, done)
		}
	})
}

// knock asks the device, which may let the dial hang: then the SYN goes again.
func (d *dialing) knock(address int, again time.Duration, done func(error)) {
	switch d.w.Device.Dial(d.w.now) {
	case device.Refuse:
		done(errRefused)
	case device.Accept:
		done(nil)
	case device.Hang:
		d.retry(address, again, done)
	}
}

func (d *dialing) retry(address int, again time.Duration, done func(error)) {
	d.w.After(again, func() {
		if !d.stop {
			d.try(address, 2*again, done)
		}
	})
}
