// Package lab gives tests what a fake cannot: real servers, and networks of the
// real kernel that can be cut.
//
//   - [Tool] finds a program, and skips the test on a machine that lacks it;
//   - [Start] runs a program for a test, and [Process.Kill] ends it as a power
//     cut would, [Process.Freeze] stops it as if it hung; [Address] is where a
//     server can listen again after that;
//   - [AwaitReady] and [AwaitLoss] follow a client's states;
//   - [NewNetwork] makes two network namespaces with a cable between them: the
//     client's and the server's. The cable can be pulled, or swallow everything;
//   - [Role] lets a test binary be a child process of its own tests, so that
//     the client and the server can each live in their namespace.
//
// With CI=true, what is missing fails a test instead of skipping it. All that
// a test makes here is gone when it ends.
package lab
