local opened = {}

-- A key's state: for each rate that is in force its rule, a meter, and the rule that measures it, which is an older one
-- until a request is admitted under the numbers in force.
local function open(key, numbers)
  local state = opened[key]
  if state then
    return state
  end

  local rules = parse(numbers)
  local stored, is_hash = read(key, rules[1].kind == 'sliding')
  state = { key = key, numbers = numbers, rules = rules, owners = rules, meters = {}, is_new = not stored }
  opened[key] = state
  if not stored then
    for i, rule in ipairs(rules) do
      state.meters[i] = rule.algorithm.fresh(rule)
    end

    return state
  end

  local known, values = string.match(stored, '^(.-)|(.*)$')
  state.numbers, state.rules, state.owners, state.is_hash = known, parse(known or stored), {}, is_hash
  for value in string.gmatch(values, '[^;]+') do
    local i = #state.meters + 1
    local a, b, c = string.match(value, '^(%d+),(%d+),?(%d*)')
    local kind, wait, permits, period, burst, initial = string.match(value, '@(%a+) (%d+) (%d+),(%d+),(%d+),(%d+)$')
    local owner = kind and new_rule(kind, wait, permits, period, burst, initial) or state.rules[i]
    local meter, stepped = owner.algorithm.load(owner, tonumber(a), tonumber(b), tonumber(c), key, text(i))
    state.owners[i], state.meters[i] = owner, meter
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

-- Whether what was written under one rule means the same under another.
local function can_read(rule, owner)
  if rule.kind == 'token' or rule.kind == 'leaky' then
    return (owner.kind == 'token' or owner.kind == 'leaky') and rule.wait == owner.wait and rule.permits == owner.permits
      and rule.period == owner.period and rule.burst == owner.burst and rule.initial == owner.initial
  end

  return rule.kind == owner.kind and rule.period == owner.period
end

local function copy_of(owner, meter)
  if owner.kind == 'sliding' then
    return owner.algorithm.copy(meter)
  end

  local copy = {}
  for name, value in pairs(meter) do
    copy[name] = value
  end

  return copy
end

-- The rules and the meters that measure a policy's rates: those that are there when its numbers are in force, else those
-- that its rates follow.
local function measures(state, policy)
  if state.numbers == policy.numbers then
    return state.owners, state.meters
  end

  local owners, meters = {}, {}
  for i, rule in ipairs(policy.rules) do
    local old = predecessor(state.rules, rule.period)
    meters[i] = state.meters[old]
    owners[i] = can_read(rule, state.owners[old]) and rule or state.owners[old]
  end

  return owners, meters
end

-- Puts a policy's numbers in force. What is spent stays where it is until a request is admitted under them.
local function adopt(state, policy)
  if state.numbers == policy.numbers then
    return
  end

  local owners, meters = measures(state, policy)
  local stays = #policy.rules == #state.rules
  for i, meter in ipairs(meters) do
    stays = stays and meter == state.meters[i]
  end

  if not stays then
    for i, meter in ipairs(meters) do
      meters[i] = copy_of(owners[i], meter)
    end
  end

  state.numbers, state.rules, state.owners, state.meters = policy.numbers, policy.rules, owners, meters
  state.is_rewritten, state.is_due = state.is_rewritten or not stays, true
end

local function charge(state, cost)
  if cost > 0 then
    local owners, meters = {}, {}
    for i, rule in ipairs(state.rules) do
      local owner, meter = state.owners[i], state.meters[i]
      if owner ~= rule then
        meter = rule.algorithm.carry(rule, owner.algorithm.spent(owner, meter))
        state.is_rewritten = state.is_rewritten or state.is_hash
      end

      rule.algorithm.charge(rule, meter, cost)
      owners[i], meters[i] = rule, meter
    end

    state.owners, state.meters, state.is_due, state.is_new = owners, meters, true, false
  end
end

-- What a policy says to a request: -1, or which rate refuses, as this program returns it, and the wait.
local function judge(state, policy, cost, patience)
  local owners, meters = measures(state, policy)
  local violated, delay, retry = -1, 0, -1
  for i, rule in ipairs(policy.rules) do
    if cost > rule.burst then
      return -1 - i, NEVER
    end

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
