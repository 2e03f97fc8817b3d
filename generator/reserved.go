package generator

import (
	"go/token"
	"go/types"
	"strings"
)

// packageNames are declared, or may be, by every generated package, whatever
// its spec says: the list does not depend on the spec, so that a name that is
// free today is not taken tomorrow.
var packageNames = []string{
	"Client", "New", "Dial", "Params", "Plan",
	"Option", "Error", "Fate", "NotSent", "Unknown",
	"State", "StateChange", "Stats", "Observer",
	"StateIdle", "StateDialing", "StateGreeting", "StateReady", "StateSuspect",
	"StateBackoff", "StateDraining", "StateClosed",
	"ErrClosed", "ErrNotReady", "ErrRefused", "ErrPeerSilent", "ErrTimeout",
	"ErrProtocol", "ErrGaveUp", "ErrLinkLost", "ErrOverflow", "ErrMode",
	"Decimal", "Optional", "OtherPair", "Some",
	"Event", "Subscription", "UnknownMessage",
	"WithLogger", "WithObserver", "WithDialer", "WithTLS", "WithFailover",
	"WithFailFast", "WithEventBuffer", "WithMaxWaiting",
	"Overflow", "DropOldest", "DropNewest", "CloseSubscription",
}

// clientMethods are the methods that every generated Client has.
var clientMethods = []string{
	"Close", "Done", "Err", "Events", "Flush", "GoString", "ReconnectNow", "Run",
	"Shutdown", "State", "States", "Stats", "String", "Subscribe",
}

// structMethods are the methods that a generated struct may have; a field and
// a method of one struct cannot share a name.
var structMethods = []string{"GoString", "String"}

// messageMethods are those of messages, besides.
var messageMethods = []string{"AppendFrame", "Clone", "Error", "ParseFrame", "Temporary"}

// requestMethods are those of commands' requests.
var requestMethods = []string{"AppendFrame", "ParseFrame"}

// locals are the imports and the variables of generated methods: a parameter
// of such a name gets an underscore.
var locals = map[string]bool{
	// imports
	"bytes": true, "context": true, "slog": true, "tls": true, "expr": true, "fmt": true, "iter": true, "json": true,
	"runtime": true, "session": true, "slices": true, "strconv": true, "strings": true,
	"time": true, "wire": true,
	// variables
	"c": true, "call": true, "callID": true, "ctx": true, "err": true, "frame": true, "frames": true, "items": true,
	"m": true, "ok": true, "post": true, "reply": true, "request": true, "s": true, "sub": true,
	// of the package
	"framing": true, "plan": true,
}

// reservedLocal reports whether a parameter cannot have this name as it is:
// a keyword, a predeclared identifier, an import or a local variable.
func reservedLocal(name string) bool {
	return token.IsKeyword(name) || types.Universe.Lookup(name) != nil || locals[name]
}

// reservedPackage reports whether the go command does something else with a
// package of that name than to import it.
func reservedPackage(name string) bool {
	return name == "main" || name == "_" || name == "documentation"
}

// reservedFolder reports whether a folder of that name means something to the
// go command, or is a device on Windows: the package is written to a folder
// with the vendor's name.
func reservedFolder(name string) bool {
	switch name {
	case "vendor", "internal", "testdata", "con", "prn", "aux", "nul":
		return true
	}
	port := strings.TrimRight(name, "0123456789")
	return (port == "com" || port == "lpt") && len(name) == len(port)+1
}
