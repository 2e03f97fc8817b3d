package breaking

import (
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// AllowList are the changes that somebody has thought about.
type AllowList struct{ entries []allowed }

type allowed struct {
	fingerprint, reason string
	pos                 model.Pos
}

// ReadAllowList reads one:
//
//	allow:
//	  - {fingerprint: 3f2a91c07b1e, reason: "all units in the field have rev D"}
//
// The findings are all that is wrong with it.
func ReadAllowList(name string, data []byte) (*AllowList, []report.Finding) {
	findings := report.NewList(name, data)
	root := document.Load(data, findings)
	list := &AllowList{}
	const want = `allow: [{fingerprint: 3f2a91c07b1e, reason: "why"}]`
	if root == nil {
		found := findings.Sorted()
		for i := range found {
			if found[i].Rule == "yaml-empty" { // its hint is how a protocol begins
				found[i].Message, found[i].Hint = "the list of allowed changes is empty", want
			}
		}
		return nil, found
	}
	top := root.Get("allow")
	if root.Kind != document.Map || top == nil || len(root.Keys) > 1 || top.Value.Kind != document.List {
		findings.Add(root.Pos, "allow-list", "$", "want a list of allowed changes", want)
		return nil, findings.Sorted()
	}
	for _, item := range top.Value.Items {
		fingerprint, reason := item.Get("fingerprint"), item.Get("reason")
		switch {
		case item.Kind != document.Map || len(item.Keys) != 2 || fingerprint == nil || reason == nil || fingerprint.Value.Value == "":
			findings.Add(item.Pos, "allow-list", "$.allow", "want a fingerprint and a reason", want)
		case reason.Value.Value == "":
			findings.Add(item.Pos, "allow-reason", "$.allow", "a change is allowed for a reason", "")
		default:
			list.entries = append(list.entries, allowed{fingerprint.Value.Value, reason.Value.Value, item.Pos})
		}
	}
	return list, findings.Sorted()
}

// Apply marks the changes that are allowed. It gives the places of the entries that
// are about no change: they may be taken out of the list.
func (a *AllowList) Apply(changes []Change) (unused []model.Pos) {
	for _, e := range a.entries {
		used := false
		for i := range changes {
			if c := &changes[i]; c.Fingerprint == e.fingerprint {
				c.Allowed, used = e.reason, true
			}
		}
		if !used {
			unused = append(unused, e.pos)
		}
	}
	return unused
}
