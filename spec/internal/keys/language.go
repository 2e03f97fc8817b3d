package keys

// What has a name says first what it is called in Go and what it is about, then
// the rest, as a person who looks it up wants to read it; only what mostly fits
// one line, such as a parameter or the value of an enum, says it last.
var (
	about = each(Any, "doc", "ref", "since", "deprecated")
	named = append(each(Any, "go_name"), about...)
)

// Document is a whole document.
var Document = Value{Is, construct(
	"linewright", "vendor", "title", "version", about, "sources",
	is("endpoint", construct("port", "tls", "clients", duration("idle_close"), "per_command")),
	names("parameters", construct("type", "secret", "optional", "default", named)),
	is("stream", construct("telnet", "echo", "write")),
	names("frames", frame),
	is("session", session),
	is("liveness", liveness),
	names("answers", construct("send", "with", "when", "unless", "after")),
	is("timeouts", construct(duration("connect", "greeting", "login", "ready", "reply", "write", "frame"))),
	is("reconnect", reconnect),
	is("replies", construct(is("match", construct("id")), "in_flight", "errors", "late", duration("gap"))),
	is("unexpected", construct("frame", "message", "reply")),
	names("types", typ),
	names("messages", message),
	names("commands", command),
)}

var frame = construct(
	named, "content", "order", "starts", "ends", "sends", "line", size("size"),
	is("escape", construct("byte", "xor", "bytes", "map", "double")),
	"layout", "set", names("fields", field),
	is("checksum", construct("field", "algorithm", "over", "letters")),
	size("max", "max_line"), "empty", "charset", "use", "in",
)

var field = construct(named, "unit", "default")

var session = construct(
	"greeting", is("login", step), is("ready", step),
	is("standby", construct("send", "interrupt")), "logout",
)

// step is a step of the session, or of a command that is made of several.
var step = construct(
	"do", "expect", "tls", "let", "fail", "refuse", "with", "for", "when", "unless",
	is("retry", construct("times", duration("after"))), "enters",
)

// every is a duration, or where one comes from.
var every = Key{"every", Value{Duration, construct("from", "unit", duration("at_least", "at_most"))}}

var liveness = construct(
	duration("detect_within"),
	is("probe", construct("send", "with", every, duration("timeout"), "misses", "when", "in")),
	is("beat", construct("send", "with", every, "in")),
	duration("silence"), "life",
	is("keepalive", construct(duration("idle", "interval"), "count")),
	duration("user_timeout"),
)

var reconnect = construct(
	duration("initial"), "factor", duration("max"), "jitter", duration("stable_after", "refused"),
	is("give_up", construct("attempts", duration("elapsed"))),
)

// typ is a type: what it is made of, and then what is said about that.
var typ = construct(
	named,
	"is", "scale", "range", "max", "chars", "unit",
	names("enum", construct("wire", named)), "as", "open",
	"layout",
	names("one_of", construct("layout", named)), "depth",
	names("pairs", construct("key", "type", "counts", named)), "between", "each", "key", "first",
	"json", "others",
)

var example = is("examples", construct("wire", "hex", "is", "bad"))

var message = construct(
	named, "frame", "header", "receive", "others", "in", "enters", "event", "noise", "none",
	is("error", construct("field", "ok", "failed", "retry", "refused", "close", "else")),
	"inside", names("fields", field), example,
)

// timeout is a duration, or one that a field of the command tells.
var timeout = Key{"timeout", Value{Duration, construct("field", "unit", duration("plus"))}}

var command = construct(
	named, "frame", "header", "send", "others", is("steps", step), "undone_by",
	"set", "each", "reply", "echo", "errors", "in", "enters",
	timeout, duration("gap", "settle"),
	"idempotent", "private", "closes",
	is("lasting", construct("key", "undone_by")), "delivers",
	names("fields", field), example,
)
