package handmade

import (
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// PerCommand is the telemetry unit behind a gateway that gives each command a
// connection of its own: nothing lasts there.
func PerCommand() *storm.Workload {
	w := Kind()
	w.Name = "percommand"
	w.Plan = func(seed uint64) *session.Plan {
		mods := []plantest.Mod{plantest.PerCommand(), plantest.Also(stubborn)}
		if seed%3 == 0 {
			mods = append(mods, plantest.Swallow())
		}
		if seed%2 == 0 {
			mods = append(mods, plantest.Logout("bye", "BYE\n"))
		}
		p := plantest.Acme(mods...)
		for i := range p.Commands {
			p.Commands[i].Lasting, p.Commands[i].Undoes = false, false
		}
		return p
	}
	w.Event, w.KnowEvent = nil, nil
	return w
}
