package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// keepAll makes the committed corpus of each target anew.
func keepAll(ctx context.Context, targets []target) error {
	for _, t := range targets {
		before, after, err := t.keep(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%-42s %d inputs, of %d\n", t, after, before)
	}
	return nil
}

// keep chooses from the committed corpus and from what the fuzzer has found.
func (t target) keep(ctx context.Context) (before, after int, err error) {
	committed, err := readCorpus(t.corpus())
	if err != nil {
		return 0, 0, err
	}
	found, err := t.found(ctx)
	if err != nil {
		return 0, 0, err
	}
	all := union(committed, found)
	kept := committed // where something fails, all is as it was
	defer func() {
		if wrote := t.write(kept); err == nil {
			err = wrote
		}
	}()
	if err := t.write(all); err != nil {
		return 0, 0, err
	}
	candidates, seeds, err := t.tryAll(ctx, all)
	if err != nil {
		return 0, 0, err
	}
	kept = choose(candidates, seeds)
	return len(all), len(kept), nil
}

// found is what the fuzzer keeps in the build cache; what does not fit the
// target is of an earlier one of the same name.
func (t target) found(ctx context.Context) ([]input, error) {
	out, err := t.command(ctx, "env", "GOCACHE").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOCACHE: %w", err)
	}
	cache := filepath.Join(strings.TrimSpace(string(out)), "fuzz", filepath.FromSlash(repository), t.folder, t.name)
	inputs, err := readCorpus(cache)
	return slices.DeleteFunc(inputs, func(i input) bool { return i.fits(t) != nil || len(i.data) > maxInput }), err
}

// tryAll runs every input by itself.
func (t target) tryAll(ctx context.Context, all []input) (candidates []candidate, seeds features, err error) {
	folder, err := os.MkdirTemp("", "fuzz")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(folder)
	r, err := newRunner(ctx, t, folder)
	if err != nil {
		return nil, nil, err
	}
	if seeds, err = r.seeds(ctx); err != nil {
		return nil, nil, err
	}
	candidates = make([]candidate, len(all))
	errs := make([]error, len(all))
	var running sync.WaitGroup
	turns := make(chan struct{}, atOnce)
	for n, i := range all {
		turns <- struct{}{}
		running.Go(func() {
			defer func() { <-turns }()
			candidates[n].input = i
			candidates[n].reaches, errs[n] = r.input(ctx, i)
		})
	}
	running.Wait()
	return candidates, seeds, errors.Join(errs...)
}

// atOnce is how many inputs run at a time: most of it is waiting for processes.
const atOnce = 8

// write makes the committed corpus these inputs, and nothing else.
func (t target) write(inputs []input) error {
	if err := os.RemoveAll(t.corpus()); err != nil {
		return err
	}
	if len(inputs) == 0 {
		return nil
	}
	if err := os.MkdirAll(t.corpus(), 0o755); err != nil {
		return err
	}
	for _, i := range inputs {
		if err := os.WriteFile(filepath.Join(t.corpus(), i.name), i.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
