package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fakeDevice is a `linewright serve` that runs beside a script:
//
//	served SPEC [FLAG…]   start it; ADDR is where it listens
//	control LINE          a line on its standard input
//	logged REGEXP         wait until its log has such a line
//	unserved              tell it to quit; served.out and served.log are what it printed
type fakeDevice struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	out, log watched
}

// servedCommands are the commands of scripts about a device.
var servedCommands = map[string]func(*testscript.TestScript, bool, []string){
	"served":   func(ts *testscript.TestScript, _ bool, args []string) { servedOf(ts).start(ts, args) },
	"control":  func(ts *testscript.TestScript, _ bool, args []string) { servedOf(ts).control(ts, args) },
	"logged":   func(ts *testscript.TestScript, _ bool, args []string) { servedOf(ts).logged(ts, args) },
	"unserved": func(ts *testscript.TestScript, _ bool, _ []string) { servedOf(ts).stop(ts) },
}

type servedKey struct{}

// withServed gives a script its device, which ends with the script.
func withServed(env *testscript.Env) {
	s := &fakeDevice{}
	env.Values[servedKey{}] = s
	env.Defer(func() {
		if s.cmd != nil {
			_ = s.cmd.Process.Kill()
			_ = s.cmd.Wait()
		}
	})
}

func servedOf(ts *testscript.TestScript) *fakeDevice { return ts.Value(servedKey{}).(*fakeDevice) }

func (s *fakeDevice) start(ts *testscript.TestScript, args []string) {
	s.out, s.log = watched{}, watched{}
	s.cmd = exec.Command("linewright", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	s.cmd.Dir = ts.Getenv("WORK")
	s.cmd.Stdout, s.cmd.Stderr = &s.out, &s.log
	var err error
	s.in, err = s.cmd.StdinPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	line := s.out.await(ts, regexp.MustCompile(`^listening on `))
	ts.Setenv("ADDR", strings.TrimPrefix(line, "listening on "))
}

func (s *fakeDevice) control(ts *testscript.TestScript, args []string) {
	_, err := fmt.Fprintln(s.in, strings.Join(args, " "))
	ts.Check(err)
}

func (s *fakeDevice) logged(ts *testscript.TestScript, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: logged REGEXP")
	}
	s.log.await(ts, regexp.MustCompile(args[0]))
}

func (s *fakeDevice) stop(ts *testscript.TestScript) {
	s.control(ts, []string{"quit"})
	err := s.cmd.Wait()
	s.cmd = nil
	ts.Check(os.WriteFile(ts.MkAbs("served.out"), s.out.bytes(), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("served.log"), s.log.bytes(), 0o644))
	ts.Check(err)
}

// watched is what a process prints, for somebody who waits for a line of it.
type watched struct {
	mu   sync.Mutex
	text []byte
	news chan struct{}
}

// patience bounds a wait for a line, on a machine however slow.
const patience = 30 * time.Second

func (w *watched) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text = append(w.text, data...)
	if w.news != nil {
		close(w.news)
		w.news = nil
	}
	return len(data), nil
}

func (w *watched) bytes() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.text)
}

// await returns the first line that matches.
func (w *watched) await(t fataler, line *regexp.Regexp) (found string) {
	w.until(t, line.String(), func(text []byte) bool {
		for s := bufio.NewScanner(bytes.NewReader(text[:bytes.LastIndexByte(text, '\n')+1])); s.Scan(); {
			if found = s.Text(); line.MatchString(found) {
				return true
			}
		}
		return false
	})
	return found
}

// has waits for a text.
func (w *watched) has(t fataler, want string) {
	w.until(t, want, func(text []byte) bool { return bytes.Contains(text, []byte(want)) })
}

// fataler is a test, or a script.
type fataler interface {
	Fatalf(format string, args ...any)
}

// until waits until enough has been printed.
func (w *watched) until(t fataler, what string, enough func(text []byte) bool) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		w.mu.Lock()
		if w.news == nil {
			w.news = make(chan struct{})
		}
		text, news := bytes.Clone(w.text), w.news
		w.mu.Unlock()
		if enough(text) {
			return
		}
		select {
		case <-news:
		case <-timer.C:
			t.Fatalf("no %s in\n%s", what, text)
		}
	}
}
