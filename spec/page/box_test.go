package page_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// pasting is a page with something in its box.
type pasting struct {
	t *testing.T
	*browser.Page
}

func openBox(t *testing.T, name string) *pasting {
	t.Helper()
	return &pasting{t, browser.Open(t, vendor(t, name), 1280, 900)}
}

// paste puts text into the box as somebody who was sent by does, and waits until it is read.
func (p *pasting) paste(by, text string) (status string) {
	p.t.Helper()
	browser.Eval[any](p.Page, fmt.Sprintf(`(() => {
		document.querySelector("input[name=box-direction][value=%s]").checked = true;
		const box = document.querySelector("#box-text");
		box.value = %s;
		document.querySelector("#box-taken").textContent = "";
		box.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, by, strconv.Quote(text)))
	browser.Run(p.Page, chromedp.Poll[bool](`document.querySelector("#box-taken").textContent !== ""`))
	return p.text("#box-taken")
}

func (p *pasting) text(selector string) string {
	return browser.Eval[string](p.Page, fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, selector))
}

func TestTheBoxReadsALine(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "acme")
	require.Equal(t, `Taken for text; \n was added at its end. One frame: reading.`, p.paste("received", "READING 3 21.50 C"))
	require.Equal(t, "#messages.reading", browser.Eval[string](p.Page, `document.querySelector("#box-frames h3 a").getAttribute("href")`))
	require.Equal(t, "channel|3, value|21.50, unit|celsius", p.fields())

	// Bytes that are looked at say what they are, and light the row here and at the message.
	browser.Eval[any](p.Page, `document.querySelector("#box-frames button.s1").focus()`)
	require.Contains(t, p.text("#box-frames .says"), "channel = 3")
	require.Equal(t, 2, browser.Eval[int](p.Page, `document.querySelectorAll("tr.lit").length`))
	require.Equal(t, "reading", browser.Eval[string](p.Page, `document.querySelector("#messages\\.reading tr.lit").closest(".card").querySelector(".self").innerText`))
}

func TestTheBoxReadsHex(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "modbus")
	require.Equal(t, "Taken for bytes in hex. One frame: holding_registers.", p.paste("received", "00 01 00 00 00 05 01 03 02 00 2a"))
	require.Equal(t, "transaction|1, unit|1, values[0]|42", p.fields())
	require.Equal(t, []string{"00 01 transaction", "00 00", "00 05 length", "01 unit", "03", "02 values", "00 2a values[0]"},
		browser.Eval[[]string](p.Page, `[...document.querySelectorAll("#box-frames .piece")].map((piece) => piece.innerText.replace(/\s+/g, " "))`))

	// Cut off, it has begun and does not end.
	require.Equal(t, "Taken for bytes in hex. One frame: an unfinished frame.", p.paste("received", "00 01 00 00 00 05 01 03 02"))
	require.Contains(t, p.text("#box-frames .why"), "It has begun and does not end; at least 2 bytes more are due.")
}

// fields are the rows of the table.
func (p *pasting) fields() string {
	return browser.Eval[string](p.Page,
		`[...document.querySelectorAll("#box-frames tbody tr")].map((row) => row.children[0].innerText + "|" + row.children[1].innerText).join(", ")`)
}

// TestTheBoxSaysWhereItIsNoMessage, and what it is nearest to.
func TestTheBoxSaysWhereItIsNoMessage(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "acme")
	require.Equal(t, `Taken for text; \n was added at its end. 3 frames: no message, no message, reading.`,
		p.paste("received", "READING x 21.50 C\n<img src=x onerror=alert(1)>\nREADING 3 1 C"))
	require.Equal(t, []string{"It is nearest to reading; there, channel: no digits (byte 8).", "No message begins so."},
		browser.Eval[[]string](p.Page, `[...document.querySelectorAll("#box-frames .why")].map((why) => why.innerText)`))
	require.Equal(t, "x 21.50 C", browser.Eval[string](p.Page, `document.querySelector("#box-frames .unread .t").innerText`))
	require.Equal(t, 0, browser.Eval[int](p.Page, `document.querySelectorAll("#box-frames img").length`))

	// What the device sends is no command.
	require.Equal(t, `Taken for text; \n was added at its end. One frame: no message. Sent by the device, it would be reading.`,
		p.paste("sent", "READING 3 21.50 C"))
	require.Contains(t, p.text("#box-frames .why"), "It is nearest to read; there, text: other text than is due: \"READ \" (byte 4).")

	browser.Eval[any](p.Page, `document.querySelector("#box-clear").click()`)
	require.Empty(t, p.text("#box-frames")+p.text("#box-taken"))
}

// TestTheBoxSaysWhatElseItCanBe: a reply is told from others by what was asked.
func TestTheBoxSaysWhatElseItCanBe(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "smtp")
	require.Contains(t, p.paste("received", "250 OK"), "One frame: ")
	require.Contains(t, p.text("#box-frames .others"), "The same bytes can be ")
}

// TestTheBoxHidesSecrets, also their bytes.
func TestTheBoxHidesSecrets(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "pop3")
	require.Contains(t, p.paste("sent", "PASS open sesame"), "One frame: pass.")
	require.Equal(t, "password|a secret", p.fields())
	require.NotContains(t, browser.Eval[string](p.Page, `document.querySelector("#box-frames").outerHTML`), "sesame")
}

// TestTheBoxOffersExamples, one after the other, and each is what it is an example of.
func TestTheBoxOffersExamples(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "mqtt")
	seen := map[string]bool{}
	for range 20 {
		p.Do(chromedp.Click(chromedp.CSS("#box-example")))
		require.Contains(t, p.text("#box-taken"), "One frame: ")
		require.NotContains(t, p.text("#box-taken"), "no ")
		seen[p.text("#box-frames h3")] = true
	}
	require.Greater(t, len(seen), 5)
}

// TestTheBoxByKeyboard: its bytes are one stop for Tab, and arrows go through them.
func TestTheBoxByKeyboard(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "acme")
	p.Do(chromedp.SendKeys(chromedp.CSS("#box-text"), "READING 3 21.50 C"))
	browser.Run(p.Page, chromedp.Poll[bool](`document.querySelectorAll("#box-frames tbody tr").length === 3`))
	require.Equal(t, 1, browser.Eval[int](p.Page, `document.querySelectorAll("#box-frames .piece[tabindex='0']").length`))
	browser.Eval[any](p.Page, `document.querySelector("#box-frames .piece").focus()`)
	p.Do(chromedp.KeyEvent(kb.ArrowRight)) // to the right
	require.Contains(t, p.text("#box-frames .says"), "channel = 3")
	require.Equal(t, "polite", browser.Eval[string](p.Page, `document.querySelector("#box-taken").getAttribute("aria-live")`))
}

// TestTheBoxForEverybody: with frames of all kinds in it, it is accessible, fits a phone and
// is not printed.
func TestTheBoxForEverybody(t *testing.T) {
	alone.Skip(t)
	for name, pasted := range map[string]string{
		"acme": "READING 3 21.50 C\nREADING x\nwhat\nNAME \"a\"", "mqtt": "30 05 00 01 61 68 69 20 02", "irc": ":n!u@h PRIVMSG #channel :hi\nPING",
	} {
		t.Run(name, func(t *testing.T) {
			p := openBox(t, name)
			require.Contains(t, p.paste("received", pasted), "frames: ")
			requireRules(t, p.Page, neverChecked, "#try")
			p.Media("", "prefers-color-scheme", "dark")
			requireRules(t, p.Page, neverChecked, "#try")
			p.Size(phoneWidth, phoneHeight)
			requirePhone(t, p.Page)
			p.Media("print")
			require.False(t, browser.Eval[bool](p.Page, `document.querySelector("#try").checkVisibility()`))
		})
	}
}

// TestTheBoxSaysWhichMessageWins: of two events the longer template, whatever was asked.
func TestTheBoxSaysWhichMessageWins(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "russound")
	require.Contains(t, p.paste("received", `N C[1].Z[2].volume="20"`), "One frame: zone_volume.")
	require.Empty(t, p.text("#box-frames .others")+p.text("#box-frames .nearer"))
	require.Equal(t, "At any time: event.", p.text("#box-frames .does"))

	// What a value keeps from being the nearer message says so.
	require.Contains(t, p.paste("received", `N C[1].Z[2].volume="51"`), "One frame: other_notice.")
	require.Equal(t, "Not zone_volume: volume is 51, more than 50. It arrives as other_notice.", p.text("#box-frames .nearer"))
	require.Equal(t, "#messages.zone_volume", browser.Eval[string](p.Page, `document.querySelector("#box-frames .nearer a").getAttribute("href")`))
	require.Contains(t, p.paste("received", `N C[1].Z[2].foo="x"`), "One frame: other_notice.")
	require.Equal(t, "Not zone_text: key: is none of the enum's values (byte 15). It arrives as other_notice.", p.text("#box-frames .nearer"))
	require.Contains(t, p.paste("received", "N C[1].Q"), "One frame: other_notice.")
	require.Empty(t, p.text("#box-frames .nearer"), "no value is wrong where the text differs")
}

// TestTheBoxSaysWhatTheClientDoes with each kind of frame.
func TestTheBoxSaysWhatTheClientDoes(t *testing.T) {
	alone.Skip(t)
	for _, c := range []struct{ vendor, by, text, does, others string }{
		{"nut", "received", "GARBAGE", "Only in answer to ver; where nobody waits for it, the link is ended.", ""},
		{"nut", "received", "OK Goodbye", "Only in answer to logout; where nobody waits for it, the link is ended.", "The same bytes can be server_version, too: which, what was asked tells."},
		// Who asked for the version may be told of an error, and that comes first.
		{"nut", "received", "ERR X", "Only in answer to starttls, username, password, login, logout, ver and 18 more; where nobody waits for it, the link is ended. As an error: ", ""},
		{"nut", "sent", "GET NUMLOGINS ups", "Answered by logins, err; the reply must repeat ups; otherwise the link is ended.", ""},
		{"nut", "sent", "LOGOUT", "Answered by goodbye, err.", ""},
		{"russound", "received", "GARBAGE", "The link is ended.", ""},
		{"smtp", "received", "220 host", "Only as the greeting; where nobody waits for it, it is no message, and the link is ended.", "The same bytes can be ok, accepted, too: "},
		{"smtp", "received", "421 4.0.0 bye", "At any time: the link is ended; answers ehlo, helo, starttls, ", ""},
		{"acme", "received", "what", "It is handed to the program as it is.", ""},
		{"irc", "received", "PING :x", "At any time: the device asks, answered with pong.", ""},
	} {
		p := openBox(t, c.vendor)
		p.paste(c.by, c.text)
		require.Contains(t, p.text("#box-frames .does"), c.does, "%s %s", c.vendor, c.text)
		if c.others == "" {
			require.Empty(t, p.text("#box-frames .others"), "%s %s", c.vendor, c.text)
		}
		require.Contains(t, p.text("#box-frames .others"), c.others, "%s %s", c.vendor, c.text)
	}
}

// TestTheBoxSaysWhatIsMissing at the end of a list that does not end.
func TestTheBoxSaysWhatIsMissing(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "nut")
	require.Contains(t, p.paste("received", "BEGIN LIST CMD dummy\nCMD dummy load.off"), "One frame: an unfinished frame.")
	require.Equal(t, `It has begun and does not end. It is nearest to instant_commands; there, "END LIST CMD dummy" is missing at its end.`, p.text("#box-frames .why"))
	p.paste("received", "BEGIN LIST CMD dummy\nCMD dummy load.off\nEND LIST CMD other")
	require.NotContains(t, p.text("#box-frames .why"), "is missing")
}

// TestTheBoxHasOneWordForAValue, however it is made: what is all that a layout has.
func TestTheBoxHasOneWordForAValue(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "nut")
	p.paste("received", `VAR ups name "value"`)
	require.Equal(t, []string{"ups", "name", "value", "end"}, browser.Eval[[]string](p.Page,
		`[...document.querySelectorAll("#box-frames .piece .n")].map((name) => name.innerText)`))
	require.Equal(t, `ups|"ups", name|"name", value|"value"`, p.fields())
	p.paste("sent", "PASSWORD x")
	require.Contains(t, p.text("#box-frames .why"), "there, password: does not begin with a quote")
	p.paste("sent", `PASSWORD "sesame"`)
	require.Equal(t, "password|a secret", p.fields())
	require.NotContains(t, browser.Eval[string](p.Page, `document.querySelector("#box-frames").outerHTML`), "sesame")
}

// TestTheBoxIsNoLargerThanItHasToBe where nothing was pasted.
func TestTheBoxIsNoLargerThanItHasToBe(t *testing.T) {
	alone.Skip(t)
	p := openBox(t, "acme")
	below := `(() => {
		const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
		return bottom("#box") - bottom("#box-clear");
	})()`
	require.Less(t, browser.Eval[float64](p.Page, below), 32.0)
	p.paste("received", "what")
	require.Greater(t, browser.Eval[float64](p.Page, below), 60.0)
}
