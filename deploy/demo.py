"""A scripted conversation with the shop, for people who only want to look: `make demo`.

Signs a seeded customer in and says the lines below, through the real client. The exit status is the client's.
"""

import subprocess
import sys

CUSTOMER = "dana.fields@example.com"
LINES = (
    "show me my profile",
    "what are my pending orders?",
    "where is A-1043?",
    "cancel A-1042 only if it hasn't shipped and then tell me my points",
    "yes",
    "cancel A-1043 unless it has shipped",
    "cancel my order",
    "A-1044",
    "no",
    "cancel all my pending orders that are older than two weeks",
    "yes",
    "show me order A-1050",
    "what is erik.holm@example.com's phone number?",
    "book me a flight to Rome",
)
CLIENT = (sys.executable, "-m", "client")


def main() -> int:
    """Holds the conversation; the client's exit status."""
    login = subprocess.run([*CLIENT, "login", CUSTOMER, "--from-outbox"], check=False)
    if login.returncode:
        return login.returncode
    return subprocess.run([*CLIENT, "chat"], input="\n".join(LINES).encode() + b"\n", check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
