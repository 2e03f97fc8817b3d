package dynamic_test

import (
	"crypto/md5"
	"encoding/hex"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/dynamic"
)

func vars(t *testing.T, p *dynamic.Protocol, params dynamic.Map, captured map[string]string) *session.Vars {
	t.Helper()
	values, err := p.Params(params)
	require.NoError(t, err)
	v := &session.Vars{
		Params: values, Captured: make([][]byte, len(p.Plan().Messages)),
		Counter: new(atomic.Uint64),
	}
	for i, m := range p.Plan().Messages {
		if frame, ok := captured[m.Name]; ok {
			v.Captured[i] = []byte(frame)
		}
	}
	return v
}

func encode(t *testing.T, s session.Step, v *session.Vars) string {
	t.Helper()
	frame, err := s.Encode([]byte("<"), v)
	require.NoError(t, err)
	return string(frame)
}

func TestSteps(t *testing.T) {
	p := steps(t)
	login := p.Plan().Login
	stamped := vars(t, p, dynamic.Map{"user": "u", "password": "p"}, map[string]string{"hello": "HELLO <1@x>", "welcome": "WELCOME 1"})
	plain := vars(t, p, dynamic.Map{"user": "u", "password": "p", "area": "a"}, map[string]string{"plain": "PLAIN", "welcome": "WELCOME 0"})

	digest := md5.Sum([]byte("<1@x>p"))
	require.True(t, login[0].When(stamped))
	require.Equal(t, "<APOP u "+hex.EncodeToString(digest[:])+"\r", encode(t, login[0], stamped))
	require.False(t, login[0].When(plain))

	require.False(t, login[1].When(stamped))
	require.True(t, login[1].When(plain))
	require.Equal(t, "<LOGIN u p a\r", encode(t, login[1], plain))
	require.Equal(t, "<LOGIN u p\r", encode(t, login[1], stamped), "an absent parameter leaves its optional field out")

	require.True(t, login[3].When(stamped), "true is not zero")
	require.False(t, login[3].When(plain), "false is zero")

	require.Equal(t, "<SELECT 3\r", encode(t, p.Plan().Ready[0], plain), "a default")
	require.Regexp(t, `^<BEAT [0-9]{10}\r$`, encode(t, p.Plan().Liveness.Beat.Step, plain))

	answer := p.Plan().Answers[0]
	plain.Request = []byte("CHALLENGE t0ken")
	require.Equal(t, "<RESPONSE t0ken\r", encode(t, answer.Step, plain))
}

// A step that cannot be encoded appends nothing, and tells no secret.
func TestStepFails(t *testing.T) {
	p := steps(t)
	v := vars(t, p, dynamic.Map{"user": "u", "password": "p"}, nil)
	out, err := p.Plan().Login[0].Encode([]byte("kept"), v)
	require.ErrorContains(t, err, "apop: digest: is missing")
	require.Equal(t, "kept", string(out))

	v.Request = []byte("CHALLENGE ")
	out, err = p.Plan().Answers[0].Step.Encode([]byte("kept"), v)
	require.ErrorContains(t, err, "captured challenge: token: is empty")
	require.Equal(t, "kept", string(out))
}

func TestClassify(t *testing.T) {
	for _, m := range acme(t).Plan().Messages {
		if m.Name != "fault" {
			require.Nil(t, m.Classify)
			continue
		}
		require.Equal(t, session.ClassRetry, m.Classify([]byte("ERR 7 busy")))
		require.Equal(t, session.ClassFailed, m.Classify([]byte("ERR 3 no")))
		require.Equal(t, session.ClassClose, m.Classify([]byte("ERR")))
	}
}

func TestKeys(t *testing.T) {
	plan := acme(t).Plan()
	for _, c := range plan.Commands {
		if c.Name != "read" {
			continue
		}
		three, err := c.Replies[0].Key(nil, []byte("READING 3 1 C"))
		require.NoError(t, err)
		same, err := c.Replies[0].Key(nil, []byte("READING 003 2 V"))
		require.NoError(t, err)
		require.Equal(t, three, same)
		other, err := c.Replies[0].Key(nil, []byte("READING 33 1 C"))
		require.NoError(t, err)
		require.NotEqual(t, three, other)
		_, err = c.Replies[0].Key(nil, []byte("READING x 1 C"))
		require.Error(t, err)
	}
}

func TestCodecByName(t *testing.T) {
	p := acme(t)
	frame, err := p.EncodeMessage(nil, "alarm", dynamic.Map{"id": 1, "severity": "critical", "active": true})
	require.NoError(t, err)
	require.Equal(t, "ALARM 1 CRITICAL ON\n", string(frame))
	got, err := p.Decode("alarm", []byte(strings.TrimSpace(string(frame))))
	require.NoError(t, err)
	require.Equal(t, "{id: 1, severity: critical, active: true}", got.String())

	frame, err = p.Encode(nil, "login", user)
	require.NoError(t, err)
	got, err = p.DecodeCommand("login", []byte(strings.TrimSpace(string(frame))))
	require.NoError(t, err)
	require.Equal(t, `{user: "u", secret: ***}`, got.String())
	require.Equal(t, dynamic.Map{"user": "u", "secret": "s3cret"}, got.Map())

	for _, err := range []error{
		second(p.Decode("nothing", nil)), second(p.DecodeCommand("nothing", nil)),
		second(p.Encode(nil, "nothing", nil)), second(p.EncodeMessage(nil, "nothing", nil)),
	} {
		require.ErrorContains(t, err, `acme has no`)
	}
}

func second[T any](_ T, err error) error { return err }
