package redis_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/generated/redis/redistest"
)

// TestReplyThatIsNone: whatever a server says instead of a value ends the link
// at once, and the command's fate is unknown.
func TestReplyThatIsNone(t *testing.T) {
	for name, reply := range map[string]string{
		"a length of 2^63":          "$9223372036854775808\r\n",
		"a length of 2^63-1":        "$9223372036854775807\r\n",
		"a negative length":         "$-2\r\n",
		"a length above the limit":  "$67108865\r\n",
		"a length that is no one":   "$five\r\nhello\r\n",
		"a body that is too long":   "$4\r\nhello\r\n",
		"a reply of another kind":   "+OK\r\n",
		"a number that is too long": ":99999999999999999999\r\n",
		"nothing like it":           "\x00\x00\r\n",
	} {
		synctest.Test(t, func(t *testing.T) {
			server := redistest.New()
			defer server.Close()
			server.HandleGet(func(r *redistest.GetRequest) { r.Link().Garbage([]byte(reply)) })
			c, err := server.Dial(t.Context(), redis.Params{})
			require.NoError(t, err)
			defer c.Close()
			_, _, err = c.Get(t.Context(), []byte("k"))
			require.Error(t, err, name) // once repeated: GET is idempotent
			var e *redis.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, redis.Unknown, e.Fate, name)
			require.ErrorIs(t, err, redis.ErrProtocol, name)
			require.Len(t, server.ReceivedGet(), 2, name)
		})
	}
}
