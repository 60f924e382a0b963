"""The chat client: a click program that talks with the orchestrator and nothing else.

gRPC's C core reads its log level when it is first imported and writes to the terminal by itself; so it is silenced
here, before any module of the package can import it. Whoever wants its words sets `GRPC_VERBOSITY`.
"""

import os

os.environ.setdefault("GRPC_VERBOSITY", "NONE")
