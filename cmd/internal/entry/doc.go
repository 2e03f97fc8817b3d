// Package entry reads what people type at a prompt: a name, and values for the
// fields of a command or message.
//
//	read 3
//	read channel=3
//	set_name name="Boiler \"north\""
//	del keys=a,b
//	connect options='{"user": "eve"}'
//
// [Words] splits such a line, [Values] gives the words to fields, and
// [Completer] says how a line may go on. All of it is pure: a line and a
// protocol come in.
package entry
