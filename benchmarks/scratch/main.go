package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/linewright/linewright/benchmarks/fleet/beat"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	if len(os.Args) > 1 { // server
		fmt.Println(l.Addr())
		go func() { time.Sleep(30 * time.Second); os.Exit(0) }()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				in := bufio.NewReaderSize(c, 64)
				for {
					if _, err := in.ReadSlice('\n'); err != nil {
						return
					}
					io.WriteString(c, "PONG\n")
				}
			}()
		}
	}
	_ = l
	if os.Getenv("PROF") != "" { runtime.MemProfileRate = 512 }
	addr := os.Getenv("ADDR")
	before, _ := trial.Resident()
	const n = 4000
	var keep []*beat.Client
	for range n {
		c, err := beat.Dial(context.Background(), addr)
		if err != nil {
			panic(err)
		}
		keep = append(keep, c)
	}
	time.Sleep(5 * time.Second)
	runtime.GC()
	debug.FreeOSMemory()
	after, _ := trial.Resident()
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	fmt.Println("rss/client", (after-before)/n, "heapalloc", ms.HeapAlloc/n, "heapinuse", ms.HeapInuse/n, "stackinuse", ms.StackInuse/n, "sys other", (ms.MSpanInuse+ms.MCacheInuse+ms.OtherSys+ms.GCSys+ms.BuckHashSys)/n, "goroutines", runtime.NumGoroutine())
	f, _ := os.Create("/tmp/heap.prof")
	pprof.WriteHeapProfile(f)
	f.Close()
	runtime.KeepAlive(keep)
}
