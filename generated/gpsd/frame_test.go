package gpsd_test

import (
	"testing"

	"github.com/linewright/linewright/generated/gpsd"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/gpsd.yaml", dynamictest.Generated{
		Plan: gpsd.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[gpsd.Version], dynamictest.New[gpsd.DeviceList], dynamictest.New[gpsd.Device], dynamictest.New[gpsd.Watched],
			dynamictest.New[gpsd.Poll], dynamictest.New[gpsd.ServerError], dynamictest.New[gpsd.TPV], dynamictest.New[gpsd.Sky],
			dynamictest.New[gpsd.GST], dynamictest.New[gpsd.ATT], dynamictest.New[gpsd.PPS], dynamictest.New[gpsd.TOFF],
			dynamictest.New[gpsd.OtherReport], dynamictest.New[gpsd.Sentence], dynamictest.New[gpsd.AISSentence],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[gpsd.VersionRequest], dynamictest.New[gpsd.DevicesRequest], dynamictest.New[gpsd.WatchRequest],
			dynamictest.New[gpsd.PollRequest], dynamictest.New[gpsd.DeviceRequest], dynamictest.New[gpsd.SetSpeedRequest],
			dynamictest.New[gpsd.SetNativeRequest], dynamictest.New[gpsd.SetCycleRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		`{"class":"TPV","mode":3,"lat":1e400}`, `{"class":"TPV","mode":3,"lat":-0.0,"lon":null,"x":[{}]}`, `{"class":"SKY","satellites":[{"PRN":-1,"used":false,"ss":1E-3}]}`,
		`{"class":"DEVICE","path":"\u0000","activated":{"a":[]}}`, `{"class":"DEVICES","devices":[]}`, `{"class":"\u0054PV","mode":0}`,
		"$GPTXT,01,01,02,no checksum", "$A,*6D", "$*00", "!A,*6d", `?DEVICE={"path":"\ud83d\ude00","bps":0};`, `?WATCH={"enable":true,"device":"\n"};`, "?WATCH={};",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
