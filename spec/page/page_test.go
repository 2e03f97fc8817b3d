package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page"
)

// documents are the vendors' by name.
func documents(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	out := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		out[strings.TrimSuffix(filepath.Base(path), ".yaml")] = data
	}
	return out
}

// vendorPages keeps the vendors' pages: a page is a function of its document, and many
// tests look at the same ones.
var vendorPages sync.Map

// vendor is the page of a vendor's document.
func vendor(t testing.TB, name string) []byte {
	t.Helper()
	made, _ := vendorPages.LoadOrStore(name, sync.OnceValue(func() []byte {
		return render(t, documents(t)[name], nil)
	}))
	return made.(func() []byte)()
}

// render makes the page of a document; few clients, so that it is quick.
func render(t testing.TB, data []byte, r *page.Review) []byte {
	t.Helper()
	p, findings := spec.Load("spec.yaml", data)
	require.Empty(t, findings)
	html, err := page.Render(page.Input{Protocol: p, Report: explain.Of(p, data, explain.Options{Clients: 20}), Review: r})
	require.NoError(t, err)
	return html
}

// against is a review of now.
func against(t testing.TB, old, now []byte) *page.Review {
	t.Helper()
	before, findings := spec.Load("old.yaml", old)
	require.Empty(t, findings)
	after, findings := spec.Load("new.yaml", now)
	require.Empty(t, findings)
	changes := breaking.Diff(before, after)
	advice := breaking.Advise(before.Version, after.Version, changes)
	if version, ok := advice.Change(); ok {
		changes = breaking.Join(changes, []breaking.Change{version})
	}
	return &page.Review{Against: "old.yaml", Changes: changes, Advice: advice}
}

// element is one of a page.
type element struct {
	*html.Node
	attrs map[string]string
}

// elements are all of a page, in their order.
func elements(t testing.TB, data []byte) (all []element) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			e := element{n, map[string]string{}}
			for _, a := range n.Attr {
				e.attrs[a.Key] = a.Val
			}
			all = append(all, e)
		}
	}
	return all
}

// text is what stands in an element.
func (e element) text() string {
	var b strings.Builder
	for n := range e.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestPages: of every vendor, all ids are unique, all links lead somewhere on the page,
// nothing is fetched, and nothing runs that the policy does not name.
func TestPages(t *testing.T) {
	alone.Skip(t)
	for name := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireSound(t, vendor(t, name))
		})
	}
}

func requireSound(t *testing.T, data []byte) {
	t.Helper()
	requireBalanced(t, data)
	ids := map[string]bool{}
	all := elements(t, data)
	for _, e := range all {
		if id := e.attrs["id"]; id != "" {
			require.False(t, ids[id], "the id %q is there twice", id)
			ids[id] = true
		}
	}
	allowed := strings.Fields("html head meta title style body a header div h1 h2 h3 h4 p span label input button nav details summary ol ul li main section article dl dt dd table caption thead tbody tr th td code pre small em strong br figure figcaption svg line rect circle text path defs marker b script textarea fieldset legend")
	for _, e := range all {
		require.Contains(t, allowed, e.Data)
		for key, value := range e.attrs {
			require.NotContains(t, []string{"src", "srcset", "action", "style", "data", "poster", "xlink:href"}, key)
			require.False(t, strings.HasPrefix(key, "on"), "%s has %s", e.Data, key)
			if key == "href" {
				require.True(t, strings.HasPrefix(value, "#"), value)
				require.True(t, ids[strings.ReplaceAll(value[1:], "%23", "#")], "nothing has the id of %s", value)
			}
			if key == "data-rows" {
				for _, id := range strings.Fields(value) {
					require.True(t, ids[id], "nothing has the id %s", id)
				}
			}
		}
	}
	requirePolicy(t, all)
	require.NotContains(t, string(data), "ZgotmplZ")
}

// requireBalanced: every tag that is opened is closed, in order, so that parsers have
// nothing to mend.
func requireBalanced(t *testing.T, data []byte) {
	t.Helper()
	void := strings.Fields("meta input br line rect circle path")
	var open []string
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		switch z.Next() {
		case html.ErrorToken:
			require.Empty(t, open)
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			require.NotEmpty(t, open, "</%s>", name)
			require.Equal(t, open[len(open)-1], string(name))
			open = open[:len(open)-1]
		}
	}
}

