package memcached_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/memcached"
)

// flags are the flags of a request, and what a reply returned.
func flags(list ...string) memcached.Optional[[]string] { return memcached.Some(list) }

func TestMetaGet(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Set(ctx, "k", 7, 0, []byte("a\r\nbc")))
	_, found, err := c.MetaGet(ctx, "none", flags("v", "k"))
	require.NoError(t, err)
	require.False(t, found)
	for _, test := range []struct {
		key   string
		flags memcached.Optional[[]string]
		want  memcached.MetaGetReply
	}{
		{"k", memcached.Optional[[]string]{}, &memcached.MetaDone{}},
		{"k", flags("t", "f", "Oabc"), &memcached.MetaDone{Returned: flags("t-1", "f7", "Oabc")}},
		{"k", flags("v", "h"), &memcached.MetaValue{Returned: flags("h1"), Data: []byte("a\r\nbc")}},
		{"new", flags("N30", "v"), &memcached.MetaValue{Returned: flags("W"), Data: []byte{}}},
		{"new", flags("N30", "v"), &memcached.MetaValue{Returned: flags("Z"), Data: []byte{}}},
	} {
		reply, found, err := c.MetaGet(ctx, test.key, test.flags)
		require.NoError(t, err)
		require.True(t, found)
		require.Equal(t, test.want, reply)
	}

	_, _, err = c.MetaGet(ctx, "k", flags("v", "q"))
	require.ErrorContains(t, err, "flags")
	var e *memcached.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, memcached.NotSent, e.Fate, "the server would say nothing")
}

func TestMetaSetAndDelete(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for _, test := range []struct {
		data  string
		flags memcached.Optional[[]string]
		want  memcached.MetaSetReply
	}{
		{"x", flags("C1", "k"), &memcached.MetaNotFound{Returned: flags("kk")}},
		{"x", flags("MR", "k"), &memcached.MetaNotStored{Returned: flags("kk")}},
		{"b", flags("F5", "T100", "k"), &memcached.MetaDone{Returned: flags("kk")}},
		{"x", flags("C999", "k"), &memcached.MetaExists{Returned: flags("kk")}},
		{"\r\n", flags("MA"), &memcached.MetaDone{}},
		{"a", flags("MP"), &memcached.MetaDone{}},
	} {
		reply, err := c.MetaSet(ctx, "k", test.flags, []byte(test.data))
		require.NoError(t, err)
		require.Equal(t, test.want, reply)
	}
	value, _, err := c.Get(ctx, "k")
	require.NoError(t, err)
	require.Equal(t, "ab\r\n", string(value.Data))
	require.EqualValues(t, 5, value.Flags)

	remove := func(want memcached.MetaDeleteReply, with ...string) {
		t.Helper()
		reply, err := c.MetaDelete(ctx, "k", flags(with...))
		require.NoError(t, err)
		require.Equal(t, want, reply)
	}
	remove(&memcached.MetaExists{}, "C999")
	remove(&memcached.MetaDone{Returned: flags("kk")}, "I", "k")
	reply, _, err := c.MetaGet(ctx, "k", flags("f"))
	require.NoError(t, err)
	require.Contains(t, reply.(*memcached.MetaDone).Returned.Value, "X", "it is stale")
	remove(&memcached.MetaDone{Returned: flags("kk")}, "k")
	remove(&memcached.MetaNotFound{Returned: flags("kk")}, "k")
}

func TestMetaArithmetic(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for _, test := range []struct {
		flags memcached.Optional[[]string]
		want  memcached.MetaArithmeticReply
	}{
		{flags("v"), &memcached.MetaNotFound{}},
		{flags("v", "N0", "J13"), &memcached.MetaValue{Data: []byte("13")}},
		{flags("v"), &memcached.MetaValue{Data: []byte("14")}},
		{flags("MD", "D10", "v", "k"), &memcached.MetaValue{Returned: flags("kn"), Data: []byte("4")}},
		{flags("MD"), &memcached.MetaDone{}},
		{flags("C999"), &memcached.MetaExists{}},
	} {
		reply, err := c.MetaArithmetic(ctx, "n", test.flags)
		require.NoError(t, err)
		require.Equal(t, test.want, reply)
	}
	require.NoError(t, c.Set(ctx, "n", 0, 0, []byte("no number")))
	_, err := c.MetaArithmetic(ctx, "n", memcached.Optional[[]string]{})
	var wrong *memcached.ClientError
	require.ErrorAs(t, err, &wrong)
}

func TestMetaDebug(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	_, found, err := c.MetaDebug(ctx, "k")
	require.NoError(t, err)
	require.False(t, found)
	require.NoError(t, c.Set(ctx, "k", 0, 0, []byte("v")))
	internals, found, err := c.MetaDebug(ctx, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "k", internals.Key)
	require.False(t, internals.Internals.Fetch)
	require.EqualValues(t, -1, internals.Internals.Exp)
	require.NotZero(t, internals.Internals.Cas)
}
