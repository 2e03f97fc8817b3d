package emit

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// literal is a constant as source. jennifer writes the type of sized numbers
// around them, which constants of a type do without.
func literal(v any) *jen.Statement {
	switch v := v.(type) {
	case string:
		return jen.Op(strconv.Quote(v))
	case int64:
		return jen.Op(strconv.FormatInt(v, 10))
	case uint64:
		return jen.Op(strconv.FormatUint(v, 10))
	case float64:
		return jen.Op(strconv.FormatFloat(v, 'g', -1, 64))
	case bool:
		return jen.Op(strconv.FormatBool(v))
	}
	return jen.Op(fmt.Sprint(v))
}

// raw is a text as source, as it is where that has fewer escapes.
func raw(text string) string {
	if strings.Contains(text, `"`) && strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}
