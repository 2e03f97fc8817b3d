package irc_test

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/irc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// none is an argument that is not given.
var none irc.Optional[string]

func TestLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{password: "s3cret"})
	al := who("al")
	al.Password = "s3cret"
	c := s.dial(al)
	modes, err := c.Modes(lab.Within(t, 20*time.Second), "al")
	require.NoError(t, err)
	require.Len(t, modes, 1, "that is our nick")

	for name, password := range map[string]string{"a wrong password": "guess", "none": ""} {
		bo := who("bo")
		bo.Password = password
		_, err := irc.Dial(lab.Within(t, 20*time.Second), s.address, bo)
		require.ErrorIs(t, err, irc.ErrRefused, name)
		require.ErrorContains(t, err, "denied", name)
	}
	for _, nick := range []string{"al\r\nQUIT", "al bo", "#a,b", ":al", ""} {
		_, err := irc.Dial(lab.Within(t, 20*time.Second), s.address, who(nick))
		require.ErrorContains(t, err, "nick", "nothing is sent of %q", nick)
	}
	bad := who("1al")
	bad.Password = "s3cret"
	_, err = irc.Dial(lab.Within(t, 20*time.Second), s.address, bad)
	require.ErrorIs(t, err, irc.ErrRefused, "a nick that cannot be one")
}

// TestNickInUse: a nick that is in use is asked for again, on the same connection;
// in a session, that it is comes back.
func TestNickInUse(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	first := s.dial(who("al"))
	said := make(chan struct{}, 10)
	refused := irc.WithObserver(irc.Observer{Received: func(message string, _ int) {
		if message == "nick_error" {
			said <- struct{}{}
		}
	}})
	second, err := irc.New(s.address, who("al"), refused)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() { defer close(done); _ = second.Run(t.Context()) }()
	t.Cleanup(func() { _ = second.Close(); <-done })
	<-said
	require.NoError(t, first.Nick(lab.Within(t, 20*time.Second), "bo"))
	lab.AwaitReady(t, second.States, 0)
	require.EqualValues(t, 1, second.Stats().Links, "it was a step that was done again")

	var inUse *irc.NickError
	require.ErrorAs(t, second.Nick(lab.Within(t, 20*time.Second), "bo"), &inUse)
	require.Equal(t, irc.NickReasonInUse, inUse.Reason)
	require.True(t, inUse.Temporary())
}

// TestConversation: what one does is an event for the other.
func TestConversation(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	ctx := lab.Within(t, 20*time.Second)
	al, bo := s.dial(who("al")), s.dial(who("bo"))
	heard := events(t, al)
	there, err := al.Join(ctx, "#c", none)
	require.NoError(t, err)
	require.Equal(t, []irc.JoinItem{&irc.Names{Visibility: irc.VisibilityPublic, Channel: "#c", Nicks: []string{"@al"}}}, there)
	require.Equal(t, "al", next[*irc.Joined](t, heard).From.Name)
	again, err := al.Join(ctx, "#c", none)
	require.NoError(t, err, "the server says nothing, but that it is done")
	require.Empty(t, again)

	require.NoError(t, al.SetTopic(ctx, "#c", "Tests: and more"))
	require.Equal(t, "Tests: and more", next[*irc.TopicChanged](t, heard).Text)
	there, err = bo.Join(ctx, "#c", none)
	require.NoError(t, err)
	require.Len(t, there, 3)
	require.Equal(t, &irc.Topic{Channel: "#c", Text: "Tests: and more"}, there[0])
	require.IsType(t, &irc.TopicAuthor{}, there[1])
	require.ElementsMatch(t, []string{"bo", "@al"}, there[2].(*irc.Names).Nicks)
	from := next[*irc.Joined](t, heard).From
	require.Equal(t, irc.Source{Name: "bo", User: irc.Some("~bo"), Host: irc.Some("127.0.0.1")}, from)

	for _, text := range []string{"hi there", ":)", " two  blanks", "PING :1", "é", "\x01ACTION waves\x01"} {
		away, err := bo.Privmsg(ctx, "#c", text)
		require.NoError(t, err)
		require.Empty(t, away)
		m := next[*irc.Privmsg](t, heard)
		require.Equal(t, irc.Privmsg{From: from, Target: "#c", Text: text}, *m)
	}
	require.NoError(t, bo.Notice(ctx, "al", "psst"))
	require.Equal(t, irc.Notice{From: from, Target: "al", Text: "psst"}, *next[*irc.Notice](t, heard))

	require.NoError(t, bo.Nick(ctx, "bob"))
	require.Equal(t, irc.Renamed{From: from, Nick: "bob"}, *next[*irc.Renamed](t, heard))
	from.Name = "bob"
	require.NoError(t, bo.Part(ctx, "#c", irc.Some("later")))
	require.Equal(t, irc.Parted{From: from, Channel: "#c", Text: irc.Some("later")}, *next[*irc.Parted](t, heard))
	_, err = bo.Join(ctx, "#c", none)
	require.NoError(t, err)
	require.NoError(t, bo.Shutdown(ctx))
	gone := next[*irc.HasQuit](t, heard)
	require.Equal(t, from, gone.From)
}

