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
