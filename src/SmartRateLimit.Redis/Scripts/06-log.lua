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

  -- Makes sure that everything is written again.
  function log.keep(meter)
    for i = meter.head, meter.tail do
      entry(meter, i)
      meter.changed[i] = true
    end
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
