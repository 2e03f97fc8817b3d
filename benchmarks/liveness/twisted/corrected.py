"""The recipe, corrected: LineReceiver, a heartbeat with a deadline, and
ReconnectingClientFactory with setTcpKeepAlive.

- Only what arrives feeds the watchdog, never what is sent.
- A dead connection is aborted: loseConnection would wait for its buffer.
- The timers end with their connection.
- The delay is forgiven when the peer has answered, not when it has accepted.
"""

from twisted.internet import reactor
from twisted.internet.protocol import ReconnectingClientFactory
from twisted.protocols.basic import LineReceiver

from report import Traffic, main

EVERY, TIMEOUT, MISSES = 1.0, 1.0, 2  # seconds, seconds, probes


class Unit(LineReceiver):
    delimiter = b"\n"

    def connectionMade(self):
        self.transport.setTcpKeepAlive(True)
        self.transport.setTcpNoDelay(True)
        self.missed, self.answered, self.alarm = 0, False, None
        self.traffic = Traffic(self.factory.reporter, self.factory.kind, self.sendLine, self.transport)
        self.probe()

    def dataReceived(self, data):
        self.missed = 0
        self.arm(EVERY)
        return LineReceiver.dataReceived(self, data)

    def lineReceived(self, line):
        if not self.answered:
            self.answered = True
            self.factory.resetDelay()
            self.factory.reporter.say("ready")
            self.traffic.start()

    def arm(self, seconds):
        if self.alarm is not None and self.alarm.active():
            self.alarm.cancel()
        self.alarm = reactor.callLater(seconds, self.probe)

    def probe(self):
        if self.missed == MISSES:
            self.transport.abortConnection()
            return
        self.missed += 1
        self.sendLine(b"PING")
        self.arm(TIMEOUT)

    def connectionLost(self, reason):
        if self.alarm is not None and self.alarm.active():
            self.alarm.cancel()
        self.traffic.stop()
        self.factory.reporter.say("backoff", reason.getErrorMessage())


class Units(ReconnectingClientFactory):
    protocol = Unit
    initialDelay, factor, maxDelay, jitter = 0.2, 2.0, 1.0, 0.1

    def __init__(self, reporter, kind):
        self.reporter, self.kind = reporter, kind


main(Units)
