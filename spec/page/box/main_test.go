package box

import (
	"testing"

	"github.com/linewright/linewright/spec/page/internal/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }
