# A mail server that takes mail only after STARTTLS and a password: smtp_server.py PORT CERTIFICATE KEY USER PASSWORD
# It prints "ready", then each mail it took as one line: recipient, user, whether the line was encrypted, the mail in base64.
import base64, ssl, sys, threading
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

port, certificate, key, user, password = sys.argv[1:]


class Keeper:
    async def handle_DATA(self, server, session, envelope):
        text = base64.b64encode(envelope.content).decode()
        print(envelope.rcpt_tos[0], session.auth_data, session.ssl is not None, text, flush=True)
        return "250 taken"


def check(server, session, envelope, mechanism, data):
    given = (getattr(data, "login", b""), getattr(data, "password", b""))
    if given != (user.encode(), password.encode()):
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=user)


class Server(SMTP):
    # Names of mechanisms are those of SASL, which know no case (RFC 4954); this server compares them as they are written.
    async def smtp_AUTH(self, arg):
        words = (arg or "").split(" ")
        await super().smtp_AUTH(" ".join([words[0].upper(), *words[1:]]))


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.minimum_version = ssl.TLSVersion.TLSv1_2
context.load_cert_chain(certificate, key)


class Listener(Controller):
    def factory(self):
        return Server(self.handler, hostname="localhost", tls_context=context, require_starttls=True, auth_required=True, authenticator=check)


controller = Listener(Keeper(), hostname="127.0.0.1", port=int(port))
controller.start()
print("ready", flush=True)
sys.stdin.read()  # until the test closes it
controller.stop()
