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
