package language

// Command is what may be sent.
var Command = &Construct{
	Name: "commands", Common: named,
	Keys: []Key{
		may("frame", "the frame that it is in", "the first", of(Name)),
		may("header", "constants of the frame around it", "", table(Snake, 0, text())),
		need("send", "the template, or the map of a JSON object", either(of(Template), of(Object))),
		may("others", "`ignore`, or `keep`: a field `others` adds members to a JSON object", "", word(
			"ignore", "the object has just these members",
			"keep", "a field `others` adds members")),
		may("set", "fields that get their value by themselves", "", table(Snake, 0, of(Value))),
		may("each", "messages that come before the reply, any number", "", oneOrMore(of(Name))),
		need("reply", "a message, a list of them, or `none`", oneOrMore(of(Name, "none"))),
		may("echo", "fields that the reply repeats: one, or a list", "", oneOrMore(of(Name))),
		may("errors", "instead of those of `replies`", "", list(0, of(Name))),
		mode,
		enters,
		may("timeout", "how long to wait for the reply, `none`, or what a field says", "timeouts.reply", either(
			word("none", "it waits as long as it takes"), duration("5s"), in(Wait))),
		may("gap", "a pause before it", "", duration("50ms")),
		may("settle", "a pause after it", "", duration("1s")),
		no("idempotent", "it may be sent twice"),
		no("private", "only the session sends it"),
		no("closes", "the device ends the link after it"),
		bare("lasting", "it is sent again after each reconnect", either(
			word("latest", "each call replaces the one before: the newest lasts"), in(Lasting))),
		may("delivers", "the events that belong to it, by the field that has its key", "", table(Snake, 0, of(Name))),
		fields("what its fields mean"),
		examples,
	},
}

// Wait is a time that the call itself asks for.
var Wait = &Construct{
	Name: "messages.*.timeout",
	Keys: []Key{
		need("field", "the field of the command that tells how long the server may wait", of(Name)),
		need("unit", "of the number: `ms`, `s` or `m`", word("ms", "milliseconds", "s", "seconds", "m", "minutes")),
		need("plus", "what the reply may take besides", duration("5s")),
	},
}

// Lasting is what makes a command last.
var Lasting = &Construct{
	Name: "messages.*.lasting",
	Keys: []Key{
		need("key", "the field that tells one call from another", of(Name)),
		may("undone_by", "the command that ends it, with a field of the same name", "a call with the same key", of(Name)),
	},
}

// Sequence is a command made of several.
var Sequence = &Construct{
	Name: "commands with steps", Common: named,
	Keys: []Key{
		need("steps", "the commands, one after the other", list(1, in(SequenceStep))),
		may("undone_by", "the command that is sent where the last step is not reached", "", of(Name)),
		fields("what its arguments mean"),
	},
}

// SequenceStep is one of the commands that a command is made of.
var SequenceStep = &Construct{
	Name: "commands.steps", OneOf: [][]string{{"do", "let", "fail"}},
	Needs: map[string][]string{"with": {"do"}, "for": {"do"}, "retry": {"do"}},
	Keys: []Key{
		may("do", "a command, whose reply is awaited", "", of(Name)),
		may("let", "names for values, for the steps behind it", "", table(Snake, 0, text())),
		may("fail", "the whole has failed, for this reason", "", of(Text)),
		may("with", "values of its fields; the others are arguments", "", table(Snake, 0, of(Value))),
		may("for", "the field whose argument is a list: it is done for each item", "", of(Name)),
		may("when", "only if that parameter, message or field is there", "", oneOrMore(of(Path))),
		may("unless", "only if it is not", "", oneOrMore(of(Path))),
		may("retry", "try again where the answer is an error that may go away", "", in(Retry)),
	},
}
