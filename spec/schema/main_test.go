package schema_test

import (
	"testing"

	"github.com/linewright/linewright/spec/internal/alone"
)

// These tests run in one goroutine, and for long.
func TestMain(m *testing.M) { alone.Run(m) }