// TestChannelOperator: modes, invitations and kicks.
func TestChannelOperator(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	ctx := lab.Within(t, 20*time.Second)
	al, bo := s.dial(who("al")), s.dial(who("bo"))
	heard := events(t, bo)
	_, err := al.Join(ctx, "#c", none)
	require.NoError(t, err)
	for _, changes := range []string{"k key", "k key", "ib x!*@*", "e y!*@*", "I z!*@*"} {
		require.NoError(t, al.SetModes(ctx, "#c", changes), "where nothing changes, nothing is said")
	}
	for list, want := range map[irc.MaskList]irc.Mask{
		irc.MaskListBans:        {List: irc.MaskNumberBans, Mask: "x!*@*"},
		irc.MaskListExceptions:  {List: irc.MaskNumberExceptions, Mask: "y!*@*"},
		irc.MaskListInvitations: {List: irc.MaskNumberInvitations, Mask: "z!*@*"},
	} {
		masks, err := al.Masks(ctx, "#c", list)
		require.NoError(t, err)
		require.Len(t, masks, 1)
		require.Equal(t, irc.Some("al"), masks[0].Nick)
		require.True(t, masks[0].Time.Set)
		want.Channel, want.Nick, want.Time = "#c", masks[0].Nick, masks[0].Time
		require.Equal(t, want, masks[0])
	}
	modes, err := al.Modes(ctx, "#c")
	require.NoError(t, err)
	require.Len(t, modes, 2)
	require.Equal(t, &irc.ChannelModes{Channel: "#c", Modes: "+ki key"}, modes[0])
	require.NotZero(t, modes[1].(*irc.ChannelCreated).Time)
	require.NoError(t, al.ClearModes(ctx, "#c", "b x!*@*"))
	banned, err := al.Masks(ctx, "#c", irc.MaskListBans)
	require.NoError(t, err)
	require.Empty(t, banned)
	require.NoError(t, al.SetModes(ctx, "al", "i"))
	modes, err = al.Modes(ctx, "al")
	require.NoError(t, err)
	require.Equal(t, []irc.ModesItem{&irc.UserModes{Modes: "+i"}}, modes)

	invited, err := al.Invite(ctx, "bo", "#c")
	require.NoError(t, err)
	require.Equal(t, []irc.InviteItem{&irc.Inviting{Nick: "bo", Channel: "#c"}}, invited)
	require.Equal(t, "#c", next[*irc.Invited](t, heard).Channel)
	_, err = bo.Join(ctx, "#c", irc.Some("key"))
	require.NoError(t, err)
	require.NoError(t, al.SetModes(ctx, "#c", "v bo"))
	change := next[*irc.ModesChanged](t, heard)
	require.Equal(t, "#c", change.Target)
	require.Equal(t, "+v bo", change.Changes)
	require.NoError(t, al.Kick(ctx, "#c", "bo", irc.Some("enough")))
	kicked := next[*irc.Kicked](t, heard)
	require.Equal(t, "bo", kicked.Nick)
	require.Equal(t, irc.Some("enough"), kicked.Text)
}

