package qmp_test

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/qmp"
)

func TestProcessorsAndMemory(t *testing.T) {
	t.Parallel()
	c := startServer(t, pc...).dial()
	ctx := lab.Within(t, 20*time.Second)
	cpus, err := c.QueryCpusFast(ctx)
	require.NoError(t, err)
	require.Len(t, cpus.Cpus, 1)
	require.Equal(t, "x86_64", cpus.Cpus[0].Target)
	places, err := c.QueryHotpluggableCpus(ctx)
	require.NoError(t, err)
	require.Len(t, places.Cpus, 2)
	require.False(t, places.Cpus[0].QomPath.Set, "a free place")
	require.Equal(t, qmp.Some(cpus.Cpus[0].QomPath), places.Cpus[1].QomPath)

	size, err := c.QueryMemorySizeSummary(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 16<<20, size.Base)
	require.Equal(t, qmp.Some(uint64(0)), size.Plugged)
	balloon, err := c.QueryBalloon(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 16<<20, balloon.Actual)
	require.NoError(t, c.Balloon(ctx, 8<<20))
}

func TestDevices(t *testing.T) {
	t.Parallel()
	c := startServer(t, pc...).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)

	require.NoError(t, c.NetdevAdd(ctx, qmp.Netdev{Type: "hubport", Netdev: "nd0", Others: options(`{"hubid": 0}`)}))
	card := qmp.Device{Driver: "usb-net", Device: qmp.Some("net0"), Bus: qmp.Some("xhci.0"), Others: options(`{"netdev": "nd0"}`)}
	require.NoError(t, c.DeviceAdd(ctx, card))
	require.NoError(t, c.SetLink(ctx, "net0", false))
	port, err := c.QomGet(ctx, "/machine/peripheral/net0", "netdev")
	require.NoError(t, err)
	require.JSONEq(t, `"nd0"`, string(port.Value))
	require.NoError(t, c.DeviceDel(ctx, "net0"))
	await(t, sub, func(e *qmp.DeviceDeleted) bool {
		return e.Device == qmp.Some("net0") && e.Path == "/machine/peripheral/net0"
	})
	require.NoError(t, c.NetdevDel(ctx, "nd0"))

	properties, err := c.DeviceListProperties(ctx, "usb-net")
	require.NoError(t, err)
	require.Contains(t, properties.Properties, qmp.Property{Name: "mac", Type: "str", Description: qmp.Some("Ethernet 6-byte MAC Address, example: 52:54:00:12:34:56")})
	pci, err := c.QueryPci(ctx)
	require.NoError(t, err)
	require.Equal(t, "xhci", pci.Buses[0].Devices[2].QdevID)
}

func TestObjects(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.ObjectAdd(ctx, qmp.Object{Type: "iothread", Object: "io0", Others: options(`{"poll-max-ns": 1000}`)}))
	threads, err := c.QueryIothreads(ctx)
	require.NoError(t, err)
	require.Equal(t, "io0", threads.Threads[0].Name)
	require.Positive(t, threads.Threads[0].ThreadID)

	list, err := c.QomList(ctx, "/objects")
	require.NoError(t, err)
	require.Contains(t, list.Properties, qmp.Property{Name: "io0", Type: "child<iothread>"})
	require.NoError(t, c.QomSet(ctx, "/objects/io0", "poll-max-ns", json.RawMessage("2000")))
	value, err := c.QomGet(ctx, "/objects/io0", "poll-max-ns")
	require.NoError(t, err)
	require.Equal(t, "2000", string(value.Value))
	types, err := c.QomListTypes(ctx, qmp.Some("iothread"), qmp.Some(false))
	require.NoError(t, err)
	require.Equal(t, "iothread", types.Types[0].Name)
	require.NoError(t, c.ObjectDel(ctx, "io0"))

	added, err := c.ChardevAdd(ctx, "c0", "null", json.RawMessage("{}"))
	require.NoError(t, err)
	require.False(t, added.Pty.Set)
	added, err = c.ChardevAdd(ctx, "c1", "pty", json.RawMessage("{}"))
	require.NoError(t, err)
	require.Contains(t, added.Pty.Value, "/dev/pts/")
	chardevs, err := c.QueryChardev(ctx)
	require.NoError(t, err)
	require.Contains(t, chardevs.Chardevs, qmp.Chardev{Label: "c0", Filename: "null"})
	require.NoError(t, c.ChardevRemove(ctx, "c0"))
}

