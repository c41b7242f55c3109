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
