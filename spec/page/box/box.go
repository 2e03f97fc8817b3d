package box

import (
	"embed"
	"encoding/json"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

//go:embed js
var files embed.FS

// Script is the script's code.
func Script() string {
	var all strings.Builder
	for _, name := range frameScripts {
		data, err := files.ReadFile("js/" + name + ".js")
		if err != nil {
			panic(err) // it is in the binary
		}
		all.Write(data)
	}
	return all.String()
}

// Plan is what the script must know of a document, as JSON.
func Plan(p *model.Protocol) ([]byte, error) {
	frames, err := framesPlan(newRefs(), p)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"frames": frames})
}
