package limit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGottenTakesWholeAnswers(t *testing.T) {
	for answer, value := range map[string]string{
		"VALUE key 0 5\r\nab\r\nc\r\nEND\r\n": "ab\r\nc",
		"VALUE key 0 0\r\n\r\nEND\r\n":        "",
		"END\r\n":                             "",
		"VA 3\r\nabc\r\n":                     "abc",
		"EN\r\n":                              "",
	} {
		for n := range len(answer) {
			size, _ := gotten([]byte(answer)[:n])
			require.Zero(t, size, "%q", answer[:n])
		}
		size, got := gotten([]byte(answer + "more"))
		require.Equal(t, len(answer), size, "%q", answer)
		require.Equal(t, value, string(got), "%q", answer)
	}
}
