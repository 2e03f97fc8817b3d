package language

// Root is the form of a document.
var Root = in(Document)

// Document is the map that a document is.
var Document = &Construct{
	Name: "a document", Common: documentation, Lead: 4,
	Keys: []Key{
		need("linewright", "the version of the language: 1", integer(Current, Current)),
		need("vendor", "a name in snake_case; the Go package has it too", of(Name)),
		may("title", "for people", "the vendor's name", text()),
		need("version", "of the document: three numbers, as in 1.0.0", of(Version, "1.0.0")),
		need("sources", "the papers it was made from, by a short name", table(Free, 1, text())),
		need("endpoint", "where the device listens", in(Endpoint)),
		may("parameters", "what the caller gives", "", table(Snake, 0, in(Parameter))),
		may("stream", "what happens below the frames", "", in(Stream)),
		need("frames", "how bytes fall into frames; the first is the default", table(Snake, 1, in(Frame))),
		may("session", "greeting, login, and what is done before callers may send", "", in(Session)),
		need("liveness", "how a dead peer is noticed", in(Liveness)),
		may("answers", "what is sent when the server asks", "", table(Snake, 0, in(Answer))),
		may("timeouts", "how long the parts of a link may take", "", in(Timeouts)),
		may("reconnect", "when to dial again, and when to stop", "", in(Reconnect)),
		need("replies", "how a reply finds its command", in(Replies)),
		may("unexpected", "what to do with what does not fit", "", in(Unexpected)),
		may("types", "types of one's own", "", table(Pascal, 0, in(Types...))),
		may("messages", "what may be received", "", table(Snake, 0, in(Message))),
		may("commands", "what may be sent", "", table(Snake, 0, in(Sequence, Command))),
	},
}

// Endpoint is where the device listens.
var Endpoint = &Construct{
	Name: "endpoint",
	Keys: []Key{
		need("port", "1 to 65535", integer(1, 65535)),
		may("tls", "`never`, `optional`: if the caller asks for it, or `always`", "", word(
			"never", "no connection is encrypted",
			"optional", "if the caller asks for it",
			"always", "every connection is encrypted")),
		may("clients", "how many the device serves at once", "no limit", integer(1, 1_000_000)),
		may("idle_close", "when the server closes a link on which it hears nothing", "never", duration("5m")),
		no("per_command", "a connection for each command"),
	},
}

// Parameter is what the caller gives.
var Parameter = &Construct{
	Name: "parameters.*", Common: named, Lead: 4,
	Keys: []Key{
		need("type", "text, word, bytes, a bool, a number or an enum", of(Type)),
		no("secret", "never logged"),
		no("optional", "it may be left out"),
		may("default", "what it is where it is not given; not for secrets", "", text()),
	},
}

// Stream is what lies below the frames.
var Stream = &Construct{
	Name: "stream",
	Keys: []Key{
		may("telnet", "`off`, or `refuse`: take telnet's commands out of what comes, and refuse every option", "", word(
			"off", "bytes are what they are",
			"refuse", "telnet's commands are taken out of what comes, and every option is refused")),
		no("echo", "lines of ours come back, and are dropped"),
		may("write", "`batch`: frames are written together, or `frame`: each by itself", "", word(
			"batch", "frames that wait are written together",
			"frame", "each frame is written by itself, for devices that read one a packet")),
	},
}

// Unexpected is what to do with what does not fit.
var Unexpected = &Construct{
	Name: "unexpected",
	Keys: []Key{
		may("frame", "bytes that form no frame: `close`, `drop` or `resync`", "", word(
			"close", "the link ends: who is out of step stays so",
			"drop", "they are dropped up to where their frame would end",
			"resync", "they are dropped up to where the next frame begins")),
		may("message", "a frame that is no message of now: `close`, `event` or `drop`", "", word(
			"close", "the link ends: who is out of step stays so",
			"event", "it is given to the caller as an event, as it came",
			"drop", "it is dropped")),
		may("reply", "a reply that nobody awaits: `close` or `drop`", "", word(
			"close", "the link ends: who is out of step stays so",
			"drop", "it is dropped")),
	},
}
