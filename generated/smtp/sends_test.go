package smtp_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
)

// sends are the names of what a client has sent.
type sends struct {
	mu    sync.Mutex
	names []string
	more  chan struct{}
}

// option lets a client tell them.
func (s *sends) option() smtp.Option {
	s.more = make(chan struct{}, 1)
	return smtp.WithObserver(smtp.Observer{Sent: func(command string, _ int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.names = append(s.names, command)
		select {
		case s.more <- struct{}{}:
		default:
		}
	}})
}

func (s *sends) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.names...)
}

// are waits until the client has told of as many as want has, as it may do so after
// their replies, and compares them.
func (s *sends) are(t *testing.T, want string) {
	t.Helper()
	ctx := lab.Within(t, 20*time.Second)
	for len(s.all()) <= strings.Count(want, " ") {
		select {
		case <-s.more:
		case <-ctx.Done():
			require.Equal(t, want, strings.Join(s.all(), " "))
		}
	}
	require.Equal(t, want, strings.Join(s.all(), " "))
}
