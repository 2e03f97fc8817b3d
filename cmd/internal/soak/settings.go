package main

import "time"

// settings are what the command line says.
type settings struct {
	duration time.Duration // of the storm
	clients  int
	callers  int     // a client
	rate     float64 // commands a second and client
	seed     uint64
	virtual  bool   // in virtual time, and so without TCP
	heap     string // a file for the heap's profile at the end of the storm

	tamper func(*fleet) // before it is run, for tests of the judge
}

// shrink is the duration below which pauses and faults become shorter with it.
const shrink = 2 * time.Minute

// moment is a length of time as it is in a run of this duration.
func (s settings) moment(d time.Duration) time.Duration {
	if s.duration >= shrink {
		return d
	}
	return max(time.Millisecond, time.Duration(float64(d)*float64(s.duration)/float64(shrink)))
}
