-- Decides a batch of requests on the buckets in KEYS, in order, at one moment of the server's clock.
--
-- ARGV: extra milliseconds that an idle bucket is kept; 'each' or 'all' (all or nothing); number of policies; each
-- policy's numbers; then for each request: index of its key, index of its policy, operation, cost, how many callers ask.
-- Operations: 'take', 'reserve' (may take a permit that comes within the longest wait), 'peek', 'refund'.
--
-- Returns, for each caller of 'take', 'reserve' and 'peek', five integers: the index of the rate that refused or -1, the
-- wait in microseconds, permits remaining, the index of the rate with the least, microseconds until that one is reset. A
-- wait of -1 never ends. Callers of one request after its first rejection are rejected alike and not repeated.
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
  local is_due = not stored and level > 0
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

local function text(number)
  return string.format('%.0f', number)
end

-- The quotient and the remainder of a * b / c, also where a * b is beyond 2^53; a, b and the quotient are below it, c below 2^52.
local function muldiv(a, b, c)
  local product = a * b
  if product < EXACT then
    local rest = math.fmod(product, c)
    return (product - rest) / c, rest
  end

  local divisor, other = b, c
  while other > 0 do
    divisor, other = other, math.fmod(divisor, other)
  end

  if divisor > 1 then
    local quotient, rest = muldiv(a, b / divisor, c / divisor)
    return quotient, rest * divisor
  end

  local part = math.fmod(a, c)
  local whole = (a - part) / c
  local quotient, rest = 0, 0
  local bit = 4503599627370496
  while bit >= 1 do
    quotient, rest = quotient * 2, rest * 2
    if rest >= c then
      quotient, rest = quotient + 1, rest - c
    end

    if b >= bit then
      b = b - bit
      quotient, rest = quotient + whole, rest + part
      if rest >= c then
        quotient, rest = quotient + 1, rest - c
      end
    end

    bit = bit / 2
  end

  return quotient, rest
end

local function window_start(period)
  local rest = math.fmod(now, period)
  return now - (rest < 0 and rest + period or rest)
end

-- Algorithms. A rule is one rate's numbers, a meter one key's state at `now`. Each has: fresh, load (and whether a step of
-- the clock changed it), carry (from permits spent under other numbers), spent (whole permits, rest, parts per permit),
-- wait (until at most so many permits are spent), reset, charge, refund, save.

-- The generic cell rate algorithm. What is outstanding is kept as whole permits and a rest in 1 / period permits, at a time.
local function new_bucket()
  local bucket = {}

  local function is_certainly_more(time, rule, permits)
    return time * rule.permits / rule.period > permits * 1.000001 + 2
  end

  function bucket.fresh(rule)
    return { whole = rule.burst - rule.initial, rest = 0 }
  end

  function bucket.load(rule, time, whole, rest)
    local passed = now - time
    if passed >= 0 then
      if is_certainly_more(passed, rule, whole) then
        return { whole = 0, rest = 0 }
      end

      local back, back_rest = muldiv(passed, rule.permits, rule.period)
      whole, rest = whole - back, rest - back_rest
      if rest < 0 then
        whole, rest = whole - 1, rest + rule.period
      end

      return whole < 0 and { whole = 0, rest = 0 } or { whole = whole, rest = rest }
    end

    -- The clock stepped back: what came back since is taken back; when that is more than can be, all counts as spent now.
    local most, most_rest = muldiv(rule.wait + rule.period, rule.permits, rule.period)
    most = most + rule.burst
    if not is_certainly_more(-passed, rule, most) then
      local taken, taken_rest = muldiv(-passed, rule.permits, rule.period)
      whole, rest = whole + taken, rest + taken_rest
      if rest >= rule.period then
        whole, rest = whole + 1, rest - rule.period
      end

      if whole < most or (whole == most and rest <= most_rest) then
        return { whole = whole, rest = rest }
      end
    end

    return { whole = rule.burst, rest = 0 }, true
  end

  function bucket.carry(rule, whole, rest, parts)
    local own, remainder = muldiv(rest, rule.period, parts)
    own = remainder > 0 and own + 1 or own
    return own >= rule.period and { whole = whole + 1, rest = 0 } or { whole = whole, rest = own }
  end

  function bucket.spent(rule, meter)
    return meter.whole, meter.rest, rule.period
  end

  function bucket.wait(rule, meter, permits)
    local excess = meter.whole - permits
    if excess < 0 or (excess == 0 and meter.rest == 0) then
      return 0
    elseif rule.permits == 0 then
      return NEVER
    end

    local wait, rest = muldiv(excess, rule.period, rule.permits)
    rest = rest + meter.rest
    local uneven = math.fmod(rest, rule.permits)
    return wait + (rest - uneven) / rule.permits + (uneven > 0 and 1 or 0)
  end

  function bucket.reset(rule, meter)
    return bucket.wait(rule, meter, 0)
  end

  function bucket.charge(rule, meter, cost)
    meter.whole = meter.whole + cost
  end

  function bucket.refund(rule, meter, cost)
    if meter.whole < cost or (meter.whole == cost and meter.rest == 0) then
      meter.whole, meter.rest = 0, 0
    else
      meter.whole = meter.whole - cost
    end
  end

  function bucket.save(rule, meter)
    return text(now), text(meter.whole), text(meter.rest)
  end

  return bucket
