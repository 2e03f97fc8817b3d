// Command simulate blows storms over the generated clients, and over the
// hand-made plans, in simulated worlds: `make simulate` runs it.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/linewright/linewright/generated/internal/storms"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

func main() {
	seeds := flag.Int("seeds", 2000, "how many seeds, in all")
	first := flag.Uint64("first", 0, "the first seed")
	vendor := flag.String("vendor", "", "one workload only; empty: all, in turn")
	acts := flag.String("acts", "", "play these acts, separated by semicolons, in place of the first seed's own")
	story := flag.Bool("story", false, "with -acts: print everything that happens")
	patience := flag.Duration("patience", 30*time.Second, "how long a failure is made shorter")
	profile := flag.String("profile", "", "write a profile of the processor to this file")
	flag.Parse()
	debug.SetGCPercent(400) // worlds are small, and soon gone
	loads := storms.Workloads()
	if *vendor != "" {
		loads = slices.DeleteFunc(loads, func(l *storm.Workload) bool { return l.Name != *vendor })
	}
	if len(loads) == 0 || flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "simulate: want a vendor of %s, and no arguments\n", names())
		os.Exit(2)
	}
	if *profile != "" {
		defer record(*profile)()
	}
	ok := false
	if *acts != "" {
		ok = replay(loads[0], *first, *acts, *story)
	} else {
		start := time.Now()
		tallies := storm.Campaign(loads, *first, *seeds, storm.Options{})
		ok = storm.Report(os.Stdout, loads, tallies, storm.Options{Patience: *patience}, time.Since(start))
	}
	if !ok {
		os.Exit(1)
	}
}

// replay plays one script.
func replay(load *storm.Workload, seed uint64, acts string, story bool) bool {
	script, err := storm.ParseScript(seed, acts)
	if err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(2)
	}
	r := storm.Run(script, load, storm.Options{Story: story})
	fmt.Print(r.Story)
	for _, v := range r.Violations {
		fmt.Println(v)
	}
	fmt.Printf("%s, seed %d, %d acts: %d violations, %v simulated, hash %016x\n",
		load.Name, seed, len(script.Acts), len(r.Violations), r.Simulated, r.Hash)
	return len(r.Violations) == 0
}

func names() string {
	var all []string
	for _, l := range storms.Workloads() {
		all = append(all, l.Name)
	}
	return strings.Join(all, ", ")
}

// record profiles until the returned function is called.
func record(name string) func() {
	f, err := os.Create(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(2)
	}
	_ = pprof.StartCPUProfile(f)
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}
}
