open System
open SmartRateLimit

let greeter = Library.Greeter(SmartRateLimiter(MemoryBackend()))

for _ in 1..3 do
    try
        greeter.Greet("ann") |> ignore
        Console.Write("yes ")
    with :? RateLimitExceededException as error ->
        Console.WriteLine("no: " + error.PolicyName)
