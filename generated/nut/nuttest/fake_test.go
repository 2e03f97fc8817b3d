package nuttest_test

import (
	"context"
	"fmt"
	"log"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/nut"
	"github.com/linewright/linewright/generated/nut/nuttest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A UPS that goes on battery.
func Example() {
	server := nuttest.New()
	defer server.Close()
	status := "OL"
	server.HandleGetVar(func(r *nuttest.GetVarRequest) {
		if r.Name != "ups.status" {
			r.ReplyServerError(nut.ServerError{Code: nut.ErrorCodeVarNotSupported})
			return
		}
		r.ReplyVariableValue(nut.VariableValue{Ups: r.Ups, Name: r.Name, Value: status})
		status = "OB"
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := server.Dial(ctx, nut.Params{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		value, err := c.GetVar(ctx, "attic", "ups.status")
		fmt.Println(value.Value, err)
	}
	_, err = c.GetVar(ctx, "attic", "ups.temperature")
	fmt.Println(err)
	// Output:
	// OL <nil>
	// OB <nil>
	// nut: err (code "VAR-NOT-SUPPORTED")
}

// TestDefaults sends commands to a fake without handlers, over TCP.
func TestDefaults(t *testing.T) {
	server := nuttest.New()
	defer server.Close()
	addr, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c, err := nut.Dial(ctx, addr, nut.Params{User: "eve", Password: `p "w`, Ups: "attic"})
	require.NoError(t, err)
	defer c.Close()

	require.Equal(t, "eve", server.ReceivedUsername()[0].User)
	require.Equal(t, `p "w`, server.ReceivedPassword()[0].Password)
	require.Equal(t, "attic", server.ReceivedLogin()[0].Ups)
	choices, err := c.ListEnum(ctx, "su700", "input.transfer.low")
	require.NoError(t, err)
	require.Equal(t, []nut.Choice{{Ups: "su700", Name: "input.transfer.low", Value: "103"}}, choices.Choices, "the spec's example")
	intervals, err := c.ListRange(ctx, "su700", "input.transfer.low")
	require.NoError(t, err)
	require.Equal(t, []nut.Interval{{Ups: "su700", Name: "input.transfer.low", Min: "90", Max: "100"}}, intervals.Intervals)
	require.NoError(t, c.SetVar(ctx, "attic", "ups.id", `"so" \ so`))
	require.Equal(t, []nut.SetVarRequest{{Ups: "attic", Name: "ups.id", Value: `"so" \ so`}}, server.ReceivedSetVar())
	require.Empty(t, server.History().Of(device.Unhandled, device.Unknown))
}

// TestDriverComesLater: a login that a driver must be there for is tried again.
func TestDriverComesLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := nuttest.New()
		defer server.Close()
		tries := 0
		server.HandleLogin(func(r *nuttest.LoginRequest) {
			if tries++; tries <= 3 {
				r.ReplyServerError(nut.ServerError{Code: nut.ErrorCodeDriverNotConnected})
				return
			}
			r.Default()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		c, err := server.Dial(ctx, nut.Params{User: "eve", Password: "x", Ups: "attic"})
		require.NoError(t, err)
		defer c.Close()
		require.EqualValues(t, 4, tries)
	})
}
