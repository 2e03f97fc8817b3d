package codec

import "github.com/linewright/linewright/spec/model"

// Class gives the class word of an error message by its rule: failed, retry,
// refused, close or ok.
func Class(rule *model.ErrorRule, v Values) string {
	if rule.Field == nil {
		return rule.Class
	}
	value, ok := v.Get(rule.Field.Name)
	if !ok {
		return rule.Else
	}
	text := plainText(value)
	if e, isEnum := value.(Enum); isEnum {
		text = e.Wire
	}
	for _, c := range rule.Cases {
		for _, w := range c.Values {
			if w == text {
				return c.Class
			}
		}
	}
	return rule.Else
}
