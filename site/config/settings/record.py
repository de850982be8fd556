"""Settings of the record of what was shown: who signs it."""

from environs import Env

from config.record_keys import read_keys

env = Env()

# The first signs; older ones, or their public halves, verify what they have signed.
# Who stamps the anchors, and by which certificates that is checked; "none" for nobody.
TIMESTAMP_URL = env.str("TIMESTAMP_URL", "").removeprefix("none")
TIMESTAMP_CERTIFICATES = env.str("TIMESTAMP_CERTIFICATES", "")  # a file of PEM
RECORD_KEYS: list[str] = read_keys(env.list("RECORD_SIGNING_KEY", []))
