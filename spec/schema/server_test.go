package schema_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/schema"
)

// languageServer is where make deps installs yaml-language-server, a program of
// others. Without it the tests that need it are skipped.
const languageServer = "../../bin/npm/node_modules/.bin/yaml-language-server"

// editor is the part of an editor that talks to yaml-language-server.
type editor struct {
	t    *testing.T
	in   io.WriteCloser
	out  *bufio.Reader
	last int
	dir  string
	// found are the diagnostics of documents, by name.
	found map[string][]diagnostic
}

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type diagnostic struct {
	Range   struct{ Start position } `json:"range"`
	Message string                   `json:"message"`
}

// message is one of the language server protocol's.
type message struct {
	ID     *int            `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params any             `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// edit starts the server in a folder with the schema.
func edit(t *testing.T) *editor {
	t.Helper()
	server, err := filepath.Abs(languageServer)
	require.NoError(t, err)
	if _, err := os.Stat(server); err != nil {
		t.Skip("no yaml-language-server: make deps installs it")
	}
	e := &editor{t: t, dir: t.TempDir(), found: map[string][]diagnostic{}}
	require.NoError(t, os.WriteFile(filepath.Join(e.dir, "linewright.schema.json"), schema.JSON(), 0o600))
	command := exec.CommandContext(t.Context(), server, "--stdio")
	command.Dir = e.dir
	e.in, err = command.StdinPipe()
	require.NoError(t, err)
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	e.out = bufio.NewReader(out)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		e.in.Close()
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	watch := time.AfterFunc(time.Minute, func() { _ = command.Process.Kill() })
	t.Cleanup(func() { watch.Stop() })
	e.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": "file://" + e.dir,
		"capabilities": map[string]any{"textDocument": map[string]any{
			"completion": map[string]any{"completionItem": map[string]any{"snippetSupport": true, "documentationFormat": []string{"markdown"}}},
			"hover":      map[string]any{"contentFormat": []string{"markdown"}},
		}},
	}, nil)
	e.send(message{Method: "initialized", Params: struct{}{}})
	return e
}

func (e *editor) send(m message) {
	data, err := json.Marshal(struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	require.NoError(e.t, err)
	_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	require.NoError(e.t, err)
}

// receive reads one message; requests of the server's are answered with nothing,
// diagnostics are kept.
func (e *editor) receive() message {
	header, err := textproto.NewReader(e.out).ReadMIMEHeader()
	require.NoError(e.t, err)
	n, err := strconv.Atoi(header.Get("Content-Length"))
	require.NoError(e.t, err)
	data := make([]byte, n)
	_, err = io.ReadFull(e.out, data)
	require.NoError(e.t, err)
	var m struct {
		message
		Params json.RawMessage `json:"params"`
	}
	require.NoError(e.t, json.Unmarshal(data, &m))
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []diagnostic
		}
		require.NoError(e.t, json.Unmarshal(m.Params, &p))
		e.found[filepath.Base(p.URI)] = p.Diagnostics
	case m.Method != "" && m.ID != nil:
		e.send(message{ID: m.ID, Result: json.RawMessage("null")})
	}
	return m.message
}

// call asks the server, and waits for its answer.
func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	e.last++
	id := e.last
	e.send(message{ID: &id, Method: method, Params: params})
	for {
		if m := e.receive(); m.Method == "" && m.ID != nil && *m.ID == id {
			require.Empty(e.t, string(m.Error), method)
			if result != nil {
				require.NoError(e.t, json.Unmarshal(m.Result, result), "%s", m.Result)
			}
			return
		}
	}
}

// show shows the server a document.
func (e *editor) show(name, text string) (uri string) {
	uri = "file://" + filepath.Join(e.dir, name)
	e.send(message{Method: "textDocument/didOpen", Params: map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": "yaml", "version": 1, "text": "# yaml-language-server: $schema=linewright.schema.json\n" + text,
	}}})
	return uri
}

// open shows it a document with | where the cursor is, and gives what asks about
// that place.
func (e *editor) open(name, text string) (at map[string]any) {
	before, after, _ := strings.Cut(text, "|")
	return map[string]any{
		"textDocument": map[string]any{"uri": e.show(name, before+after)},
		"position":     position{1 + strings.Count(before, "\n"), len(before) - 1 - strings.LastIndexByte(before, '\n')},
	}
}

// offered is what the server offers to write at the cursor: label and what it says
// about it.
func (e *editor) offered(text string) map[string]string {
	var list struct {
		Items []struct {
			Label         string
			InsertText    string
			Documentation any
		}
	}
	e.call("textDocument/completion", e.open(fmt.Sprintf("c%d.yaml", e.last), text), &list)
	out := map[string]string{}
	for _, item := range list.Items {
		out[item.Label] = fmt.Sprintf("%v → %q", item.Documentation, item.InsertText)
	}
	return out
}

// told is what the server shows about what is under the cursor.
func (e *editor) told(text string) string {
	var hover struct{ Contents struct{ Value string } }
	e.call("textDocument/hover", e.open(fmt.Sprintf("h%d.yaml", e.last), text), &hover)
	return hover.Contents.Value
}

// mistakes are the server's diagnostics of a document, as line:column message.
func (e *editor) mistakes(text string) []string { return e.judged(e.check(text)) }

// check shows the server a document; it looks at it a moment later.
func (e *editor) check(text string) (name string) {
	name = fmt.Sprintf("d%d.yaml", e.last)
	e.last++
	e.show(name, text)
	return name
}

// judged waits for what the server says about a document.
func (e *editor) judged(name string) []string {
	for e.found[name] == nil {
		e.receive()
	}
	out := []string{}
	for _, d := range e.found[name] {
		out = append(out, fmt.Sprintf("%d:%d %s", d.Range.Start.Line, d.Range.Start.Character+1, d.Message))
	}
	return out
}
