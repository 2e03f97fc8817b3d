package kiss_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/linewright/linewright/generated/kiss"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/kiss.yaml", dynamictest.Generated{
		Plan: kiss.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[kiss.Direct], dynamictest.New[kiss.ViaOne], dynamictest.New[kiss.ViaTwo],
			dynamictest.New[kiss.ViaMore], dynamictest.New[kiss.Hardware],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[kiss.TransmitRequest], dynamictest.New[kiss.TransmitViaOneRequest], dynamictest.New[kiss.TransmitViaTwoRequest],
			dynamictest.New[kiss.TransmitViaMoreRequest], dynamictest.New[kiss.SetTxDelayRequest], dynamictest.New[kiss.SetPersistenceRequest],
			dynamictest.New[kiss.SetSlotTimeRequest], dynamictest.New[kiss.SetTxTailRequest], dynamictest.New[kiss.SetFullDuplexRequest],
			dynamictest.New[kiss.SetHardwareRequest], dynamictest.New[kiss.LeaveKISSRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"", "00", "ff", "0f", "06", "01 20", "10 2020", "00 82a0a4a64040 60 9c6086829898 63 03 f0 c0db", "00 82a0a4a64040 60 9c6086829898 63",
		"00 82a0a4a64040 60 9c6086829898 63 03 f0", "00 82a0a4a64040 61 9c6086829898 63 03", "00 82a0a4a64040 00 9c6086829898 01 3f",
		"00 82a0a4a64040 e0 9c6086829898 ea ae92888a6240 e2 ae92888a6440 62 ae92888a6440 63 03",
	} {
		b, err := hex.DecodeString(strings.ReplaceAll(frame, " ", ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
