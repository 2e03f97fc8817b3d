package storm

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Act is one thing that is done to the world at a time.
type Act struct {
	At   time.Duration // since the beginning
	Kind string        // see Kinds
	Who  int           // which client, where it is about one
	N    int           // how many, how much, or which
	For  time.Duration // how long, or how late
	Seed uint64        // of what the act decides by itself
}

// String is the act as text, such as "12.5s ask who=1 n=3 seed=77".
func (a Act) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %s", a.At, a.Kind)
	if a.Who != 0 {
		fmt.Fprintf(&b, " who=%d", a.Who)
	}
	if a.N != 0 {
		fmt.Fprintf(&b, " n=%d", a.N)
	}
	if a.For != 0 {
		fmt.Fprintf(&b, " for=%v", a.For)
	}
	if a.Seed != 0 {
		fmt.Fprintf(&b, " seed=%d", a.Seed)
	}
	return b.String()
}

// ParseAct reads what String wrote.
func ParseAct(text string) (Act, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return Act{}, fmt.Errorf("act %q: want a time and a kind", text)
	}
	at, err := time.ParseDuration(words[0])
	if err != nil {
		return Act{}, fmt.Errorf("act %q: %w", text, err)
	}
	a := Act{At: at, Kind: words[1]}
	if kinds[a.Kind].sim == nil {
		return Act{}, fmt.Errorf("act %q: there is no %s", text, a.Kind)
	}
	for _, w := range words[2:] {
		if err := a.set(w); err != nil {
			return Act{}, fmt.Errorf("act %q: %w", text, err)
		}
	}
	return a, nil
}

func (a *Act) set(word string) (err error) {
	name, value, _ := strings.Cut(word, "=")
	switch name {
	case "who":
		a.Who, err = strconv.Atoi(value)
	case "n":
		a.N, err = strconv.Atoi(value)
	case "for":
		a.For, err = time.ParseDuration(value)
	case "seed":
		a.Seed, err = strconv.ParseUint(value, 10, 64)
	default:
		err = fmt.Errorf("no argument is called %q", name)
	}
	return err
}
