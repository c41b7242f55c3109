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
