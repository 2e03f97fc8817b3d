package smtp_test

import (
	"testing"

	"github.com/linewright/linewright/generated/smtp"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/smtp.yaml", dynamictest.Generated{
		Plan: smtp.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[smtp.Hello], dynamictest.New[smtp.TurnedAway], dynamictest.New[smtp.Extensions], dynamictest.New[smtp.Greeted],
			dynamictest.New[smtp.NoExtensions], dynamictest.New[smtp.NoTLS], dynamictest.New[smtp.OK], dynamictest.New[smtp.Verified], dynamictest.New[smtp.Unverified],
			dynamictest.New[smtp.GoAhead], dynamictest.New[smtp.Accepted], dynamictest.New[smtp.Deferred], dynamictest.New[smtp.Rejected],
			dynamictest.New[smtp.Challenge], dynamictest.New[smtp.Prompt], dynamictest.New[smtp.Temporary], dynamictest.New[smtp.Failure],
			dynamictest.New[smtp.Closing],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[smtp.EhloRequest], dynamictest.New[smtp.HeloRequest], dynamictest.New[smtp.StartTLSRequest], dynamictest.New[smtp.AuthPlainRequest],
			dynamictest.New[smtp.AuthCRAMMD5Request], dynamictest.New[smtp.AuthLoginRequest], dynamictest.New[smtp.AuthResponseRequest],
			dynamictest.New[smtp.ExtensionsRequest], dynamictest.New[smtp.MailRequest],
			dynamictest.New[smtp.RcptRequest], dynamictest.New[smtp.DataRequest], dynamictest.New[smtp.BodyRequest],
			dynamictest.New[smtp.RsetRequest], dynamictest.New[smtp.VrfyRequest], dynamictest.New[smtp.ExpnRequest],
			dynamictest.New[smtp.HelpRequest], dynamictest.New[smtp.NoopRequest], dynamictest.New[smtp.QuitRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"250 OK", "250", "250 ", "250-a\r\n250-\r\n250 b", "250-a\r\n550 b", "250 2.1.5", "250 2.1", "550 5.7.1 no", "550-5.7.1 no\r\n550 5.7.1 never", "421", "421 4.3.2 going",
		"250-mx hi\r\n250-SIZE 10\r\n250-AUTH  PLAIN\r\n250-XAUTH=x\r\n250 HELP", "220-a\r\n220", "354 go", "334 ", "334 AA==", "MAIL FROM:<> SIZE=1 BODY=8BITMIME X=Y", "MAIL FROM:<a>b>",
		"RCPT TO:<a@b> NOTIFY=NEVER ORCPT=x", "a\r\n..b\r\n.", ".", "..\r\n.", "HELP", "HELP ", "AUTH LOGIN", "STARTTLS",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
