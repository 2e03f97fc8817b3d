package main

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// feature is something that an input reached: a block of code so many times,
// where twice as often is another feature, as it is to the fuzzer.
type feature struct {
	block int32 // an index into the runner's blocks
	times int32 // the number's length in bits
}

// features are what an input reached.
type features map[feature]struct{}

// runner runs single inputs of a target.
type runner struct {
	target target
	folder string // for a profile of each run
	binary string // the test, built with coverage

	mu     sync.Mutex
	blocks map[string]int32 // the numbers of the places in the source
}

// newRunner builds the test in a folder of its own.
func newRunner(ctx context.Context, t target, folder string) (*runner, error) {
	r := &runner{target: t, folder: folder, binary: filepath.Join(folder, "fuzz.test"), blocks: map[string]int32{}}
	build := t.command(ctx, "test", "-c", "-cover", "-covermode=count", "-coverpkg="+strings.Join(t.covers, ","), "-o", r.binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%v does not build: %w\n%s", t, err, out)
	}
	return r, nil
}

// seeds are the blocks that the seeds in the source reach. They run together, so
// that nobody knows how often one of them does.
func (r *runner) seeds(ctx context.Context) (features, error) {
	all, err := r.run(ctx, "seeds", "^seed#")
	maps.DeleteFunc(all, func(f feature, _ struct{}) bool { return f.times > 1 })
	return all, err
}

// input is what one input of the committed corpus reaches.
func (r *runner) input(ctx context.Context, i input) (features, error) {
	return r.run(ctx, i.name, "^"+regexp.QuoteMeta(i.name)+"$")
}

func (r *runner) run(ctx context.Context, name, pattern string) (features, error) {
	profile := filepath.Join(r.folder, name)
	command := exec.CommandContext(ctx, r.binary, "-test.run", "^"+r.target.name+"$/"+pattern, "-test.coverprofile", profile)
	command.Dir = r.target.dir
	if out, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%v fails with %s: %w\n%s", r.target, pattern, err, out)
	}
	data, err := os.ReadFile(profile)
	if err != nil {
		return nil, err
	}
	return r.reached(string(data))
}

// reached reads a profile: lines of "file:from,to statements times", below the mode.
func (r *runner) reached(profile string) (features, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := features{}
	for line := range strings.Lines(profile) {
		words := strings.Fields(line)
		if len(words) != 3 {
			continue
		}
		times, err := strconv.ParseUint(words[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read a profile: %w", err)
		}
		block, ok := r.blocks[words[0]]
		if !ok {
			block = int32(len(r.blocks))
			r.blocks[strings.Clone(words[0])] = block
		}
		for n := bits.Len64(times); n > 0; n-- { // who came often came also once
			all[feature{block, int32(n)}] = struct{}{}
		}
	}
	return all, nil
}
