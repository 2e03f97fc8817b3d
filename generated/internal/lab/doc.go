// Package lab gives tests what a fake cannot: real servers, and networks of the
// real kernel that can be cut.
//
//   - [Tool] finds a program, and skips the test on a machine that lacks it;
//     [Installed] does so for a library;
//   - [Start] runs a program for a test, and [Process.Kill] ends it as a power
//     cut would, [Process.Freeze] stops it as if it hung; [StartGroup] is for one
//     that starts others; [Address] is where a server can listen again after that;
//   - [AwaitReady] and [AwaitLoss] follow a client's states, [Heartbeats] counts
//     what its server answers, [Silent] waits until a server has enough of
//     somebody who says nothing, [Certificate] is what one with TLS needs;
//   - [NewNetwork] makes two network namespaces with a cable between them: the
//     client's and the server's. The cable can be pulled, swallow what it is
//     told to, lose packets and forget connections (faults.go);
//     [NewRelayedNetwork] makes one that is slow and reorders;
//   - [Role] lets a test binary be a child process of its own tests, so that
//     the client and the server can each live in their namespace; [Obey] and
//     [Process.Tell] let the test talk to it.
//
// With CI=true, what is missing fails a test instead of skipping it. All that
// a test makes here is gone when it ends, also by an interrupt; what a killed test
// left is removed by the next one.
//
// This package's own tests are the lab's experiments: README.md says what they
// measure, and has the table.
package lab
