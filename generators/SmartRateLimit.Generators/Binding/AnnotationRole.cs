namespace SmartRateLimit.Binding;

/// <summary>What an annotated method is, and so who enforces its limit.</summary>
internal enum AnnotationRole
{
    /// <summary>A partial method: the generator writes its implementing part.</summary>
    PartialMethod,

    /// <summary>A controller action, or what this compilation maps to a route: the middleware enforces it.</summary>
    Endpoint,

    /// <summary>A method of an interface: the generator writes a decorator.</summary>
    InterfaceMember,

    /// <summary>A method that could be limited if it were partial.</summary>
    Plain,

    /// <summary>Something that nobody can enforce a limit on.</summary>
    Unsupported,
}
