// Package growth measures how clients cope with more of everything: bytes in a
// message, callers, messages in a document, clients in a process. Nothing is to
// grow worse than linearly.
package growth

import (
	"fmt"

	"github.com/linewright/linewright/benchmarks/fleet"
	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// What is varied.
var (
	sizes    = []int{16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10} // bytes
	callers  = []int{1, 10, 100, 1000, 10_000}
	messages = []int{10, 100, 1000, 10_000}
	clients  = []int{1, 100, 1000, 19_000} // as far as descriptors go
	fleets   = clients[2:]
)

// work is a trial of ours with a number.
type work func(addresses []string, n int) (trial.Result, error)

// Suite is all of it.
func Suite() contest.Suite {
	s := contest.Suite{
		Name: "growth", Title: "Growth: more bytes, callers, messages and clients",
		Servers: []contest.Command{{Name: "redis-server", Args: []string{
			"--bind", "127.0.0.1", "--port", "${port}", "--save", "", "--appendonly", "no", "--dir", "${dir}",
		}}},
	}
	calls := []contest.Figure{contest.Rate, perSecond, contest.CPU, contest.Allocs, contest.P50, contest.P99}
	add(&s, "SET of %s B, 64 callers", "B", sizes, set, calls, grows("time of a SET", wall), grows("CPU of a SET", contest.CPU))
	add(&s, "GET of %s B, 64 callers", "B", sizes, get, calls, grows("time of a GET", wall), grows("CPU of a GET", contest.CPU))
	add(&s, "PING, callers: %s", "callers", callers, ping, calls,
		grows("time until each caller had its PING", all(wall)), grows("CPU of a PING by each caller", all(contest.CPU)))
	dispatch := grows("time of a frame, found among the messages of a document", perFrame)
	dispatch.AtMost = sublinear
	add(&s, "frames, messages in the document: %s", "messages", messages, frames, []contest.Figure{perFrame, contest.Allocs}, dispatch)
	idle := []contest.Figure{contest.Resident, contest.CPU, contest.Lateness}
	add(&s, "idle clients: %s", "clients", clients, fleetOf, idle,
		grows("memory of all clients", all(contest.Resident)), grows("CPU of a heartbeat by each client", all(contest.CPU)))
	add(&s, "idle clients with an engine: %s", "clients", fleets, fleetOfEngine, idle,
		grows("memory of all clients with an engine", all(contest.Resident)), grows("CPU of a heartbeat by each client with an engine", all(contest.CPU)))
	return s
}

// sublinear is what a search may grow by that does not look at everything:
// greater tables are in slower memory.
const sublinear = 0.5

// The figures that the others do not have.
var (
	perSecond = contest.Named("MB/s")
	perFrame  = contest.Counted("ns/frame")
	wall      = contest.Figure{Name: "µs/op", Of: func(r trial.Result) float64 { return 1e6 / r.Rate }}
)

// all is a figure of all there are, not of one.
func all(f contest.Figure) contest.Figure {
	return contest.Figure{Name: f.Name + " × all", Of: func(r trial.Result) float64 { return f.Of(r) * r.More[number] }}
}

// number is what More has a row's number as.
const number = "number"

func grows(what string, f contest.Figure) contest.Curve { return contest.Curve{Name: what, Figure: f} }

// add makes a row for each number, and curves through them.
func add(s *contest.Suite, name, unit string, numbers []int, do work, figures []contest.Figure, curves ...contest.Curve) {
	for _, n := range numbers {
		r := contest.Row{Name: fmt.Sprintf(name, contest.Count(float64(n))), Figures: figures}
		r.Clients = []contest.Client{{Name: contest.Ours, Run: func(addresses []string) (trial.Result, error) {
			result, err := do(addresses, n)
			if result.More == nil {
				result.More = map[string]float64{}
			}
			result.More[number] = float64(n)
			return result, err
		}}}
		s.Rows = append(s.Rows, r)
		for i := range curves {
			curves[i].Unit = unit
			curves[i].Points = append(curves[i].Points, contest.Point{X: float64(n), Row: r.Name})
		}
	}
	s.Curves = append(s.Curves, curves...)
}

func fleetOf(_ []string, n int) (trial.Result, error) { return fleet.Ours(n) }

func fleetOfEngine(_ []string, n int) (trial.Result, error) { return fleet.Engine(n) }
