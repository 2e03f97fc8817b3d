package breaking_test

import (
	"testing"

	"github.com/linewright/linewright/spec/internal/alone"
)

func TestMain(m *testing.M) { alone.Run(m) }
