//go:build unix

package main

import (
	"os"
	"syscall"
)

// keepOwner gives f the owner and group of the file that it takes the place of.
// Only root may do so for others' files; for one's own there is nothing to do.
func keepOwner(f *os.File, info os.FileInfo) {
	if was, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(was.Uid), int(was.Gid))
	}
}
