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
		synctest.Wait()
		err = c.PublishAtLeastOnce(t.Context(), 0, "x", nil)
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
		device.EmitMessage(numbered(700))
		device.EmitMessage(mqtt.Message{QoS: 0, Topic: "x", Payload: []byte("2")})
		again := numbered(700)
		again.Dup = 1
		device.EmitMessage(again)
		for range 3 {
			next(t, messages)
		}
		require.Equal(t, []uint16{700, 700}, acknowledged(device))
	})
}

func numbered(packet uint16) mqtt.Message {
	return mqtt.Message{QoS: 1, Topic: "x", Packet: mqtt.Some(packet), Payload: []byte("1")}
}

// acknowledged are the numbers of the acknowledgements that came, when nothing is
// under way any more.
func acknowledged(device *mqtttest.Device) (numbers []uint16) {
	synctest.Wait()
	for _, r := range device.ReceivedPuback() {
		numbers = append(numbers, r.Packet)
	}
	return numbers
}

// TestAcknowledgedWhenHandled: a message is acknowledged when the loops of all
// subscriptions have gone on.
func TestAcknowledgedWhenHandled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t, mqtt.Params{})
		device.EmitMessage(numbered(1))
		require.Empty(t, acknowledged(device), "nobody took it")

		one, other := inbox(t, c), inbox(t, c)
		device.EmitMessage(numbered(2))
		device.EmitMessage(numbered(3))
		require.Empty(t, acknowledged(device), "nobody has looked")
		count := 0
		for range one.Events(t.Context()) {
			if count++; count == 2 {
				require.Empty(t, acknowledged(device), "the other has not")
				break
			}
		}
		for range other.Events(t.Context()) {
			require.Empty(t, acknowledged(device), "it has not gone on")
			break
		}
		require.Equal(t, []uint16{2}, acknowledged(device))
		other.Close()
		require.Equal(t, []uint16{2}, acknowledged(device), "what was left in it was not handled")
	})
}

// TestNotAcknowledged: what did not fit a subscription, or came on a connection
// that is gone, may come again.
func TestNotAcknowledged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device := mqtttest.New()
		defer device.Close()
		c, err := device.Dial(t.Context(), mqtt.Params{}, mqtt.WithEventBuffer(64, mqtt.DropOldest))
		require.NoError(t, err)
		defer c.Close()
		messages := inbox(t, c)
		for packet := range uint16(10) {
			device.EmitMessage(numbered(packet + 1))
		}
		require.Empty(t, acknowledged(device))
		require.NotZero(t, messages.Dropped())
		last := uint16(0)
		for last < 10 {
			last = next(t, messages).Packet.Value
		}
		got := acknowledged(device)
		require.Len(t, got, 10-int(messages.Dropped()))
		require.EqualValues(t, 10, got[len(got)-1])

		device.EmitMessage(numbered(11))
		synctest.Wait()
		device.Reset()
		synctest.Wait()
		err = c.PublishAtLeastOnce(t.Context(), 0, "x", nil)
		require.NoError(t, err)
		next(t, messages)
		require.Len(t, acknowledged(device), len(got), "it came on another connection")
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
		"exactly once":          "\x34\x07\x00\x01t\x00\x01hi",
		"a longer topic":        "\x30\x05\x00\x09tabc",
		"an endless length":     "\x30\xff\xff\xff\xff\x7f",
		"a client's packet":     "\xc0\x00",
		"flags that must be 0":  "\x42\x02\x00\x01",
		"a ping with a payload": "\xd0\x01x",
	} {
		synctest.Test(t, func(t *testing.T) {
			device, c := connect(t, mqtt.Params{})
			device.HandlePublishAtLeastOnce(func(r *mqtttest.PublishAtLeastOnceRequest) { r.Link().Garbage([]byte(wire)) })
			err := c.PublishAtLeastOnce(t.Context(), 0, "x", nil)
			require.ErrorIs(t, err, mqtt.ErrProtocol, name)
		})
	}
}
