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

local function new_rule(kind, wait, permits, period, burst, initial)
  return {
    algorithm = algorithm(kind), kind = kind, wait = tonumber(wait), aligned = kind == 'fixed',
    permits = tonumber(permits), period = tonumber(period), burst = tonumber(burst), initial = tonumber(initial),
  }
end

local function parse(numbers)
  local rules = parsed[numbers]
  if not rules then
    local kind, wait = string.match(numbers, '^(%a+) (%d+);')
    rules = {}
    for permits, period, burst, initial in string.gmatch(numbers, '(%d+),(%d+),(%d+),(%d+)') do
      rules[#rules + 1] = new_rule(kind, wait, permits, period, burst, initial)
    end

    if #rules == 0 then
      error('the key holds something else than the state of a limit')
    end

    parsed[numbers] = rules
  end

  return rules
end

-- The state of a key, and whether the key is a hash, which holds logs.
local function read(key, is_log)
  local first, second = 'GET', 'HGET'
  if is_log then
    first, second = second, first
  end

  local state = first == 'GET' and redis.pcall('GET', key) or first == 'HGET' and redis.pcall('HGET', key, 'state')
  if type(state) ~= 'table' then
    return state, is_log
  end

  return second == 'GET' and redis.call('GET', key) or second == 'HGET' and redis.call('HGET', key, 'state'), not is_log
end
