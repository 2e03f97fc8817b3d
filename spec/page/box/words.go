package box

// Words are what the page says of what a client does, for the box to say it of what was pasted.
type Words struct {
	Messages []MessageWords `json:"messages"` // in the document's order
	Commands []CommandWords `json:"commands"`
	Unknown  string         `json:"unknown"` // what becomes of a frame that is no message
	Bytes    string         `json:"bytes"`   // and of bytes that are no frame
}

// MessageWords are those about a message.
type MessageWords struct {
	Awaited []string `json:"awaited,omitempty"` // ids of the commands that wait for it
	Session string   `json:"session,omitempty"` // where else it is waited for
	Alone   string   `json:"alone"`             // what becomes of it where nobody waits for it
	Means   string   `json:"means,omitempty"`   // as an error
}

// CommandWords are those about a command.
type CommandWords struct {
	Awaits  []string `json:"awaits,omitempty"`  // ids of its replies and errors
	Repeats string   `json:"repeats,omitempty"` // what the reply must repeat
}
