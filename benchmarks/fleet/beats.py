"""Twisted clients that send a heartbeat a second after the last was answered.
ADDRESS PORT N; says "ready", then answers each line of standard input with the
memory in KiB and the CPU time in seconds that the process has used."""

import resource
import sys

from twisted.internet import reactor, stdio
from twisted.internet.protocol import ClientFactory
from twisted.protocols.basic import LineOnlyReceiver, LineReceiver

HOST, PORT, N = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
EVERY, TIMEOUT, AT_ONCE = 1.0, 1.0, 64


class Beat(LineReceiver):
    delimiter = b"\n"
    alarm = None

    def connectionMade(self):
        self.transport.setTcpNoDelay(True)
        self.beat()
        self.factory.connected()

    def beat(self):
        self.alarm = reactor.callLater(TIMEOUT, self.transport.abortConnection)
        self.sendLine(b"PING")

    def lineReceived(self, line):
        self.alarm.cancel()
        self.alarm = reactor.callLater(EVERY, self.beat)


class Fleet(ClientFactory):
    protocol = Beat
    noisy = False
    begun = done = 0

    def begin(self):
        if self.begun < N:
            self.begun += 1
            reactor.connectTCP(HOST, PORT, self)

    def connected(self):
        self.done += 1
        if self.done == N:
            print("ready", flush=True)
        self.begin()


class Orders(LineOnlyReceiver):
    delimiter = b"\n"

    def lineReceived(self, line):
        used = resource.getrusage(resource.RUSAGE_SELF)
        with open("/proc/self/status") as status:
            kib = next(line.split()[1] for line in status if line.startswith("VmRSS:"))
        print(kib, used.ru_utime + used.ru_stime, flush=True)

    def connectionLost(self, reason):
        reactor.stop()


stdio.StandardIO(Orders())
fleet = Fleet()
for _ in range(AT_ONCE):
    reactor.callWhenRunning(fleet.begin)
reactor.run()
