package server

import (
	"net"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

func TestExpand(t *testing.T) {
	require.Equal(t, "port=7 in /x, ", expand("port=${port} in ${dir}, ${other}", "7", "/x"))
	require.Equal(t, "", expand("", "7", "/x"))
}

func TestAMissingProgramIsSaid(t *testing.T) {
	_, err := Start(-1, "no-such-server-anywhere")
	var lacks trial.Missing
	require.ErrorAs(t, err, &lacks)
	require.Contains(t, string(lacks), "no-such-server-anywhere")
}

func TestAServer(t *testing.T) {
	s, err := Start(-1, "redis-server", "--bind", "127.0.0.1", "--port", "${port}", "--dir", "${dir}", "--save", "")
	if lacks := trial.Missing(""); err != nil {
		require.ErrorAs(t, err, &lacks)
		t.Skip(err)
	}
	conn, err := net.Dial("tcp", s.Address)
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.DirExists(t, s.dir)
	s.Stop()
	_, err = net.Dial("tcp", s.Address)
	require.Error(t, err)
	_, err = os.Stat(s.dir)
	require.ErrorIs(t, err, os.ErrNotExist)
}
