package language

// Liveness is how a dead peer is noticed.
var Liveness = &Construct{
	Name: "liveness",
	Keys: []Key{
		need("detect_within", "what the document promises; the other numbers are compared with it", duration("15s", "30s")),
		may("probe", "a command with an answer", "", oneOrMore(in(Probe))),
		may("beat", "a command without one", "", oneOrMore(in(Beat))),
		may("silence", "the server says something at least so often", "", duration("30s")),
		may("life", "`any` byte is life, or only the answer to the `probe`", "", word(
			"any", "whatever comes shows that the peer lives",
			"probe", "only the answer to the probe does")),
		may("keepalive", "the kernel's own probes", "", in(KeepAlive)),
		may("user_timeout", "how long the kernel waits for what it sent", "derived", duration("30s")),
	},
}

// Probe is a heartbeat that is answered.
var Probe = &Construct{
	Name: "liveness.probe",
	Keys: []Key{
		need("send", "the command", of(Name)),
		may("with", "values of its fields", "", table(Snake, 0, of(Value))),
		need("every", "after the last byte, or after the last probe", either(duration("10s"), in(Interval))),
		need("timeout", "how long an answer may take", duration("5s")),
		may("misses", "how many may stay unanswered", "1", integer(1, 100)),
		may("when", "`idle`: when nothing comes, or `always`", "", word(
			"idle", "when nothing has come for that time",
			"always", "that long after the last one, whatever comes")),
		mode,
	},
}

// Interval is one that the server or the caller tells.
var Interval = &Construct{
	Name: "liveness.probe.every",
	Keys: []Key{
		need("from", "the message and its field, or another value of the link", of(Expression, `"{hello.interval}"`)),
		need("unit", "of the number: `ms`, `s` or `m`", word("ms", "milliseconds", "s", "seconds", "m", "minutes")),
		need("at_least", "what less than that counts as", duration("1s")),
		need("at_most", "what more than that counts as, or nothing", duration("60s")),
	},
}

// Beat is a heartbeat that is not answered.
var Beat = &Construct{
	Name: "liveness.beat",
	Keys: []Key{
		need("send", "the command", of(Name)),
		may("with", "values of its fields", "", table(Snake, 0, of(Value))),
		need("every", "after our last frame", either(duration("10s"), in(Interval))),
		mode,
	},
}

// KeepAlive are the kernel's probes.
var KeepAlive = &Construct{
	Name: "liveness.keepalive",
	Keys: []Key{
		may("idle", "after so long without a byte", "probe.every, or from detect_within", duration("10s")),
		may("interval", "between two", "a third of probe.timeout, 1s at least", duration("2s")),
		may("count", "how many may stay unanswered", "3", integer(1, 127)),
	},
}

// Timeouts are how long the parts of a link may take.
var Timeouts = &Construct{
	Name: "timeouts",
	Keys: []Key{
		may("connect", "to each address", "5s", duration()),
		may("greeting", "until the server has greeted", "5s", duration()),
		may("login", "all steps together", "10s", duration()),
		may("ready", "how long a caller waits for a link", "reply", duration("5s")),
		may("reply", "of a command", "5s", duration()),
		may("write", "of what is handed to the kernel", "5s", duration()),
		may("frame", "from its first byte to its last", "30s", duration()),
	},
}

// Reconnect is when to dial again, and when to stop.
var Reconnect = &Construct{
	Name: "reconnect",
	Keys: []Key{
		may("initial", "the first delay", "500ms", duration()),
		may("factor", "by which each is longer than the one before", "2", number(1, 1000)),
		may("max", "the longest delay", "30s", duration()),
		may("jitter", "how much of a delay is random", "50%", of(Percent)),
		may("stable_after", "how long a link is ready before failures are forgiven", "10s", duration()),
		may("refused", "`stop`, or how long to wait after a refused login", "", either(
			word("stop", "the client stops: it would only be refused again"), duration("10m"))),
		may("give_up", "`never`, or limits", "", either(
			word("never", "the client dials as long as it is there"), in(GiveUp))),
	},
}

// GiveUp is when a client stops to dial.
var GiveUp = &Construct{
	Name: "reconnect.give_up", Least: 1,
	Keys: []Key{
		may("attempts", "how many in a row", "", integer(1, 1<<31-1)),
		may("elapsed", "for how long", "", duration("24h")),
	},
}