end

-- Counts in consecutive windows, aligned to the epoch or starting at the first admitted request.
local function new_window()
  local window = {}

  function window.fresh(rule)
    return { start = rule.aligned and window_start(rule.period) or now, count = 0 }
  end

  function window.load(rule, start, count)
    if count == 0 or now >= start + rule.period then
      return window.fresh(rule)
    elseif start - now <= rule.period then
      return { start = start, count = count }
    end

    local meter = window.fresh(rule)
    meter.count = rule.burst
    return meter, true
  end

  function window.carry(rule, whole, rest)
    local meter = window.fresh(rule)
    meter.count = rest > 0 and whole + 1 or whole
    return meter
  end

  function window.spent(rule, meter)
    return meter.count, 0, 1
  end

  function window.wait(rule, meter, permits)
    return meter.count <= permits and 0 or meter.start + rule.period - now
  end

  function window.reset(rule, meter)
    return (rule.aligned or meter.count > 0) and meter.start + rule.period - now or 0
  end

  function window.charge(rule, meter, cost)
    meter.count = meter.count + cost
  end

  function window.refund(rule, meter, cost)
    meter.count = math.max(0, meter.count - cost)
  end

  function window.save(rule, meter)
    return text(meter.start), text(meter.count)
  end

  return window
end

-- Two aligned windows; the previous one counts by the share of it that the sliding window still covers, rounded down.
local function new_counter()
  local counter = {}

  local function elapsed(meter)
    return math.max(0, now - meter.start)
  end

  -- The first time in a window at which the previous count weighs at most so much; the period or more when it never does.
  local function first_elapsed(rule, previous, room)
    if room < 0 then
      return NEVER
    elseif previous <= room then
      return 0
    end

    local covered, rest = muldiv(room + 1, rule.period, previous)
    return rule.period - (rest > 0 and covered + 1 or covered) + 1
  end

  function counter.fresh(rule)
    return { start = window_start(rule.period), previous = 0, current = 0 }
  end

  function counter.load(rule, start, previous, current)
    local actual = window_start(rule.period)
    if actual == start then
      return { start = start, previous = previous, current = current }
    elseif actual > start then
      return { start = actual, previous = actual - rule.period == start and current or 0, current = 0 }
    elseif previous == 0 and current == 0 then
      return counter.fresh(rule)
    elseif start - now <= rule.period then
      return { start = start, previous = previous, current = current }
    end

    return { start = actual, previous = 0, current = rule.burst }, true
  end

  function counter.carry(rule, whole, rest)
    local meter = counter.fresh(rule)
    meter.current = rest > 0 and whole + 1 or whole
    return meter
  end

  function counter.spent(rule, meter)
    local weighted = muldiv(meter.previous, rule.period - elapsed(meter), rule.period)
    return weighted + meter.current, 0, 1
  end

  function counter.wait(rule, meter, permits)
    local this_window = first_elapsed(rule, meter.previous, permits - meter.current)
    if this_window <= elapsed(meter) then
      return 0
    elseif this_window < rule.period then
      return meter.start + this_window - now
    end

    return meter.start + rule.period + math.min(rule.period, first_elapsed(rule, meter.current, permits)) - now
  end

  function counter.reset(rule, meter)
    if meter.current > 0 then
      return meter.start + 2 * rule.period - now
    end

    return meter.previous > 0 and meter.start + rule.period - now or 0
  end

  function counter.charge(rule, meter, cost)
    meter.current = meter.current + cost
  end

  function counter.refund(rule, meter, cost)
    local from_previous = math.max(0, cost - meter.current)
    meter.current = math.max(0, meter.current - cost)
    meter.previous = math.max(0, meter.previous - from_previous)
  end

  function counter.save(rule, meter)
    return text(meter.start), text(meter.previous), text(meter.current)
  end

  return counter
