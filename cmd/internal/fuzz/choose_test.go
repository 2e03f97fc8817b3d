package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// try is a candidate of so many bytes that reaches these blocks once.
func try(size int, letter string, blocks ...int32) candidate {
	c := candidate{reaches: features{}}
	c.data = []byte(strings.Repeat(letter, size))
	c.name = nameOf(c.data)
	for _, b := range blocks {
		c.reaches[feature{b, 1}] = struct{}{}
	}
	return c
}

func names(inputs []input) (letters string) {
	for _, i := range inputs {
		letters += string(i.data[:1])
	}
	return letters
}

func TestChoose(t *testing.T) {
	seeds := try(1, "s", 1, 2).reaches
	some := []candidate{
		try(10, "a", 1, 2),          // what the seeds reach
		try(10, "b", 1, 3),          // more
		try(900, "c", 1, 3, 4),      // a little more, for much
		try(10, "d", 3, 5, 6),       // most
		try(10, "e", 5, 6),          // the same again
		try(maxInput+1, "f", 7, 8),  // too long
		try(20, "g", 4),             // what c is for, for less
		try(10, "h", 1, 2, 3, 5, 6), // like d, found later
	}
	require.Equal(t, "dg", names(choose(some, seeds)))
	require.Equal(t, "h", names(choose([]candidate{some[0], some[7]}, nil)), "what adds nothing is left out")
	require.Equal(t, "a", names(choose(some[:1], seeds)), "one stands for all")
	require.Empty(t, choose(nil, seeds))

	some[0].name = "found-in-march"
	require.Equal(t, "adg", names(choose(some, seeds)), "somebody chose it")
}

func TestChooseHasRoom(t *testing.T) {
	var many []candidate
	for i := range int32(200) {
		many = append(many, try(1000+int(i), "x", i))
	}
	kept := choose(many, nil)
	require.Len(t, kept, maxInputs)
	require.Len(t, kept[0].data, 1000, "the shortest first")

	many = nil
	for i := range int32(20) {
		many = append(many, try(maxInput-int(i), "x", i))
	}
	size := 0
	for _, i := range choose(many, nil) {
		size += len(i.data)
	}
	require.LessOrEqual(t, size, maxBytes)
	require.Greater(t, size, maxBytes-2*maxInput)
}

func TestReached(t *testing.T) {
	r := &runner{blocks: map[string]int32{}}
	got, err := r.reached("mode: count\na.go:1.2,3.4 2 0\na.go:5.6,7.8 1 1\nb.go:1.2,3.4 1 5\n")
	require.NoError(t, err)
	require.Equal(t, features{{1, 1}: {}, {2, 1}: {}, {2, 2}: {}, {2, 3}: {}}, got)
	_, err = r.reached("a.go:1.2,3.4 2 many\n")
	require.Error(t, err)
}
