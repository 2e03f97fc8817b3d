package dynamictest

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

func field(name string, t *model.Type) *model.Field {
	return &model.Field{Named: model.Named{Name: name}, Type: t}
}

func TestFill(t *testing.T) {
	type point struct{ X, Y int16 }
	type unit string
	type code uint16
	var got struct {
		Channel uint8
		Unit    unit
		Code    code
		At      point
		Note    wire.Optional[string]
		Absent  wire.Optional[uint32]
		Keys    [][]byte
		Value   wire.Decimal
	}
	number := &model.Type{Kind: model.Int, Bits: 16}
	at := &model.Type{Kind: model.Layout, Body: &model.Template{Fields: []*model.Field{field("x", number), field("y", number)}}}
	fields := []*model.Field{
		field("channel", &model.Type{Kind: model.Uint}), field("unit", &model.Type{Kind: model.Enum}),
		field("code", &model.Type{Kind: model.Enum}), field("at", at), field("note", &model.Type{Kind: model.Text}),
		field("absent", &model.Type{Kind: model.Uint}), field("keys", &model.Type{Kind: model.List, Elem: &model.Type{Kind: model.Bytes}}),
		field("value", &model.Type{Kind: model.Decimal}),
	}
	values := codec.Values{
		{Name: "channel", Value: uint64(3)},
		{Name: "unit", Value: codec.Enum{Name: "celsius", Wire: "C"}},
		{Name: "code", Value: codec.Enum{Wire: "42"}},
		{Name: "at", Value: codec.Values{{Name: "x", Value: int64(-1)}, {Name: "y", Value: int64(2)}}},
		{Name: "note", Value: "n"},
		{Name: "keys", Value: []any{[]byte("k")}},
		{Name: "value", Value: wire.Decimal{Coef: 5, Scale: 1}},
	}
	require.NoError(t, fill(&got, fields, values))
	require.Equal(t, uint8(3), got.Channel)
	require.Equal(t, unit("C"), got.Unit)
	require.Equal(t, code(42), got.Code)
	require.Equal(t, point{-1, 2}, got.At)
	require.Equal(t, wire.Some("n"), got.Note)
	require.True(t, got.Absent.IsZero())
	require.Equal(t, [][]byte{[]byte("k")}, got.Keys)

	require.ErrorContains(t, fill(&got, fields[:2], values), "has 8 fields, not 2")
	values[0].Value = "three"
	require.ErrorContains(t, fill(&got, fields, values), "channel: string cannot be uint8")
}

func TestDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	frame := []byte("READING 3 21.50 C")
	changed := 0
	for range 200 {
		if string(damage(r, frame)) != string(frame) {
			changed++
		}
		damage(r, nil)
	}
	require.Greater(t, changed, 150)
	require.Equal(t, "READING 3 21.50 C", string(frame), "the frame itself stays")
}
