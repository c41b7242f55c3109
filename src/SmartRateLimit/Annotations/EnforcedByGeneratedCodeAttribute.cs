using System.ComponentModel;

namespace SmartRateLimit;

/// <summary>
/// Says that the method itself takes the permits that its attributes ask for. The generated part of a partial method
/// carries it, so that nobody who reads the attributes as endpoint metadata charges the call a second time.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnforcedByGeneratedCodeAttribute : Attribute;
