"""What both Twisted clients share: reports, orders and traffic, as the clients
of generated/internal/lab have them. A report is a JSON object a line on standard
output; orders come on standard input."""

import json
import sys
import time

from twisted.internet import reactor, stdio
from twisted.internet.task import LoopingCall
from twisted.protocols.basic import LineOnlyReceiver

PERIOD = 0.01  # seconds, of the control timer


class Reporter:
    """Says what happens, with the worst lateness of a bare timer."""

    def __init__(self):
        self.late = 0.0
        self.last = 0.0  # when something was last sent
        self.due = time.monotonic() + PERIOD
        reactor.callLater(PERIOD, self.control)
        stdio.StandardIO(Orders(self))

    def control(self):
        now = time.monotonic()
        self.late = max(self.late, now - self.due)
        self.due = now + PERIOD
        reactor.callLater(PERIOD, self.control)

    def say(self, state, err=""):
        report = {"State": state, "At": nanoseconds(time.monotonic()), "Err": err}
        report["Late"] = nanoseconds(self.late)
        report["Last"] = nanoseconds(self.last)
        print(json.dumps(report), flush=True)


class Orders(LineOnlyReceiver):
    delimiter = b"\n"

    def __init__(self, reporter):
        self.reporter = reporter

    def lineReceived(self, line):
        if line == b"mark":
            self.reporter.say("marked")
            self.reporter.late = 0.0

    def connectionLost(self, reason=None):
        if reactor.running:
            reactor.stop()  # the test is gone


class Traffic:
    """What a client of that kind does, while it is connected. One that floods
    sends whenever its transport has sent the last."""

    WHAT = {"busy": (b"READ", 0.01), "writer": (b"PUT " + b"x" * (32 << 10), 0.02)}

    def __init__(self, reporter, kind, send, transport):
        self.reporter, self.send, self.sent = reporter, send, 0
        self.transport, self.floods = transport, kind == "flood"
        self.every = 1000 if self.floods else 20
        self.line, self.pause = self.WHAT.get(kind, (None, 0))
        self.loop = LoopingCall(self.once)

    def start(self):
        if self.floods:
            self.transport.registerProducer(self, False)
        elif self.line:
            self.loop.start(self.pause)

    def stop(self):
        if self.loop.running:
            self.loop.stop()

    def resumeProducing(self):
        self.line = b"PUT " + b"x" * (32 << 10)
        self.once()

    def stopProducing(self):
        pass

    def once(self):
        self.send(self.line)
        self.reporter.last = time.monotonic()
        self.sent += 1
        if self.sent % self.every == 0:
            self.reporter.say("traffic")


def nanoseconds(seconds):
    return int(seconds * 1e9)


def main(factory):
    """Connects to ADDRESS as a client of KIND, the two arguments."""
    host, port = sys.argv[1].rsplit(":", 1)
    reactor.connectTCP(host, int(port), factory(Reporter(), sys.argv[2]), timeout=1)
    reactor.run()
