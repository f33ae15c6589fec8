"""The Lua scripts by which a hop is claimed, saved and settled: each is one atomic step in Redis.

A session's value begins with its mark: its turn, six digits, and how its sealed text begins, as no
other value does. Scripts compare it before they write, so that of callbacks at once for one session
exactly one steps, and none from a value that is no more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the SHA-1 by which Redis knows it once it has run (EVALSHA)."""

    text: str
    sha: str


MARK: Final = 64
"""Characters of a mark at most: the turn, whose it is, the name of the key and its whole nonce."""


def _script(text: str) -> Script:
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


# Both scripts begin so: KEYS session claim; ARGV expected-mark claim.
# A claim begins with the length of its history, three digits. The same claim may come again: it is
# the gateway's retry after one of our processes died. So may a longer one: its caller has seen the
# screen that the first led to, and only Redis has not heard of it.
_IS_FREE = f"""
local function length(claim) return tonumber(string.sub(claim, 1, 3)) or 0 end
if redis.call('GETRANGE', KEYS[1], 0, {MARK - 1}) ~= ARGV[1] then return 0 end
local held = redis.call('GET', KEYS[2])
if held and held ~= ARGV[2] and length(held) >= length(ARGV[2]) then return 0 end
"""

# KEYS session claim; ARGV expected-mark claim milliseconds.
CLAIM: Final = _script(f"""{_IS_FREE}
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
""")

# KEYS session claim resume dirty effects;
# ARGV expected-mark claim value ttl resume keep phone marked-at effects effects-kept hint.
# Where a mark says that a draft waits for PostgreSQL, no hint is put over it or taken away.
SAVE: Final = _script(f"""{_IS_FREE}
redis.call('SET', KEYS[1], ARGV[3], 'EX', ARGV[4])
if held then redis.call('DEL', KEYS[2]) end
if ARGV[5] == 'keep' then
  redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[6])
  redis.call('ZADD', KEYS[4], ARGV[8], ARGV[7])
elseif ARGV[5] == 'drop' then
  redis.call('DEL', KEYS[3])
  redis.call('ZREM', KEYS[4], ARGV[7])
elseif ARGV[5] == 'hint' and not redis.call('ZSCORE', KEYS[4], ARGV[7]) then
  redis.call('SET', KEYS[3], ARGV[11], 'EX', ARGV[6])
elseif ARGV[5] == 'forget' and not redis.call('ZSCORE', KEYS[4], ARGV[7]) then
  redis.call('DEL', KEYS[3])
end
if ARGV[9] ~= '' then
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[10], '*', 'e', ARGV[9])
end
return 1
""")

# KEYS dirty resume; ARGV phone mark.
SETTLE: Final = _script("""
local mark = redis.call('ZSCORE', KEYS[1], ARGV[1])
if mark and tonumber(mark) == tonumber(ARGV[2]) then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('DEL', KEYS[2])
end
return 1
""")
