package handmade

import (
	"testing"
	"os"
	"strconv"

	"github.com/linewright/linewright/runtime/simulate/storm"
)

func TestStory(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("F"))
	for _, w := range Workloads() {
		if w.Name != os.Getenv("V") { continue }
		s := storm.Make(uint64(n), w)
		t.Log("\n" + s.String())
		r := storm.Run(s, w, storm.Options{Story: true})
		os.WriteFile("/tmp/story.txt", []byte(r.Story), 0o644)
		t.Log(r.Violations)
	}
}
