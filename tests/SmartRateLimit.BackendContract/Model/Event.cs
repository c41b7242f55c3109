using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>An admitted cost and the tick at which it was admitted, on the clock that its meter reads.</summary>
internal readonly record struct Event(BigInteger Time, BigInteger Cost);
