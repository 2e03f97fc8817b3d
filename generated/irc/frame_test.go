package irc_test

import (
	"testing"

	"github.com/linewright/linewright/generated/irc"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/irc.yaml", dynamictest.Generated{
		Plan: irc.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[irc.Welcome], dynamictest.New[irc.Remark], dynamictest.New[irc.Supported], dynamictest.New[irc.Pong],
			dynamictest.New[irc.ServerPing], dynamictest.New[irc.Closing], dynamictest.New[irc.Denied], dynamictest.New[irc.Privmsg],
			dynamictest.New[irc.Notice], dynamictest.New[irc.Joined], dynamictest.New[irc.Parted], dynamictest.New[irc.HasQuit],
			dynamictest.New[irc.Kicked], dynamictest.New[irc.Renamed], dynamictest.New[irc.TopicChanged],
			dynamictest.New[irc.ModesChanged], dynamictest.New[irc.Invited], dynamictest.New[irc.Wallops], dynamictest.New[irc.Names],
			dynamictest.New[irc.NamesEnd], dynamictest.New[irc.Topic], dynamictest.New[irc.TopicAuthor], dynamictest.New[irc.Channel],
			dynamictest.New[irc.ListEnd], dynamictest.New[irc.ChannelModes], dynamictest.New[irc.ChannelCreated],
			dynamictest.New[irc.UserModes], dynamictest.New[irc.Mask], dynamictest.New[irc.Who],
			dynamictest.New[irc.WhoEnd], dynamictest.New[irc.WhoisUser], dynamictest.New[irc.WhoisServer], dynamictest.New[irc.WhoisIdle],
			dynamictest.New[irc.WhoisChannels], dynamictest.New[irc.WhoisFact], dynamictest.New[irc.WhoisAccount],
			dynamictest.New[irc.WhowasUser], dynamictest.New[irc.Away], dynamictest.New[irc.Inviting], dynamictest.New[irc.AwayState],
			dynamictest.New[irc.On], dynamictest.New[irc.UserHosts], dynamictest.New[irc.Motd], dynamictest.New[irc.MotdEnd],
			dynamictest.New[irc.Users], dynamictest.New[irc.Counted], dynamictest.New[irc.Peak], dynamictest.New[irc.ServerVersion],
			dynamictest.New[irc.ServerTime], dynamictest.New[irc.AdminFact], dynamictest.New[irc.Info], dynamictest.New[irc.InfoEnd],
			dynamictest.New[irc.Link], dynamictest.New[irc.LinksEnd], dynamictest.New[irc.CommandStats], dynamictest.New[irc.Uptime],
			dynamictest.New[irc.LinkStats], dynamictest.New[irc.StatsEnd], dynamictest.New[irc.IsOperator],
			dynamictest.New[irc.NoSuchNick], dynamictest.New[irc.NoSuchServer], dynamictest.New[irc.ChannelError],
			dynamictest.New[irc.MembershipError], dynamictest.New[irc.NickError], dynamictest.New[irc.CommandError],
			dynamictest.New[irc.ModeError], dynamictest.New[irc.Failure],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[irc.PassRequest], dynamictest.New[irc.UserRequest], dynamictest.New[irc.RegisterRequest],
			dynamictest.New[irc.QuitRequest], dynamictest.New[irc.PingRequest], dynamictest.New[irc.PongRequest],
			dynamictest.New[irc.JoinRequest], dynamictest.New[irc.PartRequest], dynamictest.New[irc.PrivmsgRequest],
			dynamictest.New[irc.NoticeRequest], dynamictest.New[irc.TopicRequest], dynamictest.New[irc.SetTopicRequest],
			dynamictest.New[irc.NamesRequest], dynamictest.New[irc.ListRequest], dynamictest.New[irc.WhoRequest],
			dynamictest.New[irc.WhoisRequest], dynamictest.New[irc.WhowasRequest], dynamictest.New[irc.KickRequest],
			dynamictest.New[irc.InviteRequest], dynamictest.New[irc.ModesRequest], dynamictest.New[irc.SetModesRequest], dynamictest.New[irc.ClearModesRequest],
			dynamictest.New[irc.MasksRequest], dynamictest.New[irc.NickRequest], dynamictest.New[irc.AwayRequest],
			dynamictest.New[irc.IsonRequest], dynamictest.New[irc.UserhostRequest], dynamictest.New[irc.MotdRequest],
			dynamictest.New[irc.LusersRequest], dynamictest.New[irc.VersionRequest], dynamictest.New[irc.TimeRequest],
			dynamictest.New[irc.AdminRequest], dynamictest.New[irc.InfoRequest], dynamictest.New[irc.LinksRequest],
			dynamictest.New[irc.CountStatsRequest], dynamictest.New[irc.OperRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		":a PONG a :1", "PING :a b", "ERROR :Closing Link: x", "ERROR :Access denied: ", ":a!b@c PRIVMSG #c ::)", ":a!b PRIVMSG c :x", ":a PART #c", ":a!b@c QUIT",
		":a 353 b = #c :", ":a 353 b = #c :@x  y ", ":a 302 b :", ":a 302 b :x*=-~y@z ", ":a 367 b #c x y 1", ":a 005 b X=1 :are :supported", ":a 211 b x 0 1 2 3 4 :5",
		"JOIN #c k\r\nPING :1", "PART #c :\r\nPING :1", "MODE #c b", "ISON a b", "AWAY", "AWAY :", "WHOWAS a 1\r\nPING :1", "MODE #c +o  a\r\nPING :1", "JOIN :c\r\nPING :1",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