func TestDisks(t *testing.T) {
	t.Parallel()
	c := startServer(t, pc...).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)
	image := filepath.Join(t.TempDir(), "disk.img")
	require.NoError(t, os.WriteFile(image, make([]byte, 1<<20), 0o600))

	file, err := json.Marshal(map[string]any{"filename": image})
	require.NoError(t, err)
	require.NoError(t, c.BlockdevAdd(ctx, qmp.Node{Driver: "file", NodeName: qmp.Some("n0"), Others: qmp.Some(json.RawMessage(file))}))
	require.NoError(t, c.BlockResize(ctx, "n0", 2<<20))
	nodes, err := c.QueryNamedBlockNodes(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.Some("n0"), nodes.Nodes[0].NodeName)
	require.EqualValues(t, 2<<20, nodes.Nodes[0].Image.VirtualSize)

	require.NoError(t, c.DeviceAdd(ctx, qmp.Device{Driver: "usb-storage", Device: qmp.Some("d0"), Others: options(`{"drive": "n0"}`)}))
	require.NoError(t, c.BlockdevSnapshotSync(ctx, "n0", image+".qcow2", qmp.Some("s0"), qmp.Some("qcow2")))
	drives, err := c.QueryBlock(ctx)
	require.NoError(t, err)
	require.Len(t, drives.Devices, 2)
	require.Equal(t, qmp.Some("s0"), drives.Devices[1].Inserted.Value.NodeName)
	require.EqualValues(t, 1, drives.Devices[1].Inserted.Value.BackingFileDepth)
	stats, err := c.QueryBlockstats(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.Some("cd0"), stats.Drives[0].Qdev)

	require.NoError(t, c.BlockCommit(ctx, "commit", "s0", qmp.Optional[uint64]{}))
	await(t, sub, func(e *qmp.BlockJobReady) bool { return e.Job == "commit" && e.Type == "commit" })
	require.NoError(t, c.JobComplete(ctx, "commit"))
	await(t, sub, func(e *qmp.BlockJobCompleted) bool { return e.Job == "commit" && !e.Reason.Set })

	require.NoError(t, c.BlockdevChangeMedium(ctx, "cd0", image+".qcow2", qmp.Some("raw")))
	require.NoError(t, c.Eject(ctx, "cd0", qmp.Some(true)))
	await(t, sub, func(e *qmp.TrayMoved) bool { return e.Drive == "cd0" && e.Open })
}

func TestJobs(t *testing.T) {
	t.Parallel()
	c := startServer(t).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)
	for _, name := range []string{"from", "to"} {
		require.NoError(t, c.BlockdevAdd(ctx, qmp.Node{Driver: "null-co", NodeName: qmp.Some(name), Others: options(`{"size": 67108864, "read-zeroes": true}`)}))
	}
	var noSpeed qmp.Optional[uint64]
	require.NoError(t, c.BlockdevBackup(ctx, "backup", "from", "to", "full", qmp.Some(uint64(1)), qmp.Some(false)))
	require.NoError(t, c.JobPause(ctx, "backup"))
	require.NoError(t, c.JobResume(ctx, "backup"))
	jobs, err := c.QueryJobs(ctx)
	require.NoError(t, err)
	require.Equal(t, "backup", jobs.Jobs[0].Type)
	require.Equal(t, qmp.JobStatusRunning, jobs.Jobs[0].Status)
	require.NoError(t, c.JobCancel(ctx, "backup"))
	await(t, sub, func(e *qmp.BlockJobCancelled) bool { return e.Job == "backup" })
	await(t, sub, func(e *qmp.JobChanged) bool { return e.Job == "backup" && e.Status == qmp.JobStatusConcluded })
	require.NoError(t, c.JobDismiss(ctx, "backup"))
	await(t, sub, func(e *qmp.JobChanged) bool { return e.Job == "backup" && e.Status == qmp.JobStatusGone })

	require.NoError(t, c.BlockdevMirror(ctx, "mirror", "from", "to", "full", noSpeed))
	await(t, sub, func(e *qmp.BlockJobReady) bool { return e.Job == "mirror" && e.Length == 64<<20 })
	require.NoError(t, c.JobComplete(ctx, "mirror"))
	await(t, sub, func(e *qmp.BlockJobCompleted) bool { return e.Job == "mirror" })
	require.NoError(t, c.BlockdevDel(ctx, "to"))
	require.Error(t, c.BlockdevDel(ctx, "to"), "it is gone")
}

