package acme_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// manualUnit is a fake unit with three channels, and one account.
func manualUnit() *acmetest.Device {
	d := acmetest.New()
	d.HandleLogin(func(r *acmetest.LoginRequest) {
		if r.User != login.User || r.Secret != login.Secret {
			r.ReplyDenied()
			return
		}
		r.ReplyOK()
	})
	d.HandleRead(func(r *acmetest.ReadRequest) {
		switch r.Channel {
		case 3:
			r.Default()
		case 7:
			r.ReplyFault(acme.Fault{Code: acme.FaultCodeBusy, Text: "measuring already"})
		default:
			r.ReplyFault(acme.Fault{Code: acme.FaultCodeNoSuchChannel, Text: "no such channel"})
		}
	})
	d.HandleGetLimits(func(r *acmetest.GetLimitsRequest) {
		if r.Channel != 3 {
			r.ReplyNoLimits(acme.NoLimits{Channel: r.Channel})
			return
		}
		r.Default()
	})
	return d
}

var login = acme.Params{User: "eve", Secret: "s3cret"}

// dial connects a client to d in memory; both end with the test.
func dial(t *testing.T, d *acmetest.Device) *acme.Client {
	t.Helper()
	c, err := d.Dial(t.Context(), login)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, c.Close())
		require.NoError(t, d.Close())
	})
	return c
}

func background() context.Context { return context.Background() }