func requirePolicy(t *testing.T, all []element) {
	t.Helper()
	policy := ""
	for _, e := range all {
		if e.attrs["http-equiv"] == "Content-Security-Policy" {
			policy = e.attrs["content"]
		}
	}
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "unsafe")
	n := 0
	for _, e := range all {
		if e.Data == "script" && e.attrs["type"] != "application/json" || e.Data == "style" {
			sum := sha256.Sum256([]byte(e.FirstChild.Data))
			require.Contains(t, policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", e.Data)
			n++
		}
	}
	require.Equal(t, 2, n)
}

// TestTheFiveAnswers are those that the manual gives.
func TestTheFiveAnswers(t *testing.T) {
	var answers []string
	for _, e := range elements(t, vendor(t, "acme")) {
		if e.attrs["class"] == "answer" {
			answers = append(answers, strings.ReplaceAll(e.text(), "\u00a0", " "))
		}
	}
	require.Len(t, answers, 5)
	require.Contains(t, answers[0], "A silent device is noticed within 15 s.")
	require.Contains(t, answers[1], "What does the device see when 20 clients come back? Losing 20 clients for a moment, a device sees up to")
	require.Contains(t, answers[2], "2 of 10 messages may come unasked.")
	require.Contains(t, answers[2], "READING {channel:uint8} {value:decimal} {unit:Unit}")
	require.Contains(t, answers[2], "a message that the document does not know is handed to the program as it is")
	require.Contains(t, answers[3], "5 are sent once more; of 4 nobody knows whether the device has carried them out.")
	require.Contains(t, answers[3], "fails; whether it was carried out is unknown set_limits acknowledge set_name reset")
	require.Contains(t, answers[4], "This page compares with nothing.")
}

// TestAReviewMarksWhatChanged, where it is.
func TestAReviewMarksWhatChanged(t *testing.T) {
	old := documents(t)["acme"]
	now := strings.NewReplacer(
		"LIMITS {channel:uint8} {low:decimal} {high:decimal}", "LIMITS {channel:uint16} {low:decimal} {high:decimal}",
		"every: 10s, timeout: 5s", "every: 5s, timeout: 5s", "How bad it is.", "How bad.",
		"    reply: label\n    idempotent: true", "    reply: label\n    timeout: 9s\n    idempotent: true",
	).Replace(string(old))
	data := render(t, []byte(now), against(t, old, []byte(now)))
	requireSound(t, data)
	changed := map[string]bool{}
	for _, e := range elements(t, data) {
		if strings.Contains(e.attrs["class"], "changed") {
			changed[e.attrs["id"]] = true
		}
	}
	require.True(t, changed["liveness#idle"], "%v", changed)
	require.True(t, changed["liveness.probe.every"], "%v", changed)
	require.True(t, changed["messages.limits.channel"], "%v", changed)
	require.True(t, changed["messages.alarm.severity"], "%v", changed)
	require.True(t, changed["commands.get_name"], "%v", changed)
	require.False(t, changed["messages.reading"], "%v", changed)
}

// TestADocumentStaysText, though it tries to be HTML everywhere.
func TestADocumentStaysText(t *testing.T) {
	const evil = `</script></style></svg><script>alert(1)</script><img src=x onerror=alert(1)> & "quotes' {{.}}`
	yaml := "'" + strings.ReplaceAll(evil, "'", "''") + "'"
	data := strings.NewReplacer(
		"title: Acme telemetry unit", "title: "+yaml, "manual: Acme TU-100 protocol manual, rev C", "manual: "+yaml,
		"doc: What a value is measured in.", "doc: "+yaml, "ref: manual 2.3", "ref: "+yaml,
		`"HEARTBEAT"`, `"</text></svg><script>HEARTBEAT"`, `{celsius: C,`, `{celsius: "<b>",`, "21.50 C\"", "21.50 <b>\"",
		`low: {doc: The lowest value without an alarm.}`, "low: {doc: "+yaml+"}",
	).Replace(string(documents(t)["acme"]))
	got := render(t, []byte(data), &page.Review{Against: evil, Changes: []breaking.Change{{ID: evil, Path: "$." + evil, Message: evil, Kind: breaking.Breaking}}})
	requireSound(t, got)
	scripts := 0
	for _, e := range elements(t, got) {
		if e.Data == "script" && e.attrs["type"] != "application/json" {
			scripts++
		}
		require.NotEqual(t, "img", e.Data)
	}
	require.Equal(t, 1, scripts)
	require.Contains(t, string(got), "&lt;img src=x onerror=alert(1)&gt;")
}

// TestThePageIsAFunction of its input.
func TestThePageIsAFunction(t *testing.T) {
	require.Equal(t, vendor(t, "acme"), render(t, documents(t)["acme"], nil))
}
