"""The recipe as people write it: TimeoutMixin re-armed by all traffic, that is
by the heartbeat too, and loseConnection, which waits until the buffer of a dead
peer is empty. setTcpKeepAlive has the kernel's defaults: two hours."""

from twisted.internet.protocol import ReconnectingClientFactory
from twisted.internet.task import LoopingCall
from twisted.protocols.basic import LineReceiver
from twisted.protocols.policies import TimeoutMixin

from report import Traffic, main


class Unit(LineReceiver, TimeoutMixin):
    delimiter = b"\n"

    def connectionMade(self):
        self.factory.resetDelay()
        self.transport.setTcpKeepAlive(1)
        self.setTimeout(3)
        self.heartbeat = LoopingCall(self.send, b"PING")
        self.heartbeat.start(1.0)
        self.traffic = Traffic(self.factory.reporter, self.factory.kind, self.send, self.transport)
        self.factory.reporter.say("ready")
        self.traffic.start()

    def send(self, line):
        self.resetTimeout()
        self.sendLine(line)

    def lineReceived(self, line):
        self.resetTimeout()

    def timeoutConnection(self):
        self.transport.loseConnection()

    def connectionLost(self, reason):
        self.setTimeout(None)
        self.heartbeat.stop()
        self.traffic.stop()
        self.factory.reporter.say("backoff", reason.getErrorMessage())


class Units(ReconnectingClientFactory):
    protocol = Unit
    initialDelay, maxDelay = 0.2, 1.0

    def __init__(self, reporter, kind):
        self.reporter, self.kind = reporter, kind


main(Units)
