package dynamic_test

import (
	"context"
	"crypto/md5"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestConditionalLets: a value is made where its condition holds, anew on each link.
func TestConditionalLets(t *testing.T) {
	p := open(t, "testdata/lets.yaml")
	proof := func(stamp string) string { return fmt.Sprintf("%x", md5.Sum([]byte(stamp+"pw"))) }
	for _, test := range []struct {
		greeting string
		params   dynamic.Map
		want     string
	}{
		{"HELLO 17", dynamic.Map{"password": "pw"}, "APOP " + proof("17")},
		{"HELLO 18", dynamic.Map{"password": "pw", "realm": "home"}, "APOP home:" + proof("18")},
		{"HELLO", dynamic.Map{"password": "pw"}, "PASS pw"},
		{"HELLO", dynamic.Map{"password": "pw", "realm": "home"}, "PASS pw"},
	} {
		t.Run(test.greeting, func(t *testing.T) {
			script := func(d *device.Device) {
				d.Greet(test.greeting)
				d.Otherwise(p.Respond)
			}
			bubble(t, p, test.params, script, func(_ context.Context, d *device.Device, _ *dynamic.Client) {
				var got []string
				for _, r := range d.History() {
					if r.Kind == device.Received {
						got = append(got, string(r.Frame))
					}
				}
				require.Equal(t, []string{test.want}, got)
			})
		})
	}
}
