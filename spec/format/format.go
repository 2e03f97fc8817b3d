package format

import (
	"bytes"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
)

// Finding is why a document cannot be formatted.
type Finding = report.Finding

// Source gives the canonical form of a document, which name names in findings. With
// findings or an error there is none.
func Source(name string, data []byte) ([]byte, []Finding, error) {
	return source(name, data, (*layout).String)
}

// source is Source with another way to write, for tests of what is checked.
func source(name string, data []byte, write func(*layout) string) ([]byte, []Finding, error) {
	findings := report.NewList(name, data)
	text := normal(data)
	root, comments := document.Read(text, findings)
	if findings.Len() > 0 {
		return nil, findings.Sorted(), nil
	}
	b := &builder{data: text, findings: findings}
	l := b.document(root)
	if findings.Len() > 0 {
		return nil, findings.Sorted(), nil
	}
	formatted := []byte(write(l))
	was := reading{text, root, comments}
	if err := was.check(formatted, b.edits); err != nil {
		return nil, nil, err
	}
	return formatted, nil, nil
}

// normal is a document with LF as line ends, without a byte order mark.
func normal(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	if bytes.IndexByte(text, '\r') >= 0 {
		return data // one that ends no line is a finding, and must not find a line feed
	}
	return text
}
