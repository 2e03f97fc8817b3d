package language

// Session is what happens on a new link before callers may use it.
var Session = &Construct{
	Name: "session",
	Keys: []Key{
		may("greeting", "the message that the server begins with, or a list, of which one comes", "", oneOrMore(of(Name))),
		may("login", "steps, once a link", "", list(0, in(Step))),
		may("ready", "steps after login, before what lasts is sent again", "", list(0, in(Step))),
		may("standby", "a command that waits while nothing else is sent", "", in(Standby)),
		may("logout", "the command that is sent before a client ends in peace", "", of(Name)),
	},
}

// Step is one step of the session.
var Step = &Construct{
	Name: "session.steps", OneOf: [][]string{{"do", "expect", "tls", "let", "fail", "refuse"}},
	Needs: map[string][]string{"with": {"do"}, "retry": {"do"}, "enters": {"do", "expect"}},
	Keys: []Key{
		may("do", "a command, whose reply is awaited", "", of(Name)),
		may("expect", "a message that is awaited", "", of(Name)),
		bare("tls", "`start`: TLS begins", word("start", "TLS begins, where the link has it")),
		may("let", "names for values", "", table(Snake, 0, text())),
		may("fail", "the login has failed, for this reason", "", of(Text)),
		may("refuse", "the login is refused, for this reason", "", of(Text)),
		may("with", "values of its fields", "", table(Snake, 0, of(Value))),
		may("when", "only if that parameter, message or field is there, or with `tls`", "", oneOrMore(of(Path))),
		may("unless", "only if it is not", "", oneOrMore(of(Path))),
		may("retry", "try again where the answer is an error that may go away", "", in(Retry)),
		enters,
	},
}

// Retry is how a step is tried again.
var Retry = &Construct{
	Name: "session.steps.retry",
	Keys: []Key{
		need("times", "how often", integer(1, 1000)),
		need("after", "the pause before each", duration("1s")),
	},
}

// Standby is a long poll.
var Standby = &Construct{
	Name: "session.standby",
	Keys: []Key{
		need("send", "the command that waits", of(Name)),
		need("interrupt", "the command that ends its waiting", of(Name)),
	},
}

// Answer is what is sent when the server asks.
var Answer = &Construct{
	Name: "answers.*",
	Keys: []Key{
		need("send", "the command, which has no reply", of(Name)),
		may("with", "values of its fields; the message's are known", "", table(Snake, 0, of(Value))),
		may("when", "only if that parameter, message or field is there", "", oneOrMore(of(Path))),
		may("unless", "only if it is not", "", oneOrMore(of(Path))),
		may("after", "`received`: at once, or `handled`: when the program has handled the event", "", word(
			"received", "as soon as it has come",
			"handled", "when the program has handled the event")),
	},
}

// Replies is how a reply finds its command.
var Replies = &Construct{
	Name: "replies",
	Keys: []Key{
		may("match", "`order`, or `kind`", "", either(word(
			"order", "replies come in the order of their commands",
			"kind", "the message shows what it answers, by what it is or by echoed fields"), in(Match))),
		may("in_flight", "how many commands may wait at once", "1", integer(1, 1<<16)),
		may("errors", "what every command with a reply may be answered with", "", list(0, of(Name))),
		may("late", "`close` the link when a reply is overdue, or `swallow` it", "", word(
			"close", "the link ends when a reply is overdue",
			"swallow", "a reply that comes too late is dropped")),
		may("gap", "a pause before each command", "", duration("50ms")),
	},
}

// Match is a field by which replies find their commands.
var Match = &Construct{
	Name: "replies.match",
	Keys: []Key{need("id", "the field of commands and messages that holds it", of(Name))},
}
