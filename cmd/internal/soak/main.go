package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"
)

func main() {
	s := settings{}
	flag.DurationVar(&s.duration, "duration", 30*time.Minute, "how long faults go on; an interrupt ends them early, in order")
	flag.IntVar(&s.clients, "clients", 2000, "how many clients; each needs two descriptors, and a quarter for its device")
	flag.IntVar(&s.callers, "callers", 3, "goroutines that give commands to each client")
	flag.Float64Var(&s.rate, "rate", 2, "commands a second and client")
	flag.Uint64Var(&s.seed, "seed", rand.Uint64()>>32, "what goes wrong, and what is asked")
	flag.StringVar(&s.heap, "heap", "", "write the heap's profile at the end of the faults to a `file`")
	picture := flag.String("o", "", "write an SVG `file`")
	flag.Parse()
	if s.duration <= 0 || s.clients <= 0 || s.callers <= 0 || s.rate <= 0 || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "soak: duration, clients, callers and rate must be more than 0, and nothing may follow them")
		os.Exit(2)
	}
	err := soak(s, *picture)
	switch {
	case errors.Is(err, errBroken):
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(2)
	}
}

// soak runs it all. The file is made first: half an hour must not have been for
// nothing. A second interrupt ends the process at once.
func soak(s settings, picture string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	file, err := os.Create(cmp.Or(picture, os.DevNull))
	if err != nil {
		return err
	}
	r, err := run(ctx, s, os.Stderr)
	if err == nil {
		err = r.finish(os.Stdout, file)
	}
	return errors.Join(err, file.Close())
}
