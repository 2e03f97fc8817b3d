package page_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// said is the text of all elements of a page whose class or tag it is, as one reads it.
func said(t testing.TB, data []byte, is func(element) bool) (all []string) {
	t.Helper()
	for _, e := range elements(t, data) {
		if is(e) {
			all = append(all, strings.ReplaceAll(e.text(), "\u00a0", " "))
		}
	}
	return all
}

// bands are the parts of a session by their names.
func bands(t testing.TB, data []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, e := range elements(t, data) {
		if !strings.HasPrefix(e.attrs["class"], "band") || e.Data != "li" {
			continue
		}
		text := strings.ReplaceAll(e.text(), "\u00a0", " ")
		for _, name := range []string{"Connect", "Greeting", "Login", "Getting ready", "Ready", "Lost", "Closing", "One command"} {
			if strings.HasPrefix(text, name) {
				all[name] = text
			}
		}
	}
	return all
}

// cardOf is the text of a message, a command or a type.
func cardOf(t testing.TB, data []byte, id string) string {
	t.Helper()
	found := said(t, data, func(e element) bool { return e.attrs["id"] == id })
	require.Len(t, found, 1, id)
	return found[0]
}

// TestWhatEndsALink, and what stops a client, as package session has it: see
// stepDone, unasked and finishReply there.
func TestWhatEndsALink(t *testing.T) {
	nut := bands(t, vendor(t, "nut"))
	require.Contains(t, nut["Login"], "stops the client for good: an error in answer, but for err with code DATA-STALE, DRIVER-NOT-CONNECTED; a certificate that is not accepted")
	require.Contains(t, nut["Login"], "ends the link, and the client dials again: err with code DATA-STALE, DRIVER-NOT-CONNECTED; no answer in time")
	require.Contains(t, nut["Ready"], "a message that the document does not know; a reply that nobody waits for; a reply that is not there in time; a reply that does not repeat what was asked for")
	require.Contains(t, nut["Ready"], "stops the client for good: err with code ACCESS-DENIED")
	russound := bands(t, vendor(t, "russound"))
	require.Contains(t, russound["Getting ready"], "ends the link, and the client dials again: an error in answer, whatever it says")
	require.NotContains(t, strings.Join([]string{russound["Getting ready"], russound["Ready"], russound["Lost"]}, " "), "stop", "nothing refuses a client")
	acme := bands(t, vendor(t, "acme"))
	require.NotContains(t, acme["Ready"], "a message that the document does not know", "it is an event")
	require.Contains(t, acme["Login"], "but for fault with code 7 (busy)")
	waits := strings.Replace(string(documents(t)["acme"]), "refused: stop", "refused: 1m", 1)
	if waits == string(documents(t)["acme"]) {
		waits = strings.Replace(waits, "reconnect: {", "reconnect: {refused: 1m, ", 1)
	}
	later := bands(t, render(t, []byte(waits), nil))
	require.Contains(t, later["Login"], "makes the client wait for up to 1 min before it dials again: an error in answer")
	require.Contains(t, later["Lost"], "a client that is refused (see above) waits for up to 1 min")
}

// TestWhatAnErrorMeans depends on what it answers.
func TestWhatAnErrorMeans(t *testing.T) {
	err := cardOf(t, vendor(t, "nut"), "messages.err")
	require.Contains(t, err, "in answer to a command, code ACCESS-DENIED, INVALID-USERNAME, INVALID-PASSWORD, USERNAME-REQUIRED, PASSWORD-REQUIREDthe command has failed, and its caller is told; the link goes on")
	require.Contains(t, err, "in loginany but err with code DATA-STALE, DRIVER-NOT-CONNECTED stops the client for good")
	require.Contains(t, cardOf(t, vendor(t, "russound"), "messages.refusal"), "getting readyany ends the link, and the client dials again")
}

// TestHowALinkIsClosed: the goodbye is no part of what begins anew.
func TestHowALinkIsClosed(t *testing.T) {
	closing := bands(t, vendor(t, "nut"))["Closing"]
	require.Contains(t, closing, "when the program closes the client")
	require.Contains(t, closing, "to nut: logout LOGOUT")
	require.Contains(t, closing, "nothing begins anew")
	require.NotContains(t, bands(t, vendor(t, "russound"))["Closing"], "to russound:", "it has no logout")
}

// TestWhatAReplyRepeats, and what becomes of one that does not.
func TestWhatAReplyRepeats(t *testing.T) {
	require.Contains(t, cardOf(t, vendor(t, "nut"), "commands.get_numlogins"), "the reply must repeatups; otherwise the link is ended")
	require.NotContains(t, cardOf(t, vendor(t, "nut"), "commands.ver"), "must repeat")
	require.Contains(t, cardOf(t, vendor(t, "acme"), "commands.read"), "the reply must repeatchannel; otherwise it is an event, and the command goes on waiting")
	rows := said(t, vendor(t, "nut"), func(e element) bool { return e.Data == "td" && e.attrs["data-label"] == "replies" })
	require.Contains(t, rows, "logins must repeat ups")
}

// TestWhoComesBack does more than connect.
func TestWhoComesBack(t *testing.T) {
	text := strings.Join(said(t, vendor(t, "russound"), func(e element) bool { return e.attrs["class"] == "answer" }), " ")
	require.Contains(t, text, "each that comes back connects (TCP) and sends get_version and again each watch that is in force")
	require.Contains(t, text, "each client comes back after 500 ms to 1 s")
	require.Contains(t, text, "about 0.9 a second are refused on average")
	require.Contains(t, strings.Join(said(t, vendor(t, "nut"), func(e element) bool { return e.attrs["class"] == "answer" }), " "), "connects (TCP, TLS if the caller asks for TLS) and sends starttls username password login")
}

// TestWordsAreExplained that a page uses.
func TestWordsAreExplained(t *testing.T) {
	terms := said(t, vendor(t, "acme"), func(e element) bool { return e.Data == "dt" })
	for _, word := range []string{"frame", "event", "in flight", "not sent", "refused", "unknown fate"} {
		require.Contains(t, terms, word)
	}
	require.Contains(t, strings.Join(said(t, vendor(t, "acme"), func(e element) bool { return e.attrs["id"] == "settings" }), ""), "of the YAML")
}

// TestEverySettingIsExplained, in words of the language's reference.
func TestEverySettingIsExplained(t *testing.T) {
	for _, name := range []string{"acme", "russound", "modbus", "qmp", "irc"} {
		for _, e := range elements(t, vendor(t, name)) {
			if e.attrs["data-label"] == "what it says" {
				require.NotEmpty(t, e.text(), name)
			}
		}
	}
	said := said(t, vendor(t, "russound"), func(e element) bool { return e.attrs["id"] == "stream.write" })
	require.Equal(t, []string{"stream.writebatchframes that wait are written togetherdefault"}, said)
}
