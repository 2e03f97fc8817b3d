package main

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadSecret(t *testing.T) {
	for typed, want := range map[string]string{
		"s3cret\rread 3\r":           "s3cret",
		"s3cret\n":                   "s3cret",
		"\r":                         "",
		"x\bs3grö\x7f\x7f\x7fcret\r": "s3cret",
		"\x7fs3cret\r":               "s3cret",
		"other\x15s3cret\r":          "s3cret",
		"s3\x04cret\r":               "s3cret",
	} {
		in := strings.NewReader(typed)
		got, err := readSecret(in)
		require.NoError(t, err, "%q", typed)
		require.Equal(t, want, got, "%q", typed)
		_, rest, _ := strings.Cut(typed, "\r")
		require.Equal(t, len(rest), in.Len(), "%q: not a byte more", typed)
	}
	for typed, want := range map[string]error{"s3c\x03": errReported, "\x04": io.EOF, "s3c": io.EOF} {
		got, err := readSecret(strings.NewReader(typed))
		require.ErrorIs(t, err, want, "%q", typed)
		require.Empty(t, got)
	}
}
