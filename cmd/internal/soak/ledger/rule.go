package ledger

// Rule is a promise that is checked.
type Rule uint8

// The rules.
const (
	EndsOnce        Rule = iota // every command ends, once
	InTime                      // a call returns when its context ends, and Close at once
	SuccessOnce                 // an answered command was executed exactly once
	NotSentNever                // one that was not sent was never executed
	UnknownOnce                 // one of unknown fate was executed at most once, and so was one whose reply is in doubt
	PublishedOnce               // so was one that has no reply
	OwnReply                    // a reply carries its request's value
	OwnCommand                  // a device executes what was asked, of the client that asked
	EventsInOrder               // events come in order, and none twice
	EventsExplained             // each missing event is accounted for
	StatesInOrder               // each change of state follows the one before
	Noticed                     // a device's silence is noticed within the bound
	Paced                       // redials keep to the schedule
	ReadyAgain                  // without faults, every client is READY within its schedule
	AtRest                      // and has one connection, with its subscriptions
	Healed                      // and every command succeeds
	Flat                        // memory, goroutines and descriptors do not grow
	NothingLeft                 // and are back at the start's after Close
	rules
)

// Rules are all of them, in order.
func Rules() []Rule {
	list := make([]Rule, rules)
	for i := range list {
		list[i] = Rule(i)
	}
	return list
}

// String is the rule in a few words.
func (r Rule) String() string {
	return [rules]string{
		"every command ends once",
		"calls return with their context, Close at once",
		"success: executed once (idempotent: at most twice, on different connections)",
		"not sent: never executed",
		"unknown, or answered in doubt: executed at most once (idempotent: as above)",
		"published: executed at most once",
		"replies carry their request's value",
		"executed only what was asked, by its own client",
		"events in order, none twice",
		"missing events accounted for",
		"state changes in order, none lost",
		"silence noticed within the bound",
		"redials keep to the schedule",
		"READY again within the schedule",
		"healed: one connection a client, its subscriptions on it",
		"healed: every command succeeds",
		"flat: memory, goroutines, descriptors",
		"after Close: nothing left",
	}[r]
}
