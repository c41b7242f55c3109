local policies = {}
for i = 4, first - 1 do
  policies[#policies + 1] = { numbers = ARGV[i], rules = parse(ARGV[i]) }
end

local order, touched, group, together, before, is_admitted = {}, {}, {}, {}, {}, true
for i = asked, #ARGV, 5 do
  local policy, operation, cost = policies[tonumber(ARGV[i + 1])], ARGV[i + 2], tonumber(ARGV[i + 3])
  local state = open(KEYS[tonumber(ARGV[i])], policy.numbers)
  if operation == 'peek' then
    reply(state, policy, judge(state, policy, 1, 0))
  elseif operation ~= 'refund' or not state.is_new then
    if not touched[state.key] then
      touched[state.key] = true
      order[#order + 1] = state.key
      before[state.key] = is_group and remember(state)
    end

    adopt(state, policy)
    if operation == 'refund' then
      for j, owner in ipairs(state.owners) do
        owner.algorithm.refund(owner, state.meters[j], cost)
      end

      state.is_due = true
    else
      local patience = operation == 'reserve' and policy.rules[1].wait or 0
      local callers = tonumber(ARGV[i + 4])
      repeat
        local violated, wait = judge(state, policy, cost, patience)
        if violated == -1 then
          charge(state, cost)
        end

        is_admitted = is_admitted and violated == -1
        if is_group then
          together[state.key] = math.min(EXACT - 1, (together[state.key] or 0) + cost)
          group[#group + 1] = {
            key = state.key, policy = policy, violated = violated, wait = wait, cost = together[state.key], patience = patience,
          }
        else
          reply(state, policy, violated, wait)
        end

        callers = callers - 1
      until callers <= 0 or violated ~= -1
    end
  end
end

if is_group then
  if not is_admitted then
    for key, state in pairs(before) do
      opened[key] = state
    end

    -- When the group could pass, now that nothing is charged: each needs its cost and that of the earlier ones of its key.
    for _, request in ipairs(group) do
      local state = opened[request.key]
      adopt(state, request.policy)
      local violated, wait = judge(state, request.policy, request.cost, request.patience)
      if request.violated ~= -1 and violated ~= -1 then
        request.violated, request.wait = violated, wait
      end
    end
  end

  for _, request in ipairs(group) do
    reply(opened[request.key], request.policy, request.violated, request.wait)
  end
end

for _, key in ipairs(order) do
  local state = opened[key]
  if state.is_due or state.is_new then
    write(state)
  end
end

return replies
