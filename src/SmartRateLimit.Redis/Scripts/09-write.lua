local function saved(owner, rule, meter)
  local value = table.concat({ owner.algorithm.save(owner, meter) }, ',')
  if owner == rule then
    return value
  end

  return string.format('%s@%s %.0f %.0f,%.0f,%.0f,%.0f', value, owner.kind, owner.wait, owner.permits, owner.period, owner.burst, owner.initial)
end

local function write(state)
  local values, longest, is_hash = {}, 0, false
  for i, rule in ipairs(state.rules) do
    local owner, meter = state.owners[i], state.meters[i]
    values[i] = saved(owner, rule, meter)
    longest = math.max(longest, owner.algorithm.reset(owner, meter))
    is_hash = is_hash or owner.kind == 'sliding'
  end

  local value = state.numbers .. '|' .. table.concat(values, ';')
  local expiry = text(math.max(1, math.min(LONGEST_EXPIRY, math.ceil(longest / 1000) + grace)))
  if not is_hash then
    redis.call('SET', state.key, value, 'PX', expiry)
    return
  end

  if state.is_rewritten or state.is_hash == false then
    for i, owner in ipairs(state.owners) do
      if owner.kind == 'sliding' then
        owner.algorithm.keep(state.meters[i])
      end
    end

    redis.call('DEL', state.key)
  end

  redis.call('HSET', state.key, 'state', value)
  for i, owner in ipairs(state.owners) do
    if owner.kind == 'sliding' then
      owner.algorithm.write(state, text(i), state.meters[i])
    end
  end

  redis.call('PEXPIRE', state.key, expiry)
end