// TestErrors: several statuses of one command, and what each command may not.
func TestErrors(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	ctx := lab.Within(t, 20*time.Second)
	al, bo := s.dial(who("al")), s.dial(who("bo"))
	for _, channel := range []string{"#key", "#full", "#banned"} {
		_, err := al.Join(ctx, channel, none)
		require.NoError(t, err)
	}
	require.NoError(t, al.SetModes(ctx, "#key", "k key"))
	require.NoError(t, al.SetModes(ctx, "#full", "l 1"))
	require.NoError(t, al.SetModes(ctx, "#banned", "bm bo!*@*"))
	channel := func(want irc.ChannelReason, name string, err error) {
		t.Helper()
		var e *irc.ChannelError
		require.ErrorAs(t, err, &e)
		require.Equal(t, want, e.Reason)
		require.Equal(t, name, e.Channel)
		require.Equal(t, want == irc.ChannelReasonFull, e.Temporary())
	}
	_, err := bo.Join(ctx, "#key", irc.Some("guess"))
	channel(irc.ChannelReasonBadKey, "#key", err)
	_, err = bo.Join(ctx, "#full", none)
	channel(irc.ChannelReasonFull, "#full", err)
	_, err = bo.Join(ctx, "#banned", none)
	channel(irc.ChannelReasonBanned, "#banned", err)
	_, err = bo.Join(ctx, "nowhere", none)
	channel(irc.ChannelReasonNoSuchChannel, "nowhere", err)
	_, err = al.Join(ctx, "#fourth", none)
	channel(irc.ChannelReasonTooManyChannels, "#fourth", err)
	channel(irc.ChannelReasonNotOnChannel, "#key", bo.Part(ctx, "#key", none))
	channel(irc.ChannelReasonNoSuchChannel, "#nowhere", bo.Kick(ctx, "#nowhere", "al", none))
	channel(irc.ChannelReasonNotOnChannel, "#key", bo.SetTopic(ctx, "#key", "mine"))
	_, err = bo.Topic(ctx, "#nowhere")
	channel(irc.ChannelReasonNoSuchChannel, "#nowhere", err)
	_, err = bo.Privmsg(ctx, "#banned", "hi")
	channel(irc.ChannelReasonCannotSend, "#banned", err)

	var nobody *irc.NoSuchNick
	_, err = al.Privmsg(ctx, "nobody", "hi")
	require.ErrorAs(t, err, &nobody)
	_, err = al.Whois(ctx, "nobody")
	require.ErrorAs(t, err, &nobody)
	require.Equal(t, "nobody", nobody.Name)
	_, err = al.Whowas(ctx, "nobody", irc.Optional[uint16]{})
	require.ErrorAs(t, err, &nobody)
	require.Equal(t, irc.NameReasonWasNot, nobody.Reason)
	var member *irc.MembershipError
	require.ErrorAs(t, al.Kick(ctx, "#key", "bo", none), &member)
	require.Equal(t, irc.MembershipReasonNotThere, member.Reason)
	var failure *irc.Failure
	require.ErrorAs(t, al.SetModes(ctx, "bo", "i"), &failure)
	require.Equal(t, irc.ReasonUsersDoNotMatch, failure.Reason)
	var mode *irc.ModeError
	require.ErrorAs(t, al.SetModes(ctx, "#key", "y"), &mode)
	require.Equal(t, "y", mode.Mode)
	require.ErrorAs(t, al.Oper(ctx, "boss", "guess"), &failure)
	require.Equal(t, irc.ReasonWrongPassword, failure.Reason)
	require.EqualValues(t, 1, al.Stats().Links, "no error ends the connection")
	require.EqualValues(t, 1, bo.Stats().Links)
}

// TestHeartbeat: the server answers each with its token.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	beats := make(lab.Heartbeats, 100)
	c := s.quick(200*time.Millisecond, 200*time.Millisecond, beats.Option())
	lab.AwaitReady(t, c.States, 0)
	beats.Await(t, 3)
	require.EqualValues(t, 1, c.Stats().Links, "no reconnect")
	require.True(t, c.State().Up())
}

// TestServerPings: a server may let in only those who answer its PING with the
// token that it had.
func TestServerPings(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{authPing: true})
	pings := make(lab.Heartbeats, 10)
	c := s.dial(who("al"), pings.Received("server_ping"))
	pings.Await(t, 1)
	require.EqualValues(t, 1, c.Stats().Links)
	_, err := c.Time(lab.Within(t, 20*time.Second))
	require.NoError(t, err)

	other, err := net.Dial("tcp", s.address)
	require.NoError(t, err)
	defer other.Close()
	require.NoError(t, other.SetDeadline(time.Now().Add(20*time.Second)))
	_, err = io.WriteString(other, "USER bo 0 * :bo\r\nNICK bo\r\nPONG :guess\r\n")
	require.NoError(t, err)
	lines := bufio.NewScanner(other)
	var heard []string
	for len(heard) < 2 && lines.Scan() {
		heard = append(heard, lines.Text())
	}
	require.Contains(t, strings.Join(heard, "\n"), ":To connect, ", "another token does not do")
}

// TestRestart: channels are joined again, and the away message given, before
// anything else is sent; what was parted is not.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	c := s.dial(who("al"))
	ctx := lab.Within(t, 60*time.Second)
	for _, channel := range []string{"#stays", "#goes", "#again"} {
		_, err := c.Join(ctx, channel, none)
		require.NoError(t, err)
	}
	require.NoError(t, c.Part(ctx, "#goes", none))
	_, err := c.Away(ctx, irc.Some("lunch"))
	require.NoError(t, err)
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	lost := lab.AwaitLoss(t, c.States, link)
	require.Error(t, lost.Err)
	s.start()
	lab.AwaitReady(t, c.States, link)

	found, err := c.Whois(ctx, "al")
	require.NoError(t, err)
	require.Contains(t, found, irc.WhoisItem(&irc.Away{Nick: "al", Text: "lunch"}))
	var channels []string
	for _, item := range found {
		if on, ok := item.(*irc.WhoisChannels); ok {
			channels = append(channels, on.Channels...)
		}
	}
	require.ElementsMatch(t, []string{"@#stays", "@#again"}, channels)
}
