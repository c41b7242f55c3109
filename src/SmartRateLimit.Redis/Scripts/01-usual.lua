-- Decides a batch of requests on the buckets in KEYS, in order, at one moment of the server's clock.
--
-- ARGV: extra milliseconds that an idle bucket is kept; 'each' or 'all' (all or nothing); number of policies; each
-- policy's numbers; then for each request: index of its key, index of its policy, operation, cost, how many callers ask.
-- Operations: 'take', 'reserve' (may take a permit that comes within the longest wait), 'peek', 'refund'.
--
-- Returns, for each caller of 'take', 'reserve' and 'peek', five integers: -1 when admitted, else the index of the rate that
-- refused, or -2 minus the index of a rate that the cost can never fit; the wait in microseconds; permits remaining; the
-- index of the rate with the least; microseconds until that one is reset. A wait of -1 never ends. Callers of one request
-- after its first rejection are rejected alike and not repeated. For all callers of a usual request, see below, two
-- integers: -1000000 minus the number of those admitted, and what was outstanding before them, in 1 / period permits.
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
-- is not usual goes on below, from that request on.
do
  local KEYS, ARGV, last, tonumber, type = KEYS, ARGV, #ARGV, tonumber, type
  local call, pcall, find, match, format = redis.call, redis.pcall, string.find, string.match, string.format
  local floor, ceil, min, max = math.floor, math.ceil, math.min, math.max
  local policy, numbers, prefix, kind, patience, permits, period, burst, initial, capacity
  local expiry, expiry_text
  local n = 0

  while not is_group and asked <= last do
    if policy ~= ARGV[asked + 1] then
      policy = ARGV[asked + 1]
      numbers = ARGV[3 + policy]
      kind, patience, permits, period, burst, initial = match(numbers, '^(%l+) (%d+);(%d+),(%d+),(%d+),(%d+)$')
      if kind ~= 'token' and kind ~= 'leaky' then
        break
      end

      patience, permits, period, burst, initial = tonumber(patience), tonumber(permits), tonumber(period), tonumber(burst), tonumber(initial)
      capacity = burst * period
      if permits == 0 or capacity >= EXACT / 4 or patience * permits >= EXACT / 4 then
        break
      end

      prefix = format('%s|%.0f,', numbers, now)
    end

    local operation, cost, callers = ARGV[asked + 2], tonumber(ARGV[asked + 3]), tonumber(ARGV[asked + 4])
    if (operation ~= 'take' and operation ~= 'reserve') or cost == 0 or cost > burst then
      break
    end

    local key = KEYS[tonumber(ARGV[asked])]
    local stored = pcall('GET', key)
    local level = capacity - initial * period
    if stored then
      if type(stored) ~= 'string' or find(stored, numbers, 1, true) ~= 1 then
        break
      end

      local time, whole, rest = match(stored, '^|(%d+),(%d+),(%d+)$', #numbers + 1)
      local back, spent = time and (now - time) * permits, time and whole * period
      if not time or back < 0 or back >= EXACT or spent >= EXACT / 4 then
        break
      end

      level = max(0, spent + rest - back)
    end

    local price, wait = cost * period, operation == 'reserve' and patience * permits or 0
    local admitted
    if kind == 'token' then
      admitted = floor((capacity + wait - level) / price)
    else
      admitted = floor((capacity - level) / price)
      admitted = wait > 0 and min(admitted, floor((wait - level) / price) + 1) or admitted
    end

    admitted = max(0, min(callers, admitted))
    replies[n + 1], replies[n + 2] = -1000000 - admitted, level
    n = n + 2

    if admitted > 0 or not stored then
      level = level + admitted * price
      local rest = level % period
      local due = min(LONGEST_EXPIRY, ceil(ceil(level / permits) / 1000) + grace)
      if due ~= expiry then
        expiry, expiry_text = due, format('%.0f', due)
      end

      call('SET', key, format('%s%.0f,%.0f', prefix, (level - rest) / period, rest), 'PX', expiry_text)
    end

    asked = asked + 5
  end
end

if asked > #ARGV and not is_group then
  return replies
end
