module Annotated

open SmartRateLimit

type Service() =
    [<RateLimited("5/s", Key = "*")>]
    member _.Run() = 1
