package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// story is what happens to one command; runs is where it is executed.
type story struct {
	name   string
	nature ledger.Nature
	strict bool
	doubt  bool
	other  bool // the answer is another's
	ends   []ledger.Outcome
	runs   []int
	breaks []ledger.Rule // none: all is well
}

var stories = []story{
	{name: "answered", ends: is(ledger.Answered), runs: []int{1}},
	{name: "answered by an error", ends: is(ledger.Failed), runs: []int{1}},
	{name: "answered, not executed", ends: is(ledger.Answered), breaks: breaks(ledger.SuccessOnce)},
	{name: "answered, executed twice", ends: is(ledger.Answered), runs: []int{1, 2}, breaks: breaks(ledger.SuccessOnce)},
	{name: "repeated", nature: ledger.Idempotent, ends: is(ledger.Answered), runs: []int{1, 2}},
	{name: "repeated on its connection", nature: ledger.Idempotent, ends: is(ledger.Answered), runs: []int{1, 1}, breaks: breaks(ledger.SuccessOnce)},
	{name: "repeated twice", nature: ledger.Idempotent, ends: is(ledger.Answered), runs: []int{1, 2, 3}, breaks: breaks(ledger.SuccessOnce)},
	{name: "idempotent, not executed", nature: ledger.Idempotent, ends: is(ledger.Answered), breaks: breaks(ledger.SuccessOnce)},
	{name: "not sent", ends: is(ledger.NotSent)},
	{name: "not sent, executed", ends: is(ledger.NotSent), runs: []int{1}, breaks: breaks(ledger.NotSentNever)},
	{name: "publish not sent, executed", nature: ledger.Publish, ends: is(ledger.NotSent), runs: []int{1}, breaks: breaks(ledger.NotSentNever)},
	{name: "unknown, not executed", ends: is(ledger.Unknown)},
	{name: "unknown, executed", ends: is(ledger.Unknown), runs: []int{1}},
	{name: "unknown, executed twice", ends: is(ledger.Unknown), runs: []int{1, 2}, breaks: breaks(ledger.UnknownOnce)},
	{name: "unknown, repeated", nature: ledger.Idempotent, ends: is(ledger.Unknown), runs: []int{1, 2}},
	{name: "unknown, repeated on its connection", nature: ledger.Idempotent, ends: is(ledger.Unknown), runs: []int{2, 2}, breaks: breaks(ledger.UnknownOnce)},
	{name: "published", nature: ledger.Publish, ends: is(ledger.Answered), runs: []int{1}},
	{name: "published, lost with its link", nature: ledger.Publish, ends: is(ledger.Answered)},
	{name: "published twice", nature: ledger.Publish, ends: is(ledger.Answered), runs: []int{1, 2}, breaks: breaks(ledger.PublishedOnce)},
	{name: "published without faults, lost", nature: ledger.Publish, strict: true, ends: is(ledger.Answered), breaks: breaks(ledger.PublishedOnce)},
	{name: "another's answer", other: true, ends: is(ledger.Answered), runs: []int{1}, breaks: breaks(ledger.OwnReply)},
	{name: "another's error", other: true, ends: is(ledger.Failed), runs: []int{1}, breaks: breaks(ledger.OwnReply)},
	{name: "in doubt", doubt: true, ends: is(ledger.Answered), runs: []int{1}},
	{name: "in doubt, another's answer", doubt: true, other: true, ends: is(ledger.Answered), runs: []int{1}},
	{name: "in doubt, not executed", doubt: true, ends: is(ledger.Answered)},
	{name: "in doubt, executed twice", doubt: true, ends: is(ledger.Answered), runs: []int{1, 2}, breaks: breaks(ledger.UnknownOnce)},
	{name: "in doubt, not sent, executed", doubt: true, ends: is(ledger.NotSent), runs: []int{1}, breaks: breaks(ledger.NotSentNever)},
	{name: "never in doubt without faults", doubt: true, strict: true, ends: is(ledger.Answered), breaks: breaks(ledger.SuccessOnce)},
	{name: "never ends", runs: []int{1}, breaks: breaks(ledger.EndsOnce)},
	{name: "ends twice", ends: is(ledger.Answered, ledger.Unknown), runs: []int{1}, breaks: breaks(ledger.EndsOnce)},
	{name: "fails without faults", strict: true, ends: is(ledger.NotSent), breaks: breaks(ledger.Healed)},
	{name: "succeeds without faults", strict: true, ends: is(ledger.Answered), runs: []int{1}},
}

func is(o ...ledger.Outcome) []ledger.Outcome { return o }

func breaks(r ...ledger.Rule) []ledger.Rule { return r }

var key = ledger.Key{Kind: 'k', N: 7}

func TestCommands(t *testing.T) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			var book ledger.Book
			a := ledger.NewAccount(&book, "client 1")
			if s.doubt {
				a.Doubt()
			}
			a.Strict(s.strict)
			require.True(t, a.Begin(key, s.nature, false, 0))
			for _, conn := range s.runs {
				a.Executed(key, conn)
			}
			for _, o := range s.ends {
				a.End(key, o, !s.other, errors.New("cause"), time.Second)
			}
			a.Close()
			requireBroken(t, &book, s.breaks)
		})
	}
}

func requireBroken(t *testing.T, book *ledger.Book, want []ledger.Rule) {
	t.Helper()
	var broken []ledger.Rule
	for _, r := range ledger.Rules() {
		if book.Broken(r) > 0 {
			broken = append(broken, r)
		}
	}
	require.Equal(t, want, broken, "%v", book.Violations())
	require.Equal(t, len(want) == 0, book.Clean())
	require.Len(t, book.Violations(), len(want))
}

// TestDoubt is of what is under way when it begins, and of what begins before
// it ends.
func TestDoubt(t *testing.T) {
	var book ledger.Book
	a := ledger.NewAccount(&book, "client 1")
	ends := func(n uint64) { a.End(ledger.Key{N: n}, ledger.Answered, false, nil, 0) }
	begins := func(n uint64) { a.Begin(ledger.Key{N: n}, ledger.Plain, false, 0) }
	begins(1)
	begins(2)
	ends(1)
	a.Doubt()
	begins(3)
	a.Sure()
	begins(4)
	ends(2)
	ends(3)
	require.Equal(t, uint64(2), book.Doubtful())
	require.Equal(t, uint64(1), book.Broken(ledger.OwnReply))
	ends(4)
	require.Equal(t, uint64(2), book.Doubtful())
	require.Equal(t, uint64(2), book.Broken(ledger.OwnReply))
}

// TestOwed: a command that must succeed is owed until it has, a publish until
// the device has it.
func TestOwed(t *testing.T) {
	var book ledger.Book
	a := ledger.NewAccount(&book, "client 1")
	plain, publish := ledger.Key{N: 1}, ledger.Key{N: 2}
	a.Begin(ledger.Key{N: 3}, ledger.Plain, false, 0)
	a.Strict(true)
	a.Begin(ledger.Key{N: 4}, ledger.Plain, true, 0)
	require.Zero(t, a.Owed())
	a.Begin(plain, ledger.Plain, false, 0)
	a.Begin(publish, ledger.Publish, false, 0)
	a.Strict(false)
	require.Equal(t, 2, a.Owed())
	a.Executed(plain, 1)
	require.Equal(t, 2, a.Owed())
	a.End(plain, ledger.Answered, true, nil, 0)
	a.End(publish, ledger.Answered, true, nil, 0)
	require.Equal(t, 1, a.Owed())
	a.Executed(publish, 1)
	require.Zero(t, a.Owed())
}

func TestNobodyAsked(t *testing.T) {
	var book ledger.Book
	a := ledger.NewAccount(&book, "client 1")
	a.Executed(key, 1)
	requireBroken(t, &book, breaks(ledger.OwnCommand))
}

// A device that comes out of a fault executes what its kernel had; later it
// may not.
func TestExecutedLate(t *testing.T) {
	for _, c := range []struct {
		after  time.Duration
		breaks []ledger.Rule
	}{
		{ledger.Watch, nil},
		{ledger.Watch + 1, breaks(ledger.OwnCommand)},
	} {
		var book ledger.Book
		a := ledger.NewAccount(&book, "client 1")
		other := ledger.Key{N: 8}
		a.Begin(key, ledger.Plain, false, 0)
		a.End(key, ledger.Unknown, true, nil, 0)
		a.Begin(other, ledger.Publish, false, c.after) // the ledger has no clock: calls move it on
		a.End(other, ledger.Answered, true, nil, c.after)
		a.Executed(key, 1)
		a.Close()
		requireBroken(t, &book, c.breaks)
	}
}

func TestAKeyIsUsedOnceAtATime(t *testing.T) {
	var book ledger.Book
	a := ledger.NewAccount(&book, "client 1")
	require.True(t, a.Begin(key, ledger.Plain, false, 0))
	require.False(t, a.Begin(key, ledger.Plain, false, 0))
	a.End(key, ledger.NotSent, true, nil, 0)
	require.False(t, a.Begin(key, ledger.Plain, false, ledger.Watch))
	require.True(t, a.Begin(key, ledger.Plain, false, ledger.Watch+1))
	a.Executed(key, 1) // the second one
	a.End(key, ledger.Answered, true, nil, ledger.Watch+2)
	a.Close()
	requireBroken(t, &book, nil)
	require.Equal(t, uint64(2), book.Commands())
	require.Equal(t, uint64(1), book.Ended(ledger.Plain, ledger.NotSent))
	require.Equal(t, uint64(1), book.Checked(ledger.SuccessOnce))
}

func TestStrange(t *testing.T) {
	var book ledger.Book
	a := ledger.NewAccount(&book, "client 1")
	for n := range uint64(3) {
		k := ledger.Key{N: n}
		a.Begin(k, ledger.Plain, false, 0)
		a.End(k, ledger.Unknown, true, nil, 0)
		if n > 0 {
			a.Executed(k, 1)
		}
	}
	a.Close()
	require.Equal(t, uint64(2), book.Strange(ledger.Plain))
}
