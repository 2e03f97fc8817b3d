package plan

import "github.com/linewright/linewright/spec/model"

// Hook is one func field of the plan that must be filled in.
type Hook struct {
	Kind HookKind
	// Path is the field's Go selector inside the plan, e.g.
	// "Messages[3].Shape.Steps[1].Count" or "Liveness.Probe.Step.Encode".
	Path string
	// Slot points to the field; its type is given at each [HookKind].
	Slot any

	// Message is the message that the func reads (Check, Count, Classify,
	// Failure, Key). Nil where it reads a command.
	Message *model.Message
	// Command is the command that the func reads (Check and Count of a
	// command's shape, Key without a message), answers (Key) or writes (Encode).
	Command *model.Command
	// Count says how a Count is found.
	Count Count
	// Echo are the fields of Message, or of Command, that a Key appends, in the
	// order of Command.Echo.
	Echo []*model.Field
	// Step is the step that Encode or When belong to.
	Step *model.Step
	// Let is the value that an Encode without a Command makes.
	Let *model.Let
	// Interval is what a Told reads.
	Interval *model.Interval
	// Sequence is the command made of several whose step it is; nil: of none. Its
	// arguments are in Vars.Args.
	Sequence *model.Command
	// Answers is the message that the step answers; its frame is
	// Vars.Request, not in Vars.Captured. Nil outside answers.
	Answers *model.Message
}

// HookKind is what a hook's func does.
type HookKind string

// The kinds of hook.
const (
	// Check parses a whole frame and says whether it is valid:
	// *func(frame []byte) error. There is one for each message and command
	// but those that are a single line of literal text, which the decoder
	// has compared already.
	Check HookKind = "check"
	// CountOf measures a StepBytes or StepTimes: *func(frame []byte) (int, error).
	CountOf HookKind = "count"
	// Classify finds the class of an error by a field's value:
	// *func(frame []byte) session.Class. It follows [model.ErrorRule]; a
	// frame that does not parse, which Check keeps away, is ClassClose.
	Classify HookKind = "classify"
	// Failure reads an error message as the error that callers get:
	// *func(frame []byte) error. It may keep the frame.
	Failure HookKind = "failure"
	// ID reads which command a message answers, from its field Message.ID:
	// *func(frame []byte) (uint64, bool). What is no number is 0, what is not
	// there false.
	ID HookKind = "id"
	// Key appends what a reply echoes, each field by [wire]'s key encoding (an
	// optional field: KeyBool(present), then the value if it is):
	// *func(dst, frame []byte) ([]byte, error). There is one for each reply
	// and error that has all of the command's echo fields, and one that reads
	// the command itself where a step sends it.
	Key HookKind = "key"
	// Encode writes the frame of a step's command, its end included:
	// *func(dst []byte, v *session.Vars) ([]byte, error). There is one for
	// each step that sends.
	Encode HookKind = "encode"
	// Wait reads the time that a call of Command asks for from its field
	// Command.Wait, in units: *func(frame []byte) (uint64, bool).
	Wait HookKind = "wait"
	// Told reads an interval that the server tells, a number of units:
	// *func(v *session.Vars) (uint64, bool).
	Told HookKind = "told"
	// When tells whether a step is done: *func(v *session.Vars) bool.
	When HookKind = "when"
	// For counts the items of the argument Step.For: *func(v *session.Vars) int.
	For HookKind = "for"
)

// Count is how many bytes, or repetitions, a step of a shape has.
type Count struct {
	// Template is what the frame (inside a StepTimes: the item) begins to be
	// parsed by, up to At.
	Template *model.Template
	// At leads to the counted field: an op of Template, then an op of that
	// field's layout, or of that optional part, and so on. The last one is the
	// counted bytes, or the list, itself, or a part that may be absent.
	At []*model.Op
}
