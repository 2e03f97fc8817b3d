package irc_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/irc"
)

// TestUsers: what one hears of others.
func TestUsers(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	ctx := lab.Within(t, 20*time.Second)
	al, bo := s.dial(who("al")), s.dial(who("bo"))
	_, err := bo.Join(ctx, "#c", none)
	require.NoError(t, err)
	state, err := bo.Away(ctx, irc.Some("lunch"))
	require.NoError(t, err)
	require.Equal(t, irc.AwayNumberAway, state.State)

	away, err := al.Privmsg(ctx, "bo", "hi")
	require.NoError(t, err)
	require.Equal(t, []irc.Away{{Nick: "bo", Text: "lunch"}}, away)
	found, err := al.Whois(ctx, "bo")
	require.NoError(t, err)
	require.Contains(t, found, irc.WhoisItem(&irc.WhoisUser{Nick: "bo", User: "~bo", Host: "127.0.0.1", RealName: "bo of the tests"}))
	require.Contains(t, found, irc.WhoisItem(&irc.WhoisServer{Nick: "bo", Server: "irc.example.test", Text: "A server of tests"}))
	require.Contains(t, found, irc.WhoisItem(&irc.WhoisChannels{Nick: "bo", Channels: []string{"@#c"}}))
	require.Contains(t, found, irc.WhoisItem(&irc.Away{Nick: "bo", Text: "lunch"}))
	require.True(t, slices.ContainsFunc(found, func(i irc.WhoisItem) bool { idle, ok := i.(*irc.WhoisIdle); return ok && idle.Since > 0 }))
	state, err = bo.Away(ctx, none)
	require.NoError(t, err)
	require.Equal(t, irc.AwayNumberBack, state.State)

	users, err := al.Who(ctx, "#c")
	require.NoError(t, err)
	require.Equal(t, []irc.Who{{Channel: "#c", User: "~bo", Host: "127.0.0.1", Server: "irc.example.test", Nick: "bo", Flags: "H@", RealName: "bo of the tests"}}, users)
	names, err := al.Names(ctx, "#c")
	require.NoError(t, err)
	require.Equal(t, []string{"@bo"}, names[0].Nicks)
	names, err = al.Names(ctx, "#nowhere")
	require.NoError(t, err)
	require.Empty(t, names)
	on, err := al.Ison(ctx, []string{"al", "nobody", "bo"})
	require.NoError(t, err)
	require.Equal(t, []string{"al", "bo"}, on.Nicks)
	on, err = al.Ison(ctx, []string{"nobody"})
	require.NoError(t, err)
	require.Empty(t, on.Nicks)
	hosts, err := al.Userhost(ctx, []string{"bo", "nobody"})
	require.NoError(t, err)
	require.Equal(t, []irc.UserHost{{Nick: "bo", Here: true, User: "~bo", Host: "127.0.0.1"}}, hosts.Users)
}

// TestServer: what a server says of itself and its channels.
func TestServer(t *testing.T) {
	t.Parallel()
	s := startServer(t, settings{})
	ctx := lab.Within(t, 20*time.Second)
	c := s.dial(who("al"))
	heard := events(t, c)
	_, err := c.Join(ctx, "#c", none)
	require.NoError(t, err)
	topic, err := c.Topic(ctx, "#c")
	require.NoError(t, err)
	require.Empty(t, topic, "it has none")
	require.NoError(t, c.SetTopic(ctx, "#c", "x"))
	topic, err = c.Topic(ctx, "#c")
	require.NoError(t, err)
	require.Equal(t, &irc.Topic{Channel: "#c", Text: "x"}, topic[0])
	channels, err := c.List(ctx, none)
	require.NoError(t, err)
	require.Contains(t, channels, irc.Channel{Channel: "#c", Users: 1, Topic: "x"})
	channels, err = c.List(ctx, irc.Some("#nowhere"))
	require.NoError(t, err)
	require.Empty(t, channels)

	motd, err := c.Motd(ctx)
	require.NoError(t, err)
	require.Equal(t, []irc.Motd{{Text: "- Hello world"}}, motd)
	users, err := c.Lusers(ctx)
	require.NoError(t, err)
	require.Contains(t, users, irc.LusersItem(&irc.Counted{Of: irc.CountedNumberChannels, Count: 2, Text: "channels formed"}))
	require.Contains(t, users, irc.LusersItem(&irc.Users{About: irc.UsersNumberHere, Text: "I have 1 users, 0 services and 0 servers"}))
	version, err := c.Version(ctx)
	require.NoError(t, err)
	require.Contains(t, version.Version, "ngIRCd")
	require.Contains(t, next[*irc.Supported](t, heard).Tokens, "CHANTYPES=")
	now, err := c.Time(ctx)
	require.NoError(t, err)
	require.Equal(t, "irc.example.test", now.Server)
	admin, err := c.Admin(ctx)
	require.NoError(t, err)
	require.Equal(t, []irc.AdminFact{
		{Fact: irc.AdminNumberLocation, Text: "Test lab"},
		{Fact: irc.AdminNumberDetail, Text: "Nowhere"},
		{Fact: irc.AdminNumberEmail, Text: "admin@example.test"},
	}, admin)
	info, err := c.Info(ctx)
	require.NoError(t, err)
	require.Contains(t, info[0].Text, "ngIRCd")
	links, err := c.Links(ctx)
	require.NoError(t, err)
	require.Equal(t, []irc.Link{{Server: "irc.example.test", Via: "irc.example.test", Text: "A server of tests"}}, links)
	for query, want := range map[irc.StatsQuery]irc.CountStatsItem{
		irc.StatsQueryCommands: &irc.CommandStats{}, irc.StatsQueryUptime: &irc.Uptime{}, irc.StatsQueryLinks: &irc.LinkStats{},
	} {
		stats, err := c.CountStats(ctx, query)
		require.NoError(t, err)
		require.NotEmpty(t, stats)
		require.IsType(t, want, stats[0])
	}
	require.NoError(t, c.Oper(ctx, "boss", "god"))
	require.Equal(t, "+o", next[*irc.ModesChanged](t, heard).Changes)
}
