package lines_test

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/cmd/internal/lines"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestRead(t *testing.T) {
	l := lines.Read(t.Context(), strings.NewReader("one\n\ntwo"))
	var got []string
	for line := range l.C {
		got = append(got, line)
	}
	require.Equal(t, []string{"one", "", "two"}, got)
	require.NoError(t, l.Err)
}

func TestReadLongLine(t *testing.T) {
	l := lines.Read(t.Context(), strings.NewReader("one\n"+strings.Repeat("x", 2<<20)))
	require.Equal(t, "one", <-l.C)
	_, more := <-l.C
	require.False(t, more)
	require.ErrorIs(t, l.Err, bufio.ErrTooLong)
}

func TestReadEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	l := lines.Read(ctx, in)
	_, err := io.WriteString(out, "nobody takes this\n")
	require.NoError(t, err)
	cancel()
	require.NoError(t, out.Close())
	for range l.C { // it may still be given, but nothing after it
	}
	require.NoError(t, l.Err)
}
