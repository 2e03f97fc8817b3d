package model

import "time"

// Message is one message that we receive.
type Message struct {
	Named
	Template Template
	Event    string // false, true, also, state; poll: only as the reply of the long poll
	Noise    bool
	None     bool
	Error    *ErrorRule // nil: no error
	Inside   bool       // may come instead of the rest of a block
	Examples []*Example
	ID       *Field // says which command it answers; nil: it does not
	In       []int  // the modes in which it comes, its frame's considered; empty: all
	Enters   int    // the mode of the link behind it; 0: it stays in its own
	// Answered: `answers` names it. Greets: the greeting may be it. Captured:
	// a step uses a field of it.
	Answered, Greets, Captured bool
}

// Unasked reports whether the message may come at any time.
func (m *Message) Unasked() bool { return m.Event == "true" || m.Event == "also" || m.Event == "state" }

// ErrorRule says what an error message means: one class, or by a field's value.
type ErrorRule struct {
	Class string // failed, retry, refused, close, or "" where Field decides
	Field *Field
	Cases []ErrorCase
	Else  string // class of other values
}

// ErrorCase gives the values (wire form) of the rule's field that mean Class.
// Class "ok" is no error.
type ErrorCase struct {
	Class  string
	Values []string
}

// Example is a frame as it is on the wire, and what it means.
type Example struct {
	Wire []byte // without its end; line breaks inside are Frame.SendEnd
	// Is is the expected value by field name: string, bool, Number (the YAML
	// scalar's text), []any, map[string]any, or nil for an absent field.
	Is  map[string]any
	Bad string // a field's name, literal, length, end; empty: a good example
	Pos Pos
}

// Number is a number as the document writes it.
type Number string

// Command is one message that we send.
type Command struct {
	Named
	Template   Template
	Replies    []*Message // success, in the document's order; empty: none
	Errors     []*Message
	Each       []*Message    // any number of them, before the reply
	Echo       []*Field      // of the command
	ID         *Field        // by which replies find it; nil: it has none
	Timeout    time.Duration // 0: Timeouts.Reply; -1: none; with Wait the longest
	Wait       *Wait         // nil: Timeout is fixed
	Gap        time.Duration // replies.gap included
	Settle     time.Duration
	Idempotent bool
	Private    bool
	Closes     bool
	Lasting    *Lasting
	Undoes     *Lasting // of the command that this one undoes
	Delivers   []Deliver
	Examples   []*Example
	In         []int // the modes that it is a command for, its frame's considered; empty: all
	Enters     int   // the mode of the link once it has succeeded; 0: it stays in its own
	// Steps are done one after the other where the command is made of several. Then
	// Template has its arguments and no ops; Replies and Each are those of the last
	// step's command, Errors those of all; of the rest only Named is set.
	Steps    []*Step
	UndoneBy *Step // of a command with steps; nil: nothing undoes it
}

// Lasting is a command that is sent again after each reconnect. Without a key, each
// call replaces the one before, and nothing undoes it.
type Lasting struct {
	Command  *Command
	Key      *Field // of the lasting command; the undoing one has a field of the same name
	UndoneBy *Command
}

// Wait is a reply time that a call asks for: its field, in units, and more.
type Wait struct {
	Field *Field // of the command, a whole number
	Unit  time.Duration
	Plus  time.Duration
}

// Deliver ties an event to a lasting command by a field's value.
type Deliver struct {
	Message *Message
	Field   *Field // of Message; equal to the command's key
}
