package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/storms"
)

func TestReplay(t *testing.T) {
	for _, load := range storms.Workloads() {
		require.True(t, replay(load, 3, "1s ask n=3 seed=5; 5s cut; 40s restore", false), load.Name)
	}
	require.Equal(t, "acme, redis, nats, kind, order, lasting, tagged, polling, modal, percommand, post", names())
}
