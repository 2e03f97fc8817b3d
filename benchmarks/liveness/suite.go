// Package liveness measures how soon a client notices that its peer is silent,
// and how soon it is back: with the lab of generated/internal/lab, which runs
// clients and servers in network namespaces. Everything has a heartbeat of 1 s.
package liveness

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

//go:embed twisted/*.py
var twisted embed.FS

// peerWatch is how long a peer is watched that may never notice.
const peerWatch = "10s"

// peers are the lab's.
var peers = []string{"Twisted, corrected", "Twisted, as written", "nats.go", "nats.go, as it comes", "plain Go, keepalive"}

// The figures. What a bare timer of the same process was late is nobody's fault:
// it is shown beside, and what is judged is the rest.
var (
	noticed  = contest.Named("noticed s")
	bound    = contest.Named("bound s")
	past     = contest.Named("past it ms")
	back     = contest.Named("ready again s")
	overdue  = contest.Named("behind schedule ms")
	control  = contest.Named("bare timer late ms")
	silences = []contest.Figure{noticed, bound, past, back, control}

	pastAndTimer    = contest.Named("ms past the bound and a bare timer")
	overdueAndTimer = contest.Named("ms behind schedule, one dial and a bare timer")
)

// experiment is one of the lab's: a fault, and what its client does meanwhile.
type experiment struct{ row, fault, kind string }

// Suite is peers that fall silent, while nothing happens and while the client
// sends as fast as it can, and one that is gone for a while.
func Suite() contest.Suite {
	s := contest.Suite{
		Name: "liveness", Title: "A silent peer, heartbeat 1 s, two misses of 1 s",
		Prepare: prepare,
		AtOnce:  16, // they hardly do anything but wait
	}
	for _, e := range []experiment{
		{"black hole, idle", "drop both ways", "idle"},
		{"black hole, publishing flat out", "drop both ways", "flood"},
		{"peer frozen, idle", "server frozen", "idle"},
		{"peer reads no more, publishing flat out", "server frozen", "flood"},
	} {
		s.Rows = append(s.Rows, e.contest(silences, contest.Target{Figure: pastAndTimer, Bound: contest.AtMost, Value: 5, Always: true}))
	}
	gone := experiment{"peer gone for 5 s", "server gone for 5 s", "idle"}
	s.Rows = append(s.Rows, gone.contest([]contest.Figure{back, overdue, control},
		contest.Target{Figure: overdueAndTimer, Bound: contest.AtMost, Value: 10, Always: true}))
	return s
}

func (e experiment) contest(figures []contest.Figure, target contest.Target) contest.Row {
	r := contest.Row{Name: e.row, Figures: figures, Targets: []contest.Target{target}}
	r.Clients = []contest.Client{e.client(contest.Ours, "^TestFaults$", "together")}
	for _, p := range peers {
		r.Clients = append(r.Clients, e.client(p, "^TestPeers$", p))
	}
	return r
}

func (e experiment) client(name, test, party string) contest.Client {
	return contest.Client{Name: name, Run: func(addresses []string) (trial.Result, error) {
		folder := addresses[len(addresses)-1]
		o, err := e.perform(folder, test, party)
		if err != nil {
			return trial.Result{}, err
		}
		return o.result(name == contest.Ours)
	}}
}

// outcome is what the lab writes; times are in seconds.
type outcome struct {
	Noticed, Returned    bool
	Watched, Took, Bound float64
	Back, Overdue, Late  float64
}

// perform lets the lab do the experiment once. It says itself what it thinks of
// the outcome; here only the figures count.
func (e experiment) perform(folder, test, party string) (o outcome, err error) {
	scratch, err := os.MkdirTemp(folder, "trial-")
	if err != nil {
		return o, err
	}
	path := filepath.Join(scratch, "outcomes.json")
	which := strings.Join([]string{test, "^" + e.fault + "$", "^" + e.kind + "$", "^" + party + "$"}, "/")
	cmd := exec.Command(filepath.Join(folder, "lab.test"), "-test.run", which, "-test.v", "-full", "-attempts", "1",
		"-peers", folder, "-watch", peerWatch, "-outcomes", path)
	said, failed := cmd.CombinedOutput()
	var all []outcome
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	switch {
	case err == nil && len(all) == 1:
		return all[0], nil
	case failed == nil && strings.Contains(string(said), "--- SKIP"):
		return o, trial.Missing("the lab leaves it out")
	}
	return o, errors.Join(err, failed, fmt.Errorf("%d experiments match %s: %s", len(all), which, said))
}

// result has what is more than the bound, and than a bare timer was late.
func (o *outcome) result(ours bool) (trial.Result, error) {
	never := fmt.Sprintf("not noticed in %.0f s", o.Watched)
	if o.Noticed && !o.Returned {
		never = fmt.Sprintf("not back in %.0f s", o.Watched)
	}
	if !o.Noticed || !o.Returned {
		if ours {
			return trial.Result{}, errors.New(never)
		}
		return trial.Result{Unmet: never}, nil
	}
	r := trial.Result{More: map[string]float64{noticed.Name: o.Took, back.Name: max(0, o.Back), control.Name: o.Late * 1e3}}
	if ours {
		r.More[bound.Name] = o.Bound
		r.More[past.Name], r.More[overdue.Name] = 1e3*max(0, o.Took-o.Bound), 1e3*o.Overdue
		r.More[pastAndTimer.Name] = 1e3 * max(0, o.Took-o.Bound-o.Late)
		r.More[overdueAndTimer.Name] = 1e3 * max(0, o.Overdue-o.Late)
	}
	return r, nil
}

// prepare puts the lab and the peers into a folder.
func prepare(folder string) error {
	if err := possible(); err != nil {
		return err
	}
	if err := os.CopyFS(folder, twisted); err != nil {
		return err
	}
	if err := goTool("build", "-C", "benchmarks", "-o", folder+"/", "./liveness/natsgo", "./liveness/plaingo"); err != nil {
		return err
	}
	return goTool("test", "-c", "-o", filepath.Join(folder, "lab.test"), "./generated/internal/lab")
}