// TestMigration moves a machine from one server to another.
func TestMigration(t *testing.T) {
	t.Parallel()
	machine := []string{"-M", "q35", "-m", "16"}
	from := startServer(t, machine...).dial()
	to := startServer(t, append(machine, "-incoming", "defer")...).dial()
	ctx := lab.Within(t, 20*time.Second)
	arrived, sub := listen(t, to), listen(t, from)
	on := []qmp.MigrationCapability{{Capability: "events", On: true}}
	for _, c := range []*qmp.Client{from, to} {
		require.NoError(t, c.MigrateSetCapabilities(ctx, on))
	}
	capabilities, err := from.QueryMigrateCapabilities(ctx)
	require.NoError(t, err)
	require.Contains(t, capabilities.Capabilities, on[0])
	migration, err := from.QueryMigrate(ctx)
	require.NoError(t, err)
	require.False(t, migration.Status.Set, "there was none yet")

	require.NoError(t, from.MigrateSetParameters(ctx, qmp.MigrationParameters{MaxBandwidth: qmp.Some(uint64(1))}))
	require.NoError(t, from.Migrate(ctx, "unix:"+deaf(t)))
	require.NoError(t, from.MigrateCancel(ctx))
	await(t, sub, func(e *qmp.Migrating) bool { return e.Status == qmp.MigrationStatusCancelled })

	address := "tcp:" + lab.Address(t)
	require.NoError(t, to.MigrateIncoming(ctx, address))
	require.NoError(t, from.MigrateSetParameters(ctx, qmp.MigrationParameters{MaxBandwidth: qmp.Some(uint64(1 << 30)), Others: options(`{"multifd-channels": 3}`)}))
	require.NoError(t, from.Migrate(ctx, address))
	await(t, sub, func(e *qmp.Migrating) bool { return e.Status == qmp.MigrationStatusCompleted })
	await(t, arrived, func(e *qmp.Migrating) bool { return e.Status == qmp.MigrationStatusCompleted })
	migration, err = from.QueryMigrate(ctx)
	require.NoError(t, err)
	require.Equal(t, qmp.Some(qmp.MigrationStatusCompleted), migration.Status)
	require.Positive(t, migration.RAM.Value.Total)
	status, err := from.QueryStatus(ctx)
	for err == nil && status.Status == qmp.RunStateFinishMigrate { // it comes to its end behind the event
		status, err = from.QueryStatus(ctx)
	}
	require.NoError(t, err)
	require.Equal(t, qmp.RunStatePostmigrate, status.Status)
}

// deaf is a socket that takes connections and reads nothing: what goes there does
// not come to its end, however slow the test is.
func deaf(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deaf")
	l, err := net.Listen("unix", path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return path
}

func TestScreenAndKeyboard(t *testing.T) {
	t.Parallel()
	c := startServer(t, pc...).dial()
	ctx := lab.Within(t, 20*time.Second)
	shot := filepath.Join(t.TempDir(), "screen.ppm")
	require.NoError(t, c.Screendump(ctx, shot, qmp.Optional[string]{}, qmp.Optional[uint32]{}, qmp.Optional[string]{}))
	data, err := os.ReadFile(shot)
	require.NoError(t, err)
	require.Contains(t, string(data[:20]), "P6")
	require.NoError(t, c.SendKey(ctx, []qmp.Key{{Qcode: "ctrl"}, {Qcode: "a"}}, qmp.Some(uint32(10))))
	err = c.SendKey(ctx, []qmp.Key{{Qcode: "no such key"}}, qmp.Optional[uint32]{})
	require.ErrorContains(t, err, "no such key")
}