end

-- Every admission of the last period, each a field of a hash that is read only where it is needed.
local function new_log()
  local log = {}

  local function field(place, index)
    return place .. ':' .. text(index)
  end

  local function entry(meter, index)
    if not meter.entries[index] then
      local last = math.min(index + meter.ahead, meter.tail)
      meter.ahead = math.min(100, 2 * meter.ahead + 1)
      local fields = {}
      for i = index, last do
        fields[#fields + 1] = field(meter.place, i)
      end

      local values = redis.call('HMGET', meter.key, unpack(fields))
      for i = index, last do
        local time, cost = string.match(values[i - index + 1] or '', '^(%d+),(%d+)$')
        meter.entries[i] = meter.entries[i] or { time = tonumber(time), cost = tonumber(cost) }
      end
    end

    return meter.entries[index]
  end

  local function append(meter, time, cost)
    local newest = meter.head <= meter.tail and entry(meter, meter.tail)
    if newest and newest.time == time then
      cost = cost + newest.cost
      meter.total = meter.total - newest.cost
    else
      meter.tail = meter.tail + 1
    end

    meter.entries[meter.tail] = { time = time, cost = cost }
    meter.changed[meter.tail] = true
    meter.total = meter.total + cost
  end

  function log.fresh(rule)
    return { head = 1, tail = 0, total = 0, entries = {}, changed = {} }
  end

  function log.load(rule, head, tail, total, key, place)
    local meter = {
      head = head, tail = tail, total = total, entries = {}, changed = {},
      key = key, place = place, ahead = 0, stored_head = head, stored_tail = tail,
    }
    if head > tail then
      return meter
    end

    if entry(meter, tail).time - now > rule.period then
      meter.head, meter.total = tail + 1, 0
      append(meter, now, rule.burst)
      return meter, true
    end

    while meter.head <= tail and entry(meter, meter.head).time <= now - rule.period do
      meter.total = meter.total - entry(meter, meter.head).cost
      meter.head = meter.head + 1
    end

    return meter
  end

  function log.carry(rule, whole, rest)
    local meter = log.fresh(rule)
    append(meter, now, rest > 0 and whole + 1 or whole)
    return meter
  end

  -- The same admissions in a meter that is written anew.
  function log.copy(meter)
    local copy = log.fresh()
    for i = meter.head, meter.tail do
      append(copy, entry(meter, i).time, entry(meter, i).cost)
    end

    return copy
  end

  function log.spent(rule, meter)
    return meter.total, 0, 1
  end

  function log.wait(rule, meter, permits)
    if permits < 0 then
      return NEVER
    elseif meter.total <= permits then
      return 0
    end

    local left, index = meter.total, meter.head - 1
    while left > permits do
      index = index + 1
      left = left - entry(meter, index).cost
    end

    return entry(meter, index).time + rule.period - now
  end

  function log.reset(rule, meter)
    return meter.head <= meter.tail and entry(meter, meter.tail).time + rule.period - now or 0
  end

  function log.charge(rule, meter, cost)
    append(meter, meter.head <= meter.tail and math.max(now, entry(meter, meter.tail).time) or now, cost)
  end

  function log.refund(rule, meter, cost)
    while cost > 0 and meter.head <= meter.tail do
      local newest = entry(meter, meter.tail)
      local taken = math.min(cost, newest.cost)
      cost, meter.total = cost - taken, meter.total - taken
      meter.entries[meter.tail] = { time = newest.time, cost = newest.cost - taken }
      meter.changed[meter.tail] = true
      if newest.cost == taken then
        meter.tail = meter.tail - 1
      end
    end
  end

  function log.save(rule, meter)
    return text(meter.head), text(meter.tail), text(meter.total)
  end

  -- Writes what changed: fields that left are deleted, unless the whole key was.
  function log.write(state, place, meter)
    local gone, kept = {}, {}
    local function flush(list, command, limit)
      if #list >= limit then
        redis.call(command, state.key, unpack(list))
        for i = #list, 1, -1 do
          list[i] = nil
        end
      end
    end

    if not state.is_rewritten then
      for i = meter.stored_head or 1, meter.stored_tail or 0 do
        if i < meter.head or i > meter.tail then
          gone[#gone + 1] = field(place, i)
          flush(gone, 'HDEL', 1000)
        end
      end
    end

    for i in pairs(meter.changed) do
      if i >= meter.head and i <= meter.tail then
        kept[#kept + 1] = field(place, i)
        kept[#kept + 1] = text(meter.entries[i].time) .. ',' .. text(meter.entries[i].cost)
        flush(kept, 'HSET', 1000)
      end
    end

    flush(gone, 'HDEL', 1)
    flush(kept, 'HSET', 1)
  end

  return log
end

local makers = {
  token = new_bucket, leaky = new_bucket, fixed = new_window, rolling = new_window, counter = new_counter, sliding = new_log,
}
local made = {}

local function algorithm(kind)
  local maker = makers[kind]
  if not maker then
    error('the key holds something else than the state of a limit')
  end

  made[maker] = made[maker] or maker()
  return made[maker]
end

-- What a rule says to a request: whether it admits, and how long to wait before the call or before asking again.
local function decide(rule, owner, meter, cost, patience)
  if cost > rule.burst or rule.burst == 0 then
    return false, NEVER
  elseif cost == 0 then
    return true, 0
  end

  local measure = owner.algorithm
  local room = measure.wait(owner, meter, rule.burst - cost)
  if rule.kind == 'token' then
    return room <= patience, room <= patience and room or room - patience
  elseif rule.kind ~= 'leaky' then
    return room == 0, room
  end

  local empty = measure.wait(owner, meter, 0)
  local retry = math.max(room, patience == 0 and 0 or math.max(0, empty - patience))
  return retry == 0, retry == 0 and empty or retry
end

local function remaining(rule, owner, meter)
  local whole, rest = owner.algorithm.spent(owner, meter)
  return math.max(0, rule.burst - whole - (rest > 0 and 1 or 0))
end

-- Policies and what keys remember of them. Numbers read 'kind wait;permits,period,burst,initial;…'.
local parsed = {}

local function parse(numbers)
  local rules = parsed[numbers]
  if not rules then
    local kind, wait = string.match(numbers, '^(%a+) (%d+);')
    local measure = algorithm(kind)
    rules = {}
    for permits, period, burst, initial in string.gmatch(numbers, '(%d+),(%d+),(%d+),(%d+)') do
      rules[#rules + 1] = {
        algorithm = measure, kind = kind, wait = tonumber(wait), aligned = kind == 'fixed', permits = tonumber(permits),
        period = tonumber(period), burst = tonumber(burst), initial = tonumber(initial),
      }
    end

    parsed[numbers] = rules
  end

  return rules
end

local function read(key, is_log)
  local state
  if is_log then
    state = redis.pcall('HGET', key, 'state')
    state = type(state) == 'table' and redis.call('GET', key) or state
  else
    state = redis.pcall('GET', key)
    state = type(state) == 'table' and redis.call('HGET', key, 'state') or state
  end

  return state
end

local opened = {}

local function open(key, numbers)
  local state = opened[key]
  if state then
    return state
  end

  local rules = parse(numbers)
  local stored = read(key, rules[1].kind == 'sliding')
  state = { key = key, numbers = numbers, rules = rules, meters = {}, is_new = not stored }
  opened[key] = state
  if not stored then
    for i, rule in ipairs(rules) do
      state.meters[i] = rule.algorithm.fresh(rule)
    end

    return state
  end

  local values
  state.numbers, values = string.match(stored, '^(.-)|(.*)$')
  state.rules = parse(state.numbers or stored)
  for a, b, c in string.gmatch(values, '(%d+),(%d+),?(%d*)') do
    local i = #state.meters + 1
    local rule = state.rules[i]
    local meter, stepped = rule.algorithm.load(rule, tonumber(a), tonumber(b), tonumber(c), key, text(i))
    state.meters[i] = meter
    state.is_due = state.is_due or stepped
  end

  return state
end

-- The rate of other numbers that knows most about a period: the longest not above it, or else the shortest.
local function predecessor(rules, period)
  local best = 1
  for i = 2, #rules do
    local candidate, chosen = rules[i].period, rules[best].period
    if candidate <= period then
      best = (chosen > period or candidate > chosen) and i or best
    else
      best = (chosen > period and candidate < chosen) and i or best
    end
  end

  return best
end

-- For each rate of a policy the rule and the meter that measure it: its own, or those of the numbers that were in force.
local function measures(state, policy)
  if state.numbers == policy.numbers then
    return state.rules, state.meters
  end

  local owners, meters = {}, {}
  for i, rule in ipairs(policy.rules) do
    local old = predecessor(state.rules, rule.period)
    owners[i], meters[i] = state.rules[old], state.meters[old]
  end

  return owners, meters
end

-- Moves what is spent under other numbers to a policy's.
local function adopt(state, policy)
  local owners, meters = measures(state, policy)
  local moved = {}
  for i, rule in ipairs(policy.rules) do
    local owner, meter = owners[i], meters[i]
    if rule.kind ~= owner.kind or rule.period ~= owner.period or rule.kind == 'token' or rule.kind == 'leaky' then
      moved[i] = rule.algorithm.carry(rule, owner.algorithm.spent(owner, meter))
    elseif rule.kind == 'sliding' then
      moved[i] = rule.algorithm.copy(meter)
    else
      local copy = {}
      for name, value in pairs(meter) do
        copy[name] = value
      end

      moved[i] = copy
    end
  end

  state.numbers, state.rules, state.meters, state.is_rewritten = policy.numbers, policy.rules, moved, true
end

local function charge(state, policy, cost)
  if cost > 0 then
    if state.numbers ~= policy.numbers then
      adopt(state, policy)
    end

    for i, rule in ipairs(state.rules) do
      rule.algorithm.charge(rule, state.meters[i], cost)
    end

    state.is_due, state.is_new = true, false
  end
end

local function judge(state, policy, cost, patience)
  local owners, meters = measures(state, policy)
  local violated, delay, retry = -1, 0, -1
  for i, rule in ipairs(policy.rules) do
    local admits, wait = decide(rule, owners[i], meters[i], cost, patience)
    if admits then
      delay = math.max(delay, wait)
    elseif wait > retry then
      violated, retry = i - 1, wait
    end
  end

  return violated, violated < 0 and delay or retry
end

local function reply(state, policy, violated, wait)
  local owners, meters = measures(state, policy)
  local least, left = 1, remaining(policy.rules[1], owners[1], meters[1])
  for i = 2, #policy.rules do
    local other = remaining(policy.rules[i], owners[i], meters[i])
    if other < left then
      least, left = i, other
    end
  end

  local reset = owners[least].algorithm.reset(owners[least], meters[least])
  local n = #replies
  replies[n + 1] = violated
  replies[n + 2] = wait == NEVER and -1 or wait
  replies[n + 3] = left
  replies[n + 4] = least - 1
  replies[n + 5] = reset == NEVER and -1 or reset
end

-- A state as it stands, to come back to when a request of a group is rejected.
local function remember(state)
  local saved = {}
  for name, value in pairs(state) do
    saved[name] = value
  end

  saved.meters = {}
  for i, meter in ipairs(state.meters) do
    local copy = {}
    for name, value in pairs(meter) do
      copy[name] = value
    end

    if meter.entries then
      copy.entries, copy.changed = {}, {}
      for index, value in pairs(meter.entries) do
        copy.entries[index] = value
      end

      for index in pairs(meter.changed) do
        copy.changed[index] = true
      end
    end

    saved.meters[i] = copy
  end

  return saved
end

local function write(state, grace)
  local values, longest = {}, 0
  for i, rule in ipairs(state.rules) do
    values[i] = table.concat({ rule.algorithm.save(rule, state.meters[i]) }, ',')
    longest = math.max(longest, rule.algorithm.reset(rule, state.meters[i]))
  end

  local value = state.numbers .. '|' .. table.concat(values, ';')
  local expiry = text(math.max(1, math.min(LONGEST_EXPIRY, math.ceil(longest / 1000) + grace)))
  if state.rules[1].kind ~= 'sliding' then
    redis.call('SET', state.key, value, 'PX', expiry)
    return
  end

  if state.is_rewritten then
    redis.call('DEL', state.key)
  end

  redis.call('HSET', state.key, 'state', value)
  for i, meter in ipairs(state.meters) do
    state.rules[i].algorithm.write(state, text(i), meter)
  end

  redis.call('PEXPIRE', state.key, expiry)
end

local policies = {}
for i = 4, first - 1 do
  policies[#policies + 1] = { numbers = ARGV[i], rules = parse(ARGV[i]) }
end

local order, touched, group, before, is_admitted = {}, {}, {}, {}, true
for i = asked, #ARGV, 5 do
  local policy, operation, cost = policies[tonumber(ARGV[i + 1])], ARGV[i + 2], tonumber(ARGV[i + 3])
  local state = open(KEYS[tonumber(ARGV[i])], policy.numbers)
  if operation == 'peek' then
    reply(state, policy, judge(state, policy, 1, 0))
  else
    if not touched[state.key] then
      touched[state.key] = true
      order[#order + 1] = state.key
      before[state.key] = is_group and remember(state)
    end

    if operation == 'refund' then
      if not state.is_new then
        for j, meter in ipairs(state.meters) do
          state.rules[j].algorithm.refund(state.rules[j], meter, cost)
        end

        state.is_due = true
      end
    else
      local patience = operation == 'reserve' and policy.rules[1].wait or 0
      local callers = tonumber(ARGV[i + 4])
      repeat
        local violated, wait = judge(state, policy, cost, patience)
        if violated < 0 then
          charge(state, policy, cost)
        end

        is_admitted = is_admitted and violated < 0
        if is_group then
          group[#group + 1] = { state.key, policy, violated, wait }
        else
          reply(state, policy, violated, wait)
        end

        callers = callers - 1
      until callers <= 0 or violated >= 0
    end
  end
end

if is_group then
  for key, state in pairs(before) do
    opened[key] = is_admitted and opened[key] or state
  end

  for _, asked in ipairs(group) do
    reply(opened[asked[1]], asked[2], asked[3], asked[4])
  end
end

for _, key in ipairs(order) do
  local state = opened[key]
  local starts_short = false
  if state.is_new then
    for i, rule in ipairs(state.rules) do
      starts_short = starts_short or (rule.initial < rule.burst)
    end
  end

  if state.is_due or starts_short then
    write(state, grace)
  end
end

return replies
