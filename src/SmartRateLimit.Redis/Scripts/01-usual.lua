-- Decides a batch of requests on the buckets in KEYS, in order, at one moment of the server's clock.
--
-- ARGV: extra milliseconds that an idle bucket is kept; 'each' or 'all' (all or nothing); number of policies; each
-- policy's numbers; then for each request: index of its key, index of its policy, operation, cost, how many callers ask.
-- Operations: 'take', 'reserve' (may take a permit that comes within the longest wait), 'peek', 'refund'.
--
-- Returns, for each caller of 'take', 'reserve' and 'peek', five integers: -1 when admitted, else the index of the rate that
-- refused, or -2 minus the index of a rate that the cost can never fit; the wait in microseconds; permits remaining; the
-- index of the rate with the least; microseconds until that one is reset. A wait of -1 never ends. Callers of one request
-- after its first rejection are rejected alike and not repeated.
--
-- Every number is a whole one below 2^53, where doubles are exact.

local now = redis.call('TIME') now = now[1] * 1000000 + now[2]

local NEVER = math.huge
local EXACT = 9007199254740992
local LONGEST_EXPIRY = 2251799813685

local grace, is_group, first = tonumber(ARGV[1]), ARGV[2] == 'all', 4 + tonumber(ARGV[3])
local asked, replies = first, {}

-- The usual case, decided before the rest of this program is even set up, which takes longer than the decision: a token or
-- leaky bucket of one rate, under the numbers that it was written under, small enough that no product leaves 2^53. Whatever
-- is not usual goes on below, from that request on. The level is what is outstanding, in 1 / period permits.
while not is_group and asked <= #ARGV do
  local key, numbers, operation = KEYS[tonumber(ARGV[asked])], ARGV[3 + tonumber(ARGV[asked + 1])], ARGV[asked + 2]
  local kind, wait, permits, period, burst, initial = string.match(numbers, '^(%l+) (%d+);(%d+),(%d+),(%d+),(%d+)$')
  permits, period, burst = tonumber(permits), tonumber(period), tonumber(burst)
  local cost = tonumber(ARGV[asked + 3])
  if (kind ~= 'token' and kind ~= 'leaky') or (operation ~= 'take' and operation ~= 'reserve')
    or permits == 0 or cost == 0 or cost > burst or burst * period >= EXACT / 4
    or tonumber(wait) * permits >= EXACT / 4 then
    break
  end

  local stored = redis.pcall('GET', key)
  local level = (burst - initial) * period
  if stored then
    if type(stored) ~= 'string' or string.sub(stored, 1, #numbers) ~= numbers then
      break
    end

    local time, whole, rest = string.match(stored, '^|(%d+),(%d+),(%d+)$', #numbers + 1)
    if not time or now < tonumber(time) or (now - time) * permits >= EXACT or whole * period >= EXACT / 4 then
      break
    end

    level = math.max(0, whole * period + rest - (now - time) * permits)
  end

  local capacity, price, patience = burst * period, cost * period, operation == 'reserve' and tonumber(wait) or 0
  local is_due = not stored
  local callers = tonumber(ARGV[asked + 4])
  repeat
    local retry = math.max(0, math.ceil((level + price - capacity) / permits))
    local delay = retry
    if kind == 'token' then
      retry = math.max(0, retry - patience)
    else
      delay = math.ceil(level / permits)
      retry = patience > 0 and math.max(retry, delay - patience) or retry
    end

    if retry == 0 then
      level, is_due = level + price, true
    end

    local n = #replies
    replies[n + 1] = retry > 0 and 0 or -1
    replies[n + 2] = retry > 0 and retry or delay
    replies[n + 3] = math.max(0, math.floor((capacity - level) / period))
    replies[n + 4] = 0
    replies[n + 5] = math.ceil(level / permits)
    callers = callers - 1
  until callers <= 0 or retry > 0

  if is_due then
    local rest = math.fmod(level, period)
    local expiry = math.min(LONGEST_EXPIRY, math.ceil(math.ceil(level / permits) / 1000) + grace)
    redis.call('SET', key, string.format('%s|%.0f,%.0f,%.0f', numbers, now, (level - rest) / period, rest), 'PX', string.format('%.0f', expiry))
  end

  asked = asked + 5
end

if asked > #ARGV and not is_group then
  return replies
end
