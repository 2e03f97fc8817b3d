package box

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// TestWhatIsJSON is what the standard library takes for it, and UTF-8.
func TestWhatIsJSON(t *testing.T) {
	alone.Skip(t)
	page := framesPage(t)
	r := rand.New(rand.NewPCG(5, 6))
	seeds := []string{`{"a":[1,-0.5e+7,true,false,null,"é\u00e9\n\/"]} `, ` [ ] `, `"\ud83d\ude00"`, `{"a":{},"b":"\b\f\r\t\\\""}`, `-10E2`}
	var cases [][]byte
	for range 3000 {
		b := []byte(seeds[r.IntN(len(seeds))])
		for range r.IntN(3) {
			b = changed(r, b, []byte("{}[]\",:\\ \n\x1f\x00\xc3eE+-.019abfnrtuvxX/"))
		}
		cases = append(cases, b)
	}
	cases = append(cases, corpora(t)...)
	texts := make([]string, len(cases))
	for i, c := range cases {
		texts[i] = base64.StdEncoding.EncodeToString(c)
	}
	data, err := json.Marshal(texts)
	require.NoError(t, err)
	got := browser.Eval[[]bool](page, "areJSON("+string(data)+")")
	valid := 0
	for i, c := range cases {
		want := json.Valid(c) && utf8.Valid(c)
		require.Equal(t, want, got[i], "%q", c)
		if want {
			valid++
		}
	}
	require.Greater(t, valid, 500)
}
