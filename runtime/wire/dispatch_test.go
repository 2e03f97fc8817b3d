package wire

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// candidatesOf gives the messages that d would try for line, in order.
func candidatesOf(d *Dispatch, line string) []int {
	var found []int
	for node := d.find([]byte(line)); node >= 0; node = d.nodes[node].up {
		for _, m := range d.nodes[node].here {
			found = append(found, int(m))
		}
	}
	return found
}

func TestDispatch(t *testing.T) {
	d := NewDispatch([]Shape{
		0: {Prefix: "OK"},
		1: {Prefix: "OK MPD "},
		2: {Prefix: "OK", Whole: true},
		3: {Prefix: "$"},
		4: {Prefix: "$-1", Whole: true},
		5: {Prefix: ""},
		6: {Prefix: "OKAY"},
		7: {Prefix: "+", Steps: []Step{{Kind: StepLine, Lit: "x"}}},
		8: {Prefix: "+", Steps: []Step{{Kind: StepLine, Lit: "xyz"}}},
	})
	for line, want := range map[string][]int{
		"":             {5},
		"O":            {5},
		"OK":           {2, 0, 5},
		"OK ":          {2, 0, 5},
		"OK MPD 0.23":  {1, 2, 0, 5},
		"OKAY":         {6, 2, 0, 5},
		"OKA":          {2, 0, 5},
		"$-1":          {4, 3, 5},
		"$-":           {3, 5},
		"$17":          {3, 5},
		"+":            {8, 7, 5},
		"anything\xff": {5},
	} {
		require.Equal(t, want, candidatesOf(d, line), "%q", line)
	}
	require.Equal(t, 4, d.most)
	require.Empty(t, candidatesOf(NewDispatch(nil), "x"))
}

// Against the definition: every shape whose prefix the line has, the longest first.
func TestDispatchProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(most int) string {
		b := make([]byte, r.IntN(most))
		for i := range b {
			b[i] = "ab"[r.IntN(2)]
		}
		return string(b)
	}
	for range 100 {
		shapes := make([]Shape, r.IntN(40))
		for i := range shapes {
			shapes[i] = Shape{Prefix: word(7), Whole: r.IntN(3) == 0}
		}
		d := NewDispatch(shapes)
		for range 20 {
			line := word(10)
			var want []int
			for i := range shapes {
				if strings.HasPrefix(line, shapes[i].Prefix) {
					want = append(want, i)
				}
			}
			slices.SortStableFunc(want, func(a, b int) int {
				if n := len(shapes[b].Prefix) - len(shapes[a].Prefix); n != 0 {
					return n
				}
				return d.before(int32(a), int32(b))
			})
			require.Equal(t, want, candidatesOf(d, line), "%q of %v", line, shapes)
		}
	}
}

// manyShapes is a protocol of n messages.
func manyShapes(n int) []Shape {
	shapes := make([]Shape, n)
	for i := range shapes {
		shapes[i].Prefix = fmt.Sprintf("MSG_%d_%c ", i, 'A'+i%26)
	}
	return shapes
}

// Work for one line does not grow with the number of messages: the way down the
// tree has no more nodes than the prefix has bytes.
func TestDispatchOfManyMessages(t *testing.T) {
	shapes := manyShapes(10_000)
	d := NewDispatch(shapes)
	for i := range shapes {
		require.Equal(t, []int{i}, candidatesOf(d, shapes[i].Prefix+"17"))
	}
	require.Equal(t, 1, d.most)
	depth := func(at int32) int { return 0 }
	depth = func(at int32) int {
		most := 0
		for _, child := range d.nodes[at].next {
			most = max(most, 1+depth(child))
		}
		return most
	}
	require.LessOrEqual(t, depth(0), len(shapes[len(shapes)-1].Prefix))
}
