package mqtt_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/linewright/linewright/generated/mqtt"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/mqtt.yaml", dynamictest.Generated{
		Plan: mqtt.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[mqtt.Connack], dynamictest.New[mqtt.Message], dynamictest.New[mqtt.Puback],
			dynamictest.New[mqtt.Suback], dynamictest.New[mqtt.Unsuback], dynamictest.New[mqtt.Pingresp],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[mqtt.ConnectRequest], dynamictest.New[mqtt.ConnectWithWillRequest], dynamictest.New[mqtt.PublishRequest],
			dynamictest.New[mqtt.PublishAtLeastOnceRequest], dynamictest.New[mqtt.PubackRequest], dynamictest.New[mqtt.SubscribeTopicRequest],
			dynamictest.New[mqtt.UnsubscribeRequest], dynamictest.New[mqtt.PingreqRequest], dynamictest.New[mqtt.DisconnectRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"20 02 00 00", "20 02 01 05", "d0 00", "d0 80 00", "90 03 00 01 80", "40 02 00 07", "b0 02 00 07",
		"32 07 00 01 74 00 01 68 69", "36 07 00 01 74 00 01 68 69", "30 80 80 80 80 01", "30 ff ff 7f", "3b 05 00 01 74 68 69",
		"10 10 00 04 4d 51 54 54 04 02 00 04 00 04 63 31 32 33", "10 16 00 04 4d 51 54 54 04 2e 00 04 00 00 00 04 67 6f 6e 65 00 02 68 69",
	} {
		b, err := hex.DecodeString(strings.ReplaceAll(frame, " ", ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
