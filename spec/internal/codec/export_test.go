package codec

import (
	"maps"

	"github.com/linewright/linewright/spec/model"
)

// For the tests outside of the package.

// Family is one template of each construct.
func Family() map[string]*model.Template {
	all := family()
	maps.Copy(all, binaryFamily())
	return all
}

var Framing = framing
