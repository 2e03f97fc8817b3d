package ledger

import (
	"fmt"
	"sync"
	"time"
)

// Watch is how long a command is watched after its end: longer than any fault
// lasts, after which a device may still execute it.
const Watch = time.Minute

// Account is the commands of one client.
type Account struct {
	book *Book
	name string

	mu      sync.Mutex
	strict  bool
	owed    int // strict commands that are to end, or to be executed
	doubt   bool
	watched map[Key]command
	ended   []ended // oldest first
}

// NewAccount makes an account that writes into a book, under a client's name.
func NewAccount(book *Book, name string) *Account {
	return &Account{book: book, name: name, watched: map[Key]command{}}
}

// Strict says whether the commands that begin from now on must succeed.
func (a *Account) Strict(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.strict = on
}

// Owed is how many of those that must succeed have not done so yet.
func (a *Account) Owed() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.owed
}

// Begin opens a command; false: its key is still in use. One that may fail need
// not succeed, whatever Strict says.
func (a *Account) Begin(k Key, n Nature, mayFail bool, now time.Duration) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sweep(now - Watch)
	if _, used := a.watched[k]; used {
		return false
	}
	strict := a.strict && !mayFail
	a.set(k, command{nature: n, strict: strict, doubtful: a.doubt && !strict})
	return true
}

// Doubt says that from now on, until Sure, replies may come twice, and so be
// taken for another command's where nothing in them says whose they are. It is
// about the commands that have not ended, and those that begin meanwhile.
func (a *Account) Doubt() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.doubt = true
	for k, c := range a.watched {
		if !c.ended {
			c.doubtful = true
			a.set(k, c)
		}
	}
}

// Sure says that the connection is gone on which replies came twice.
func (a *Account) Sure() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.doubt = false
}

// set keeps a command as it is now.
func (a *Account) set(k Key, c command) {
	if a.watched[k].owed() {
		a.owed--
	}
	if c.owed() {
		a.owed++
	}
	a.watched[k] = c
}

// Executed says that the device executed the command, on that connection.
func (a *Account) Executed(k Key, conn int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, known := a.watched[k]
	a.book.Check(OwnCommand, known, func() string {
		return fmt.Sprintf("%s: %v was executed on connection %d, and nobody asks for it now", a.name, k, conn)
	})
	if known {
		c.execute(conn)
		a.set(k, c)
	}
}

// End says how the command ended for its caller: by its own reply, where it
// was answered; cause is for the report.
func (a *Account) End(k Key, o Outcome, own bool, cause error, now time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, known := a.watched[k]
	once := known && !c.ended
	a.book.Check(EndsOnce, once, func() string {
		return fmt.Sprintf("%s: %v ended again, or without a beginning: %s, %v", a.name, k, o, cause)
	})
	if !once {
		return
	}
	a.book.ends[c.nature][o].Add(1)
	if c.doubtful {
		a.book.doubtful.Add(1)
	} else if o == Answered || o == Failed {
		a.book.Check(OwnReply, own, func() string { return fmt.Sprintf("%s: %v: %v", a.name, k, cause) })
	}
	if c.strict {
		a.book.Check(Healed, o == Answered || o == Failed, func() string {
			return fmt.Sprintf("%s: %v ended %s: %v", a.name, k, o, cause)
		})
	}
	c.ended, c.outcome = true, o
	a.set(k, c)
	a.ended = append(a.ended, ended{k, now})
}

// Close judges what is still watched. Commands that have not ended never will.
func (a *Account) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sweep(1<<63 - 1)
	for k := range a.watched {
		a.retire(k)
	}
}

// sweep judges what ended before a time.
func (a *Account) sweep(before time.Duration) {
	n := 0
	for n < len(a.ended) && a.ended[n].at < before {
		a.retire(a.ended[n].key)
		n++
	}
	a.ended = a.ended[n:]
}

// retire judges a command and forgets it.
func (a *Account) retire(k Key) {
	c := a.watched[k]
	if c.owed() {
		a.owed--
	}
	delete(a.watched, k)
	rule, ok := c.judge()
	a.book.Check(rule, ok, func() string {
		return fmt.Sprintf("%s: %v, %s, ended %s (%t), was executed %d times, on connections %v",
			a.name, k, c.nature, c.outcome, c.ended, c.executed, c.conns)
	})
	if c.strange() {
		a.book.strange[c.nature].Add(1)
	}
}
