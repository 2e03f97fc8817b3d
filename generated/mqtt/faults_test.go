package mqtt_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/mqtt"
	"github.com/linewright/linewright/generated/mqtt/mqtttest"
)

// connect makes a fake and a client of it; both end with the test.
func connect(t *testing.T, params mqtt.Params) (*mqtttest.Device, *mqtt.Client) {
	device := mqtttest.New()
	c, err := device.Dial(t.Context(), params)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close(); device.Close() })
	return device, c
}

// TestConnect: what the server is told of us, byte by byte.
func TestConnect(t *testing.T) {
	will := mqtt.Params{Client: "c", User: "u", Password: []byte("p"), Keepalive: 60, WillTopic: "w", WillQoS: 1, WillRetain: 1}
	for name, c := range map[string]struct {
		params mqtt.Params
		wire   string
	}{
		"nobody": {mqtt.Params{}, "\x10\x0c\x00\x04MQTT\x04\x02\x00\x14\x00\x00"},
		"keeper": {mqtt.Params{Client: "c", KeepSession: true}, "\x10\x0d\x00\x04MQTT\x04\x00\x00\x14\x00\x01c"},
		"a will": {will, "\x10\x18\x00\x04MQTT\x04\xee\x00\x3c\x00\x01c\x00\x01w\x00\x00\x00\x01u\x00\x01p"},
	} {
		synctest.Test(t, func(t *testing.T) {
			device, _ := connect(t, c.params)
			history := device.History()
			sent := append(history.Commands("connect"), history.Commands("connect_with_will")...)
			require.Len(t, sent, 1, name)
			require.Equal(t, c.wire, string(sent[0].Frame), name)
		})
	}
}

// TestRefusedSubscription: a server that grants nothing says so with a reply, and
// is not asked again after a reconnect.
func TestRefusedSubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t, mqtt.Params{})
		device.HandleSubscribeTopic(func(r *mqtttest.SubscribeTopicRequest) {
			granted := mqtt.GrantedAtLeastOnce
			if r.Filter == "$SYS/#" {
				granted = mqtt.GrantedFailure
			}
			r.ReplySuback(mqtt.Suback{Granted: granted})
		})
		_, err := c.SubscribeTopic(t.Context(), "$SYS/#", least)
		var refused *mqtt.Suback
		require.ErrorAs(t, err, &refused)
		require.False(t, refused.Temporary())
		_, err = c.SubscribeTopic(t.Context(), "x", least)
		require.NoError(t, err)

		device.Reset()
		_, err = c.PublishAtLeastOnce(t.Context(), 0, "x", nil)
		require.NoError(t, err)
		var filters []string
		for _, r := range device.ReceivedSubscribeTopic() {
			filters = append(filters, r.Filter)
		}
		require.Equal(t, []string{"$SYS/#", "x", "x"}, filters)
	})
}

// TestAcknowledgements: each message with a number is acknowledged by that, also
// one that was sent before; others are not.
func TestAcknowledgements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t, mqtt.Params{})
		messages := inbox(t, c)
		emit := device.EmitMessage
		emit(mqtt.Message{QoS: 1, Topic: "x", Packet: mqtt.Some[uint16](700), Payload: []byte("1")})
		emit(mqtt.Message{QoS: 0, Topic: "x", Payload: []byte("2")})
		emit(mqtt.Message{QoS: 1, Dup: 1, Topic: "x", Packet: mqtt.Some[uint16](700), Payload: []byte("1")})
		for range 3 {
			next(t, messages)
		}
		synctest.Wait()
		require.Equal(t, []mqtt.PubackRequest{{Packet: 700}, {Packet: 700}}, device.ReceivedPuback())
	})
}

// TestBlackHole: a silent server is noticed after the interval that we announced,
// and the time that a ping may take; busy or not.
func TestBlackHole(t *testing.T) {
	for _, announced := range []uint16{10, 20, 3600} {
		synctest.Test(t, func(t *testing.T) {
			device, c := connect(t, mqtt.Params{Keepalive: announced})
			device.BlackHole()
			start := time.Now()
			for change := range c.States(t.Context()) {
				if change.To == mqtt.StateBackoff {
					require.ErrorIs(t, change.Err, mqtt.ErrPeerSilent)
					require.Equal(t, time.Duration(min(announced, 30))*time.Second+10*time.Second, change.At.Sub(start))
					break
				}
			}
		})
	}
}

// TestForeignFrames: what a server may not send ends the link.
func TestForeignFrames(t *testing.T) {
	for name, wire := range map[string]string{
		"quality of service 3":  "\x36\x07\x00\x01t\x00\x01hi",
		"a longer topic":        "\x30\x05\x00\x09tabc",
		"an endless length":     "\x30\xff\xff\xff\xff\x7f",
		"a client's packet":     "\xc0\x00",
		"flags that must be 0":  "\x42\x02\x00\x01",
		"a ping with a payload": "\xd0\x01x",
	} {
		synctest.Test(t, func(t *testing.T) {
			device, c := connect(t, mqtt.Params{})
			device.HandlePublishAtLeastOnce(func(r *mqtttest.PublishAtLeastOnceRequest) { r.Link().Garbage([]byte(wire)) })
			_, err := c.PublishAtLeastOnce(t.Context(), 0, "x", nil)
			require.ErrorIs(t, err, mqtt.ErrProtocol, name)
		})
	}
}
