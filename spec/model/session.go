package model

import (
	"slices"
	"time"
)

// Session is the script of a link.
type Session struct {
	Greeting []*Message
	Login    []*Step
	Ready    []*Step
	Standby  *Standby // nil: none
	Logout   *Step
}

// Standby is a long poll that is kept while nothing else is to be sent.
type Standby struct {
	Send, Interrupt *Step
}

// Ended is the reply that says that nothing has happened: one without a value,
// or else the first.
func (s *Standby) Ended() *Message {
	for _, m := range s.Send.Do.Replies {
		if m.None {
			return m
		}
	}
	return s.Send.Do.Replies[0]
}

// Step is one step of a script, or of a command; exactly one of Do, Expect, StartTLS, Lets, Fail
// and Refuse is set.
type Step struct {
	Do         *Command
	Expect     *Message
	StartTLS   bool
	Lets       []*Let
	Fail       string
	Refuse     string
	With       []Assign // every field of Do that gets a value, in wire order, defaults from parameters included
	When       []*Cond  // all must hold
	RetryTimes int
	RetryAfter time.Duration
	Enters     int    // the mode of the link behind Do or Expect; 0: it stays in its own
	For        *Field // the argument, a list, for each of whose items Do is done; nil: once
	Pos        Pos
}

// Let is a value that a step makes for later ones: text.
type Let struct {
	Name  string
	Index int // of all lets
	Value *Expr
	When  []*Cond // of the step that makes it: elsewhere there is none
}

// Assign gives a field of a command (or of a json type inside it: Path) its value.
type Assign struct {
	Path  []*Field
	Value *Expr
}

// Cond is when|unless: the named thing is present (and non-zero).
type Cond struct {
	Not     bool
	TLS     bool // the link has TLS, or will have it
	Param   *Field
	Message *Message
	Path    []*Field // of Message; empty: the message itself came
}

// Same reports whether two conditions are the same.
func (c *Cond) Same(other *Cond) bool {
	return c.Not == other.Not && c.TLS == other.TLS && c.Param == other.Param && c.Message == other.Message && slices.Equal(c.Path, other.Path)
}

// Expr is a value made at run time.
type Expr struct {
	Kind    ExprKind
	Const   string   // wire form of ExprConst
	Param   *Field   // ExprParam, ExprArg, ExprItem
	Message *Message // ExprCaptured, with Path
	Path    []*Field
	Let     *Let       // ExprLet
	Func    string     // ExprCall: md5 sha1 sha256 hmac_md5 … hex base64 upper lower random count now seconds
	Args    []*Expr    // ExprCall, ExprConcat, ExprList, ExprRecord
	Paths   [][]*Field // ExprRecord: the field of each of Args, as in Assign
	Type    *Type      // of the result
	Pos     Pos
}

// ExprKind is what an Expr is.
type ExprKind string

// The kinds of Expr.
const (
	ExprConst    ExprKind = "const"
	ExprParam    ExprKind = "param"
	ExprCaptured ExprKind = "captured"
	ExprConcat   ExprKind = "concat"
	ExprCall     ExprKind = "call"
	ExprID       ExprKind = "id"   // the command's, a uint64
	ExprLet      ExprKind = "let"  // what a step made
	ExprArg      ExprKind = "arg"  // Param: the argument of a command with steps
	ExprItem     ExprKind = "item" // Param: the argument that is a list; its item, in a step with For
	ExprList     ExprKind = "list"
	ExprRecord   ExprKind = "record" // an item of a list that has several fields
)
