package generator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExported(t *testing.T) {
	for _, tt := range []struct{ spec, want string }{
		{"read", "Read"},
		{"heartbeat_ack", "HeartbeatAck"},
		{"user_id", "UserID"},
		{"id", "ID"},
		{"url_of_api", "URLOfAPI"},
		{"utf8", "UTF8"},
		{"ok", "OK"},
		{"dynamic_eq", "DynamicEQ"},
		{"lfe", "LFE"},
		{"hdmi_1", "HDMI1"},
		{"default_ttl", "DefaultTTL"},
		{"identity", "Identity"},
		{"a_1", "A1"},
		{"ServerInfo", "ServerInfo"},
		{"über", "Über"},
		{"_x__y_", "XY"},
		{"", ""},
	} {
		require.Equal(t, tt.want, exported(tt.spec), tt.spec)
	}
}

func TestUnexported(t *testing.T) {
	for _, tt := range []struct{ exported, want string }{
		{"Channel", "channel"},
		{"ID", "id"},
		{"UserID", "userID"},
		{"URLOfAPI", "urlOfAPI"},
		{"HTTPPort", "httpPort"},
		{"A1", "a1"},
		{"", ""},
	} {
		require.Equal(t, tt.want, unexported(tt.exported), tt.exported)
	}
}
